"""French forms of a term: plural, glued elision, verlan, phonetic and visual spellings."""

import re
from collections.abc import Iterator
from typing import NamedTuple

VOWELS = frozenset("aeiouy")
ELISIONS = frozenset(["l", "d", "j", "m", "t", "s", "n", "c", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu"])
# A letter that stands alone in ordinary messages: articles, verbs, elided words, texting shorthand.
LONE_LETTERS = frozenset("aycgtjldmnsokh")

_SMALL = "ne te se me le la de du un une des les en et ou où on au aux ce que qui il tu si sa ma ta par sur"
SMALL_WORDS = frozenset(_SMALL.split())

_K = re.compile(r"qu|c(?![eiyh])")
_SYLLABLES = re.compile(r"[^aeiouy]*[aeiouy]+(?:[^aeiouy]+$|[^aeiouy](?=[^aeiouy])(?![rl]))?")


class Spelling(NamedTuple):
    """One way to write a term: folded letters, and how they differ from the term (empty: not at all)."""

    letters: str
    how: str


def plurals(word: str) -> Iterator[str]:
    """Yield the regular plurals of a folded word."""
    if word[-1:] not in "sxz":
        yield word + "s"
    if word.endswith(("au", "eu", "ou")):
        yield word + "x"
    if word.endswith("al"):
        yield word[:-2] + "aux"


def verlan(word: str) -> Iterator[str]:
    """Yield the back slang of a word of two spoken syllables (pute: tepu; connard: narcon, narco)."""
    syllables = _SYLLABLES.findall(word)
    if len(syllables) == 3 and word[-1] == "e":
        syllables[1:] = [syllables[1] + syllables[2]]
    if len(syllables) != 2 or "".join(syllables) != word:
        return
    first, last = syllables
    yield last + first
    if last[-1] not in VOWELS or (last[-1] == "e" and not VOWELS.isdisjoint(last[:-1])):
        yield last[:-1] + first


def spellings(word: str) -> Iterator[Spelling]:
    """Yield the spellings by ear and by eye that keep a word readable."""
    for letters in {_K.sub("k", word), _K.sub("q", word), word.replace("ph", "f")}:
        yield Spelling(letters, "phonetic")
    yield Spelling(re.sub(r"(?<=[aeiouy])s(?=[aeiouy])", "z", word), "phonetic")
    yield Spelling(re.sub(r"^en(?=[^aeiouy])", "an", word), "phonetic")
    yield Spelling(re.sub(r"eau|au", "o", word), "phonetic")
    yield Spelling(re.sub(r"ai|ei", "e", word), "phonetic")
    for written, seen in (("m", "rn"), ("d", "cl"), ("w", "vv")):
        yield Spelling(word.replace(written, seen), "look-alike letters")


def forms(word: str) -> Iterator[Spelling]:
    """Yield every form of one folded word, the word itself first; doubles may occur."""
    yield Spelling(word, "")
    for plural in plurals(word):
        yield Spelling(plural, "plural")
    if len(word) < 4:
        return
    spelt = [spelling for spelling in spellings(word) if spelling.letters != word]
    yield from spelt
    yield from (Spelling(plural, each.how) for each in spelt for plural in plurals(each.letters))
    for letters in verlan(word):
        yield Spelling(letters, "verlan")
        yield Spelling(letters + "s", "verlan")
    if len(word) >= 5:
        yield Spelling(word[::-1], "reversed")
        if word[0] in VOWELS:
            yield from (Spelling(elided + word, "elision") for elided in "ld")
            yield from (Spelling(elided + plural, "elision") for elided in "ld" for plural in plurals(word))
