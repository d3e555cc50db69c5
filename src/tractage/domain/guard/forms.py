"""From the terms of a rules file to every form that is looked for."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import chain

from tractage.domain.guard import french
from tractage.domain.guard.fold import fold
from tractage.domain.guard.judgement import Form
from tractage.domain.guard.lexicon import Lexicon
from tractage.domain.guard.rules import Term

_NOT_LETTERS = re.compile(r"[^a-z]+")
_WORDS = re.compile(r"[^\W\d_]+")


def spelt_in_letters(term: Term) -> bool:
    """Tell whether a term is made of Latin letters; others (88, an emoji) are matched as they are."""
    folded = fold(term.text)
    return not re.search(r"[^a-z\s'.,!?/-]", folded) and any(sign.isalpha() for sign in folded)


def term_forms(terms: Sequence[Term], language: str, lexicon: Lexicon) -> Iterator[Form]:
    """Yield each form of each term that is spelt in letters; a form that makes an ordinary word is left out.

    language: "fr" adds the plural, elided, verlan and phonetic forms.
    """
    for number, term in enumerate(terms):
        if not spelt_in_letters(term):
            continue
        written = _WORDS.findall(unicodedata.normalize("NFC", term.text).lower())
        own = frozenset(chain(written, (word + mark for word in written for mark in "sx")))
        words = _NOT_LETTERS.sub(" ", fold(term.text)).split()
        ordinary = _is_ordinary(" ".join(words), lexicon)
        seen = set()
        for letters, how in _spelt(words, language, term.kind):
            kept = not how or (how == "plural" and ordinary) or not _is_ordinary(letters, lexicon)
            if letters in seen or not kept:
                continue
            seen.add(letters)
            yield Form(number, letters, how, own)


def _spelt(words: list[str], language: str, kind: str) -> Iterator[tuple[str, str]]:
    phrase = " ".join(words)
    if kind == "name" or language != "fr":
        yield phrase, ""
        if kind != "name":
            yield phrase + "s", "plural"
    elif len(words) == 1:
        yield from french.forms(words[0])
    else:
        yield from _phrase_forms(words)


def _phrase_forms(words: list[str]) -> Iterator[tuple[str, str]]:
    """Yield the forms of a phrase: one change carried through all its words, the words glued or not."""
    spaced = [(" ".join(words), "")]
    last = [*words[:-1], next(french.plurals(words[-1]), words[-1])]
    spaced.append((" ".join(last), "plural"))
    spaced.append((" ".join(next(french.plurals(word), word) for word in words), "plural"))
    each = [list(french.spellings(word)) for word in words]
    spaced += [
        (" ".join(letters for letters, _ in changed), changed[0].how) for changed in zip(*each, strict=False)
    ]
    for letters, how in spaced:
        yield letters, how
        if len(letters) >= 6:
            yield letters.replace(" ", ""), how or "split word"


def _is_ordinary(letters: str, lexicon: Lexicon) -> bool:
    return all(word in lexicon.bare for word in letters.split())
