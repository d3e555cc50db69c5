"""Skeletons: the coarse views of a folded text in which disguised words look alike.

Each view replaces one character by one character, so that a place in a view is a place in the folded text;
then runs of one letter shrink to one. Letters that digits or a quick eye confuse (i/l/y, b/g/q, u/v, s/z)
share a class, which `alignment` tells apart.
"""

import re
from collections.abc import Iterator
from itertools import chain, compress, count
from operator import ne
from typing import NamedTuple

LETTERS = "abcdefghijklmnopqrstuvwxyz"
# What a digit or a sign can stand for inside a word.
LEET = {
    "0": "o", "1": "il", "2": "z", "3": "e", "4": "a", "5": "s", "6": "gb", "7": "t", "8": "b", "9": "gq",
    "@": "a", "$": "s", "!": "il", "|": "il", "+": "t", "(": "c", "<": "c", "[": "c", "{": "c", "^": "a",
    "#": "h", "}": "d", ")": "d", "%": "x", "&": "e", "?": "",
}  # fmt: skip
# Letters drawn with several signs; longest first.
DRAWN = {
    "|-|": "h", "|_|": "u", "(_)": "u", "/-\\": "a", "|\\|": "n", "|v|": "m", "/\\": "a", "\\/": "v",
    "|)": "d", "|>": "p", "|<": "k", "()": "o", "[]": "o", "><": "x", "|3": "b", "|2": "r", "|=": "f",
}  # fmt: skip

_CLASS = dict(zip(LETTERS, LETTERS.translate(str.maketrans("lybqvz", "iiggus")), strict=True))
_DIGIT_CLASS = {sign: _CLASS[reads[0]] for sign, reads in LEET.items() if sign.isdigit()}
_SIGN_CLASS = {sign: _CLASS[reads[0]] for sign, reads in LEET.items() if reads}


def _table(*classes: dict[str, str]) -> str:
    known = {sign: letter for part in classes for sign, letter in part.items()}
    return "".join(known.get(chr(code), " ") for code in range(128))


_WORDS = _table(_CLASS)
_DIGITS = _table(_CLASS, _DIGIT_CLASS)
_SIGNS = _table(_CLASS, _SIGN_CLASS)

_URL = re.compile(r"(?:https?://|www\.)\S+|<a?:\w{1,64}:\d{1,32}>|<[@#][&!]?\d{1,32}>")
_LEETISH = re.compile(
    r"(?<![0-9])[0-9](?![0-9])|[a-z][0-9@$|(<\[{+^#&%]|[0-9@$|(<\[{+^#!)&%\\][a-z]|[a-z]!+[^\s!]"
)
_EDGES = re.compile(r"""(?<![!?.,;:)\]}"'*_~])[!?.,;:)\]}"'*_~]+(?=\s|$)|(?<!\S)[(\["'*_~#@]+""")
_DRAWN = re.compile("|".join(re.escape(drawn) for drawn in sorted(DRAWN, key=len, reverse=True)))


class View(NamedTuple):
    """One reading of a message.

    base: the folded text that was read; spread: its letters by class, one for one, between two blanks;
    skeleton: the same with runs shrunk; joins: whether neighbouring words may be read as one.
    """

    base: str
    spread: str
    skeleton: str
    joins: bool

    def places(self) -> list[int]:
        """Return, for each character of the skeleton, its place in the base (-1 for the blank before it)."""
        return [-1, *compress(count(), map(ne, self.spread, self.spread[1:]))]


def skeleton(word: str) -> str:
    """Return the skeleton of a folded word or phrase, without blanks at its ends."""
    return _shrink(word.translate(_WORDS)).strip()


def views(folded: str) -> Iterator[View]:
    """Yield the readings of a folded message: words; with digits as letters; with signs as letters."""
    base = folded
    if "://" in folded or "www." in folded or "<" in folded:
        base = _URL.sub(_blank, folded)
        if base != folded:
            yield _view(folded, _WORDS, joins=False)
    yield _view(base, _WORDS, joins=True)
    if not _LEETISH.search(base):
        return
    yield _view(base, _DIGITS, joins=True)
    drawn = _DRAWN.sub(_letter, base)
    edged = _EDGES.sub(_blank, drawn)
    yield _view(edged, _SIGNS, joins=True)
    if edged != drawn:
        yield _view(drawn, _SIGNS, joins=False)


def words_view(folded: str) -> View:
    """Return the plainest reading of a folded text."""
    return _view(folded, _WORDS, joins=True)


def _view(base: str, table: str, *, joins: bool) -> View:
    spread = f" {base.translate(table)} "
    return View(base, spread, _shrink(spread), joins)


def _shrink(spread: str) -> str:
    """Return a text with every run of one character shrunk to one."""
    return "".join(compress(spread, map(ne, spread, chain("\0", spread))))


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _letter(match: re.Match[str]) -> str:
    return DRAWN[match[0]] * len(match[0])
