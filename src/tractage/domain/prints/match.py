"""Say which of our works a picture shows, how surely, where, and when it cannot say."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final

import numpy as np

from tractage.domain.prints.evidence import Corners, Evidence, gather
from tractage.domain.prints.index import PrintIndex
from tractage.domain.prints.prints import Print
from tractage.domain.prints.variants import Naming, name_variant

ENOUGH: Final = 2
"""Frames of a GIF or video that must show the same work before the others are left alone."""
OVERLAP: Final = 0.5


class Kind(StrEnum):
    """What a match claims."""

    WORK = "match"
    TEMPLATE = "same template, variant unknown"


@dataclass(frozen=True)
class Match:
    """A work found in a picture, with its evidence.

    Attributes:
        work: its name; None when the template is known and the variant is not.
        candidates: the works that it may be, the likeliest first (one when it is named).
        kind: what is claimed.
        score: 0 to 1; see docs/methods/prints.md.
        mirrored: the picture is a mirror image of the work.
        region: four (x, y) in fractions of the picture, where the corners of the work lie.
        inliers: points that agree; 0 when the hash alone was needed.
        visible: share of the work that is seen, 0 to 1.
        frames: frames of the picture that show it.
        time: seconds in the work of the frame that was recognised.
    """

    work: str | None
    candidates: tuple[str, ...]
    kind: Kind
    score: float
    mirrored: bool
    region: Corners
    inliers: int
    visible: float
    frames: int
    time: float


def find_works(index: PrintIndex, frames: Sequence[Print]) -> tuple[Match, ...]:
    """Return the works that a picture, GIF or video shows, the surest first.

    Args:
        index: what is known.
        frames: prints of the frames (one for a still), taken with QUERY_POINTS.
    """
    found: dict[tuple[str, ...], Match] = {}
    for one in frames:
        for match in _in_one(index, one):
            key = (match.work,) if match.work else ("?", *sorted(match.candidates)[:1])
            before = found.get(key)
            better = match if before is None or match.score > before.score else before
            found[key] = replace(better, frames=1 + (before.frames if before else 0))
        if any(match.work and match.frames >= ENOUGH for match in found.values()):
            break
    named = {match.work for match in found.values() if match.work}
    kept = [match for match in found.values() if match.work or not named & set(match.candidates)]
    return tuple(sorted(kept, key=lambda match: (match.kind is not Kind.WORK, -match.score)))


def _in_one(index: PrintIndex, one: Print) -> list[Match]:
    """Return the matches of one frame: one a region of the picture."""
    matches: list[Match] = []
    left = gather(index, one)
    while left:
        best = left[0]
        rivals = [other for other in left if other is best or _same_place(best, other)]
        left = [other for other in left if other not in rivals]
        naming = name_variant(index, rivals)
        matches += _matches(index, best, naming)
    return matches


def _matches(index: PrintIndex, best: Evidence, naming: Naming) -> list[Match]:
    works = index.works
    shared: dict[str, Any] = {
        "score": round(best.score, 4),
        "mirrored": best.mirrored,
        "region": best.region,
        "inliers": best.inliers,
        "visible": round(best.comparison.visible, 3),
        "frames": 1,
        "time": round(float(index.data.view_time[naming.view]), 2),
    }
    if not naming.sure:
        names = tuple(works[number] for number in naming.works)
        return [Match(None, names, Kind.TEMPLATE, **shared)]
    return [Match(works[number], (works[number],), Kind.WORK, **shared) for number in naming.works]


def _same_place(first: Evidence, second: Evidence) -> bool:
    """Whether two families claim the same part of the picture."""
    boxes = []
    for evidence in (first, second):
        corners = np.clip(np.array(evidence.region), 0, 1)
        boxes.append((corners.min(axis=0), corners.max(axis=0)))
    (low, high), (other_low, other_high) = boxes
    shared = np.prod(np.clip(np.minimum(high, other_high) - np.maximum(low, other_low), 0, None))
    smallest = min(np.prod(high - low), np.prod(other_high - other_low))
    return bool(shared > OVERLAP * max(smallest, 1e-9))
