"""The originality meter: what a new work shares with the works that are known, and what is its own.

It informs the author and the reviewers. It gives no order, and nothing here changes a work so that it looks
new. Text: shingles of three words, containment |A ∩ B| / |A| (Broder 1997). Pictures: the share of the new
work that a print finds in another.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

SHINGLE = 3  # words
SAME_PICTURE, SIMILAR_PICTURE = 0.9, 0.35  # share of the new work
SAME_TEXT, SIMILAR_TEXT = 0.9, 0.4  # share of its shingles


class Level(StrEnum):
    """What the meter says, from the least to the most original."""

    COPY = "copy"
    VERSION = "version"
    INSPIRED = "inspired"
    NEW = "new"


@dataclass(frozen=True)
class Known:
    """A known work beside the new one: shares in [0, 1] of the new work that are found in it."""

    work: str
    picture: float = 0.0
    text: str = ""
    mirrored: bool = False
    ancestor: bool = False


@dataclass(frozen=True)
class Remark:
    """One thing to say: an English message with named places, its values; `same`: it says what is shared."""

    message: str
    values: Mapping[str, str | int] = field(hash=False, default_factory=dict)
    same: bool = True

    def __str__(self) -> str:
        return self.message % self.values


@dataclass(frozen=True)
class Originality:
    """The level, the nearest known work or None, what is the same and what is new, in words."""

    level: Level
    nearest: str | None
    picture: float
    text: float
    remarks: tuple[Remark, ...]


def measure(text: str, known: Iterable[Known], declared_parent: str | None = None) -> Originality:
    """Compare a new work with those that share something with it.

    text: all its words; known: the works that a print or a text search brought; declared_parent: the work it
    says it is made from. Returns the originality against the nearest of them.
    """
    pairs = [(one, contained(text, one.text)) for one in known]
    if not pairs:
        return Originality(Level.NEW, None, 0.0, 0.0, (Remark(_NOTHING, same=False),))
    nearest, words = max(pairs, key=lambda pair: (max(pair[0].picture, pair[1]), pair[0].work))
    level = _level(nearest.picture, words, bool(shingles(text)))
    remarks = [*_same(nearest, words), *_new(nearest, words, text)]
    if level in {Level.COPY, Level.VERSION} and nearest.work != declared_parent and not nearest.ancestor:
        remarks.append(Remark(_UNDECLARED, {"work": nearest.work}))
    return Originality(level, nearest.work, nearest.picture, words, tuple(remarks))


def shingles(text: str) -> frozenset[tuple[str, ...]]:
    """Return the runs of three words of `text`, without case, accents or signs; a shorter text is one run."""
    bare = unicodedata.normalize("NFKD", text.lower().replace("œ", "oe").replace("æ", "ae"))
    words = re.findall(r"[^\W_]+", "".join(c for c in bare if not unicodedata.combining(c)))
    if len(words) <= SHINGLE:
        return frozenset([tuple(words)] if words else [])
    return frozenset(tuple(words[at : at + SHINGLE]) for at in range(len(words) - SHINGLE + 1))


def contained(text: str, other: str) -> float:
    """Return the share of the shingles of `text` that stand in `other`, 0 when `text` has no word."""
    mine = shingles(text)
    return len(mine & shingles(other)) / len(mine) if mine else 0.0


def _level(picture: float, words: float, has_words: bool) -> Level:
    if picture >= SAME_PICTURE and (words >= SAME_TEXT or not has_words):
        return Level.COPY
    if picture >= SIMILAR_PICTURE or words >= SAME_TEXT:
        return Level.VERSION
    return Level.INSPIRED if words >= SIMILAR_TEXT or picture > 0 else Level.NEW


_NOTHING = "Nothing in it was found in a known work."
_UNDECLARED = "It does not name “%(work)s” as the work it is made from: name it, or say why they look alike."
_PICTURE = "%(percent)d %% of the picture is in “%(work)s”."
_MIRRORED = "%(percent)d %% of the picture is in “%(work)s”, mirrored."
_TEXT = "%(percent)d %% of the words are those of “%(work)s”."
_NEW_PICTURE = "%(percent)d %% of the picture is new."
_NEW_TEXT = "%(percent)d %% of the words are new."


def _same(one: Known, words: float) -> Iterable[Remark]:
    if one.picture > 0:
        message = _MIRRORED if one.mirrored else _PICTURE
        yield Remark(message, {"percent": round(100 * one.picture), "work": one.work})
    if words > 0:
        yield Remark(_TEXT, {"percent": round(100 * words), "work": one.work})


def _new(one: Known, words: float, text: str) -> Iterable[Remark]:
    yield Remark(_NEW_PICTURE, {"percent": round(100 * (1 - one.picture))}, same=False)
    if shingles(text):
        yield Remark(_NEW_TEXT, {"percent": round(100 * (1 - words))}, same=False)
