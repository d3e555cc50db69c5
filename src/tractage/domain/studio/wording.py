"""Words of one's own: how near a caption is to the ideas on offer, and to what others said they posted.

It informs the person who writes and blocks nothing. What others wrote is known by keyed fingerprints of its
runs of three words alone, never by its text. Shingles and containment |A ∩ B| / |A|: Broder 1997, as in
`originality`.
"""

import hashlib
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tractage.domain.studio.originality import shingles

NEAR, SAME = 0.5, 0.9  # share of the caption's own shingles
BYTES = 8  # of a fingerprint: two runs fall together once in 2⁶⁴
LONGEST = 400
"""Runs that are kept of one text: more than any platform's caption has words for."""
SHARED_BY_ALL = re.compile(r"https?://\S+|www\.\S+|[#@]\w+")


class Level(StrEnum):
    """What is said of a caption, from nothing to say to the nearest copy."""

    EMPTY = "empty"
    OWN = "own"
    NEAR = "near"
    SAME = "same"


class Source(StrEnum):
    """What a caption is near to."""

    NOTHING = ""
    IDEA = "idea"
    POSTED = "posted"


@dataclass(frozen=True)
class Nearness:
    """The level, the share of the caption found elsewhere in [0, 1], and where."""

    level: Level
    share: float
    source: Source


def own_words(text: str) -> str:
    """Return `text` without what everyone shares: links, hashtags, mentions."""
    return SHARED_BY_ALL.sub(" ", text)


def fingerprints(text: str, key: bytes) -> tuple[str, ...]:
    """Return the sorted fingerprints (16 hexadecimal digits) of the runs of three words of `text`.

    key: the instance's secret, at most 64 bytes; without it a run cannot be guessed from its fingerprint.
    At most `LONGEST` are returned, the lowest, so that two near texts keep the same ones.
    """
    marks = {
        hashlib.blake2b(" ".join(run).encode(), digest_size=BYTES, key=key).hexdigest()
        for run in shingles(own_words(text))
    }
    return tuple(sorted(marks)[:LONGEST])


def nearness(text: str, ideas: Sequence[str], posted: Iterable[Collection[str]], key: bytes) -> Nearness:
    """Compare a caption with the ideas that were offered and with what others posted.

    ideas: their words; posted: the fingerprints of each caption that others said they posted, made with the
    same `key`. Of two equal shares, the idea is named.
    """
    mine = frozenset(fingerprints(text, key))
    if not mine:
        return Nearness(Level.EMPTY, 0.0, Source.NOTHING)
    found = [(_contained(mine, frozenset(fingerprints(idea, key))), Source.IDEA) for idea in ideas]
    found += [(_contained(mine, frozenset(marks)), Source.POSTED) for marks in posted]
    share, source = max(found, key=lambda pair: pair[0], default=(0.0, Source.NOTHING))
    if share < NEAR:
        return Nearness(Level.OWN, share, Source.NOTHING)
    return Nearness(Level.SAME if share >= SAME else Level.NEAR, share, source)


def _contained(mine: frozenset[str], other: frozenset[str]) -> float:
    return len(mine & other) / len(mine)
