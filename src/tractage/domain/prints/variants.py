"""Among works that look alike, name one only when what tells it apart from the others is seen."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from tractage.domain.prints.dense import differing
from tractage.domain.prints.evidence import Evidence
from tractage.domain.prints.index import PrintIndex

MARGIN: Final = 0.25
LIKE: Final = 0.5
"""Mean correlation, over the blocks that tell a variant apart, under which it is not that one."""
CLOSEST: Final = 24
LISTED: Final = 5
CLOSE: Final = 0.85


@dataclass(frozen=True)
class Naming:
    """Which works a picture shows.

    Attributes:
        works: their numbers; when `sure`, all of them (the same picture may be registered under two names),
            otherwise the likeliest first.
        view: the view that looks most like the picture.
        sure: whether the variant is named.
    """

    works: tuple[int, ...]
    view: int
    sure: bool


def name_variant(index: PrintIndex, rivals: list[Evidence]) -> Naming:
    """Name the work among the members of families that claim the same place, or say that one cannot.

    Args:
        rivals: evidence, the best first.
    """
    rivals = [piece for piece in rivals if piece.score >= CLOSE * rivals[0].score]
    views = np.concatenate([index.members[piece.family] for piece in rivals])
    likeness = np.concatenate([piece.comparison.likeness for piece in rivals]).clip(0, 1)
    textured = np.concatenate([piece.comparison.textured for piece in rivals])
    means = (likeness * textured).sum(axis=(1, 2)) / np.maximum(1, textured.sum(axis=(1, 2)))
    owners = index.data.view_work[views]
    ranked = _best_of_each_work(means, owners)[:CLOSEST]
    if len(ranked) == 1:
        return Naming((int(owners[ranked[0]]),), int(views[ranked[0]]), True)
    first, others = _leader(index, views, likeness, textured, ranked)
    if others is None:
        listed = tuple(int(owners[at]) for at in ranked[:LISTED])
        return Naming(listed, int(views[first]), False)
    same = (int(owners[first]), *(int(owners[at]) for at in others))
    return Naming(same, int(views[first]), True)


def _best_of_each_work(means: NDArray[np.floating], owners: NDArray[np.int32]) -> list[int]:
    ranked, seen = [], set()
    for at in np.argsort(-means, kind="stable"):
        if int(owners[at]) not in seen:
            seen.add(int(owners[at]))
            ranked.append(int(at))
    return ranked


def _leader(
    index: PrintIndex,
    views: NDArray[np.int32],
    likeness: NDArray[np.float32],
    textured: NDArray[np.bool_],
    ranked: list[int],
) -> tuple[int, list[int] | None]:
    """Return the member that beats all others where they differ, and its exact doubles; None when unsure."""
    first = ranked[0]
    for _ in range(3):  # a rival that wins where the two differ takes its place
        others = [at for at in ranked if at != first]
        unlike = differing(index.data.thumbs, int(views[first]), views[others])
        doubles, sure, winner = list[int](), True, None
        for at, apart in zip(others, unlike, strict=True):
            told = apart & textured[first] & textured[at]
            if not apart.any():
                doubles.append(at)
                continue
            if not told.any():
                sure = False
                continue
            mine, theirs = float(likeness[first][told].mean()), float(likeness[at][told].mean())
            if theirs > mine:
                winner = at
                break
            sure = sure and mine - theirs >= MARGIN and mine >= LIKE
        if winner is None:
            return first, doubles if sure else None
        first = winner
    return first, None
