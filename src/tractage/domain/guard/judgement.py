"""Judge whether a piece of a message that resembles a term is the term, disguised or not."""

import re
import unicodedata
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from tractage.domain.guard.alignment import Alignment, align
from tractage.domain.guard.fold import fold
from tractage.domain.guard.lexicon import Lexicon
from tractage.domain.guard.splits import crosses_sentences, is_word, split_on_purpose

_DRAWN_OUT = re.compile(r"(.)\1{2,}")
_PIECE = re.compile(r"[^\W_]+")
_EVERYDAY_SCRIPTS = re.compile(r"[\u0391-\u03a9\u03b1-\u03c9\u0410-\u044f\u0401\u0451]")


class Form(NamedTuple):
    """One way to write the term of a rule.

    rule: index of the rule; letters: folded, blanks between words; how: how the form differs from the term
    (empty: not at all); own: the term's words as written, and their plurals.
    """

    rule: int
    letters: str
    how: str
    own: frozenset[str]


class Reading(StrEnum):
    """How a piece of a message was read: as it stands, across blanks and signs, or with letters missing."""

    WORD = "word"
    JOINED = "joined"
    MASKED = "masked"


class Piece(NamedTuple):
    """A piece of a message that may be a term: as written, folded, and how it was read."""

    raw: str
    base: str
    reading: Reading


def judge(piece: Piece, form: Form, lexicon: Lexicon) -> tuple[str, ...] | None:
    """Judge whether a piece of a message is a form of a term.

    Returns what disguises the term (empty: nothing does), or None for a look-alike.
    """
    found = align(piece.base, form.letters)
    if found is None or not _readable(found, len(form.letters.replace(" ", ""))):
        return None
    if form.how == "reversed" and (found.shortened or found.stretched):
        return None
    if crosses_sentences(piece.raw, form.letters):
        return None
    blanks = form.letters.count(" ")
    if piece.reading is Reading.WORD or (blanks and len(_PIECE.findall(piece.raw)) == blanks + 1):
        accepted = not _is_ordinary(piece.raw, form, found, lexicon)
    elif piece.reading is Reading.JOINED:
        vague = found.shortened and len(form.letters) < 7
        accepted = not vague and split_on_purpose(piece.raw, form.letters, lexicon)
    else:
        accepted = not _is_compound(piece.raw, lexicon)
    return tuple(_disguises(piece, form, found)) if accepted else None


def _readable(found: Alignment, length: int) -> bool:
    """A short word stays readable under few signs only: B173 is a road."""
    if length <= 3:
        return found.leet <= 1
    return found.letters >= (2 if length == 4 else 1)


def _is_ordinary(raw: str, form: Form, found: Alignment, lexicon: Lexicon) -> bool:
    """Tell whether what is written is made of ordinary words, or is a name, not a disguise of the term."""
    written = unicodedata.normalize("NFC", raw).lower()
    if found.leet or found.gaps:
        letters_differ = found.stretched or found.shortened or found.swapped
        return bool(letters_differ) and lexicon.resembles(written.strip("0123456789"))
    if not all(map(fold, written)):
        return False
    words = [word for word in _PIECE.findall(written) if word not in form.own]
    if found.exact and form.how in ("", "plural", "elision"):
        words = [word for word in words if not word.isascii()]
        return bool(words) and all(map(lexicon.knows, words))
    own = {fold(word) for word in form.own}
    words = [word for word in words if fold(word) not in own]
    if words and all(_is_drawn_out(word, own, lexicon) for word in words):
        return True
    if (found.stretched or found.shortened) and not _DRAWN_OUT.search(written):
        twice = found.stretched and found.shortened
        if twice or (found.swapped and words and all(lexicon.resembles_doubled(each, own) for each in words)):
            return True
    return found.stretched + found.shortened == 1 and raw.istitle()


def _is_drawn_out(word: str, own: set[str], lexicon: Lexicon) -> bool:
    """Tell whether a word is an ordinary one, not the term's, but for letters written three times or more."""
    bare = fold(word)
    spelt = {bare, *(_DRAWN_OUT.sub(kept, bare) for kept in (r"\1", r"\1\1"))}
    return not lexicon.bare.isdisjoint(spelt - own)


def _is_compound(raw: str, lexicon: Lexicon) -> bool:
    """Tell whether what looks like a letter struck out is a sign between ordinary words, or after one."""
    if any(sign in raw[:-1] for sign in "*#") or not raw.isascii():
        return False
    return lexicon.knows(raw) or all(is_word(word, lexicon) for word in _PIECE.findall(raw))


def is_foreign(text: str, raw: str) -> bool:
    """Tell whether a piece is wholly in the everyday letters of Greek or Russian, as most of its text is."""
    return _foreign_share(raw) == 1 and _foreign_share(text) > 0.6


def _foreign_share(text: str) -> float:
    letters = [sign for sign in text if sign.isalpha()]
    return sum(1 for sign in letters if _EVERYDAY_SCRIPTS.match(sign)) / max(1, len(letters))


def _disguises(piece: Piece, form: Form, found: Alignment) -> Iterator[str]:
    if form.how:
        yield form.how
    if any(not sign.isascii() and not "\u00bf" < sign < "\u0180" for sign in piece.raw):
        yield "look-alike signs"
    if found.leet:
        yield "leet"
    if found.stretched:
        yield "repeated letters"
    if found.shortened or found.swapped:
        yield "misspelling"
    if piece.reading is Reading.MASKED:
        yield "letters struck out"
    if piece.reading is Reading.JOINED or found.gaps:
        yield "split word"
