"""Works of one template: find those that show the same points at the same places, and store these once."""

from typing import Final, NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from tractage.domain.prints.kernels import bits_apart

LEAST: Final = 12
ROOTS: Final = 64
TRIED: Final = 2
SIDES: Final = 4


class Points(NamedTuple):
    """Points of all views, in the order of views: codes, places, least certain bits, view, whether kept."""

    words: NDArray[np.uint64]
    places: NDArray[np.float32]
    flips: NDArray[np.uint8]
    views: NDArray[np.int32]
    live: NDArray[np.bool_]


class Lists(NamedTuple):
    """The same points by key, side by side in memory: where each list starts, the bits of a key, its points.

    `rank` is where each point stands in the lists.
    """

    starts: NDArray[np.int64]
    prefix: int
    words: NDArray[np.uint64]
    places: NDArray[np.float32]
    views: NDArray[np.int32]
    live: NDArray[np.bool_]
    rank: NDArray[np.int64]


class Views(NamedTuple):
    """Views: (v + 1,) first point of each, (v, 2) shapes of the shrunk pictures, (v,) family to fill."""

    first_point: NDArray[np.int64]
    shapes: NDArray[np.int32]
    family: NDArray[np.int32]


class Rules(NamedTuple):
    """Bits that may differ, pixels within which a place is the same, share of points to be of a family."""

    within: int
    near: float
    share: float


@njit(cache=True, nogil=True)
def _shows(points: Points, lists: Lists, views: Views, rules: Rules, point: int, entry: int) -> bool:
    """Whether an earlier view shows a point, at its place."""
    apart = bits_apart(points.words[point, 0], lists.words[entry, 0])
    if apart > rules.within:
        return False
    apart += bits_apart(points.words[point, 1], lists.words[entry, 1])
    view, other = points.views[point], lists.views[entry]
    if apart > rules.within or other >= view or not lists.live[entry]:
        return False
    if abs(lists.places[entry, 0] - points.places[point, 0]) > rules.near:
        return False
    if abs(lists.places[entry, 1] - points.places[point, 1]) > rules.near:
        return False
    return bool(abs(views.shapes[other, 0] - views.shapes[view, 0]) <= SIDES)


@njit(cache=True, nogil=True)
def _roots_of(
    points: Points, lists: Lists, views: Views, rules: Rules, point: int, roots: NDArray[np.int32]
) -> int:
    """Fill `roots` with the families of earlier views that show a point at its place; return how many."""
    found = 0
    for choice in range(1 << TRIED):
        key = points.words[point, 0] >> np.uint64(64 - lists.prefix)
        for bit in range(TRIED):
            if (choice >> bit) & 1:
                key ^= np.uint64(1) << np.uint64(lists.prefix - 1 - points.flips[point, bit])
        for entry in range(lists.starts[key], lists.starts[key + np.uint64(1)]):
            if not _shows(points, lists, views, rules, point, entry):
                continue
            family = views.family[lists.views[entry]]
            known = False
            for number in range(found):
                known = known or roots[number] == family
            if not known and found < len(roots):
                roots[found] = family
                found += 1
    return found


@njit(cache=True, nogil=True)
def join_families(points: Points, lists: Lists, views: Views, rules: Rules, new_from: int) -> None:
    """Give each new view the family of a view that shows the same points at the same places, or its own.

    A family is named by its first view. A point that its family shows already at the same place is not kept.

    Args:
        points, lists, views: everything known; `views.family` and `points.live` are filled for the views
            from `new_from` on.
    """
    votes = np.zeros(len(views.shapes), np.int32)
    for view in range(new_from, len(views.shapes)):
        first, last = views.first_point[view], views.first_point[view + 1]
        roots = np.zeros((last - first, ROOTS), np.int32)
        found = np.zeros(last - first, np.int64)
        best, most = view, 0
        for point in range(first, last):
            found[point - first] = _roots_of(points, lists, views, rules, point, roots[point - first])
            for root in roots[point - first, : found[point - first]]:
                votes[root] += 1
                if votes[root] > most:
                    best, most = root, votes[root]
        votes[:] = 0
        joined = most >= max(LEAST, rules.share * (last - first))
        views.family[view] = best if joined else view
        for point in range(first, last):
            known = False
            for root in roots[point - first, : found[point - first]]:
                known = known or (joined and root == best)
            points.live[point] = not known
            lists.live[lists.rank[point]] = not known
