"""Works of one template: find those that show the same points at the same places, and store these once."""

from typing import Final

import numpy as np
from numba import njit
from numpy.typing import NDArray

from tractage.domain.prints.kernels import bits_apart

LEAST: Final = 12
ROOTS: Final = 64
TRIED: Final = 2
SIDES: Final = 4


@njit(cache=True, nogil=True)
def _roots_here(
    point: int,
    view: int,
    words: NDArray[np.uint64],
    places: NDArray[np.float32],
    keys: NDArray[np.int64],
    starts: NDArray[np.int64],
    order: NDArray[np.int64],
    entry_view: NDArray[np.int32],
    shapes: NDArray[np.int32],
    live: NDArray[np.bool_],
    family: NDArray[np.int32],
    within: int,
    near: float,
    roots: NDArray[np.int32],
) -> int:
    """Fill `roots` with the families of earlier views that show a point at its place; return how many."""
    found = 0
    for key in keys:
        for at in range(starts[key], starts[key + 1]):
            entry = order[at]
            if not live[entry] or entry_view[entry] >= view:
                continue
            if (
                abs(places[entry, 0] - places[point, 0]) > near
                or abs(places[entry, 1] - places[point, 1]) > near
            ):
                continue
            other = entry_view[entry]
            if abs(shapes[other, 0] - shapes[view, 0]) > SIDES:
                continue
            apart = bits_apart(words[point, 0], words[entry, 0]) + bits_apart(
                words[point, 1], words[entry, 1]
            )
            if apart > within:
                continue
            known = False
            for number in range(found):
                known = known or roots[number] == family[other]
            if not known and found < len(roots):
                roots[found] = family[other]
                found += 1
    return found


@njit(cache=True, nogil=True)
def _keys_of(word: int, flips: NDArray[np.uint8], prefix: int, keys: NDArray[np.int64]) -> None:
    """Fill `keys` with the key of a point and those with its least certain bits turned."""
    for choice in range(len(keys)):
        key = word >> np.uint64(64 - prefix)
        for bit in range(TRIED):
            if (choice >> bit) & 1:
                key ^= np.uint64(1) << np.uint64(prefix - 1 - flips[bit])
        keys[choice] = np.int64(key)


@njit(cache=True, nogil=True)
def join_families(
    words: NDArray[np.uint64],
    places: NDArray[np.float32],
    first_point: NDArray[np.int64],
    shapes: NDArray[np.int32],
    starts: NDArray[np.int64],
    prefix: int,
    flips: NDArray[np.uint8],
    order: NDArray[np.int64],
    entry_view: NDArray[np.int32],
    live: NDArray[np.bool_],
    family: NDArray[np.int32],
    new_from: int,
    within: int,
    near: float,
    share: float,
) -> None:
    """Give each new view the family of a view that shows the same points at the same places, or its own.

    A point that its family shows already at the same place is not kept (`live` False).

    Args:
        words, places, flips, entry_view: of every point, in the order of views.
        first_point: (views + 1,) first point of each view.
        shapes: (views, 2) height and width of the shrunk pictures.
        starts, order: lists by key, of point numbers.
        live, family: filled for the views from `new_from` on; a family is named by its first view.
        within: bits that may differ; near: pixels.
        share: of the points of a view that must be at their place in views of the family.
    """
    votes = np.zeros(len(shapes), np.int32)
    roots, keys = np.zeros(ROOTS, np.int32), np.zeros(1 << TRIED, np.int64)
    for view in range(new_from, len(shapes)):
        family[view] = view
        best, most = view, 0
        first, last = first_point[view], first_point[view + 1]
        for point in range(first, last):
            _keys_of(words[point, 0], flips[point], prefix, keys)
            found = _roots_here(
                point,
                view,
                words,
                places,
                keys,
                starts,
                order,
                entry_view,
                shapes,
                live,
                family,
                within,
                near,
                roots,
            )
            for root in roots[:found]:
                votes[root] += 1
                if votes[root] > most:
                    best, most = root, votes[root]
        if most >= max(LEAST, share * (last - first)):
            family[view] = best
        votes[:] = 0
        for point in range(first, last):
            _keys_of(words[point, 0], flips[point], prefix, keys)
            found = _roots_here(
                point,
                view,
                words,
                places,
                keys,
                starts,
                order,
                entry_view,
                shapes,
                live,
                family,
                within,
                near,
                roots,
            )
            known = False
            for root in roots[:found]:
                known = known or (root == best and family[view] != view)
            live[point] = not known
