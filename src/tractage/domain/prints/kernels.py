"""The loops that must be fast, compiled once: search in lists of codes, votes, agreement of points."""

from typing import Any, Final

import numpy as np
from numba import njit
from numpy.typing import NDArray

TURNS: Final = 8
SCALES: Final = 6
FREE: Final = 255


@njit(cache=True, nogil=True)
def _apart(first: Any, second: Any) -> Any:
    """Return the number of bits that differ in two words of 64."""
    x = first ^ second
    x = x - ((x >> np.uint64(1)) & np.uint64(0x5555555555555555))
    x = (x & np.uint64(0x3333333333333333)) + ((x >> np.uint64(2)) & np.uint64(0x3333333333333333))
    x = (x + (x >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return np.int64((x * np.uint64(0x0101010101010101)) >> np.uint64(56))


@njit(cache=True, nogil=True)
def search_lists(
    words: NDArray[np.uint64],
    flips: NDArray[np.uint8],
    starts: NDArray[np.int64],
    prefix: int,
    codes: NDArray[np.uint64],
    families: NDArray[np.int32],
    within: int,
    entries: NDArray[np.int64],
    apart: NDArray[np.uint8],
) -> None:
    """Fill, for each point asked for, its nearest entries, one of each family at most.

    Args:
        words, flips: codes of the points, (q, 2) and (q, FLIPS).
        starts: (2 ** prefix + 1,) where the list of each key begins; entries are sorted by key.
        codes, families: (n, 2) and (n,) of the entries.
        within: bits that may differ.
        entries, apart: (q, k) filled with entry numbers (−1 where none) and distances, in no order.
    """
    count, slots = entries.shape
    shift = np.uint64(64 - prefix)
    for q in range(count):
        entries[q, :] = -1
        apart[q, :] = FREE
        worst, worst_at = within + 1, 0
        for choice in range(1 << flips.shape[1]):
            key = words[q, 0] >> shift
            for bit in range(flips.shape[1]):
                if (choice >> bit) & 1:
                    key ^= np.uint64(1) << np.uint64(prefix - 1 - flips[q, bit])
            for entry in range(starts[key], starts[key + np.uint64(1)]):
                d = _apart(words[q, 0], codes[entry, 0])
                if d >= worst:
                    continue
                d += _apart(words[q, 1], codes[entry, 1])
                if d >= worst:
                    continue
                at = worst_at
                for slot in range(slots):
                    if entries[q, slot] >= 0 and families[entries[q, slot]] == families[entry]:
                        at = slot
                        break
                if apart[q, at] <= d:
                    continue
                entries[q, at], apart[q, at] = entry, d
                worst, worst_at = -1, 0
                for slot in range(slots):
                    if apart[q, slot] > worst:
                        worst, worst_at = np.int64(apart[q, slot]), slot
                worst = min(worst, within + 1)


@njit(cache=True, nogil=True)
def count_votes(
    entries: NDArray[np.int64],
    apart: NDArray[np.uint8],
    places: NDArray[np.float32],
    entry_size: NDArray[np.float32],
    entry_angle: NDArray[np.float32],
    families: NDArray[np.int32],
    within: int,
    bins: NDArray[np.float32],
) -> None:
    """Add to `bins` (families, TURNS, SCALES) the votes of hits, by the turn and scale that they ask for.

    A hit weighs 1 − d / d_far, where d_far is the farthest of the hits kept for its point: a point that
    many families share says little.
    """
    count, slots = entries.shape
    for q in range(count):
        far = 0
        for slot in range(slots):
            far = max(far, within + 1 if entries[q, slot] < 0 else np.int64(apart[q, slot]))
        for slot in range(slots):
            entry = entries[q, slot]
            if entry < 0:
                continue
            weight = 1.0 - apart[q, slot] / max(1, far)
            if weight <= 0:
                continue
            turn = ((entry_angle[entry] - places[q, 3]) / 360.0 % 1.0) * TURNS
            scale = np.log2(entry_size[entry] / places[q, 2]) + SCALES / 2
            scale = min(max(scale, 0.0), SCALES - 1.001)
            t, s = np.int64(np.floor(turn)), np.int64(np.floor(scale))
            along_t, along_s = turn - t, scale - s
            family = families[entry]
            for dt in range(2):
                for ds in range(2):
                    share = (along_t if dt else 1 - along_t) * (along_s if ds else 1 - along_s)
                    bins[family, (t + dt) % TURNS, s + ds] += weight * share


@njit(cache=True, nogil=True)
def agree(
    here: NDArray[np.float32], there: NDArray[np.float32], tolerance: float, kept: NDArray[np.bool_]
) -> int:
    """Try the similarity that each pair of points asks for; mark in `kept` the pairs of the best one.

    Args:
        here, there: (n, 4) x, y, size, angle (degrees) of the points of each pair; n is small (≤ 1,500).
        tolerance: pixels.

    Returns:
        how many pairs agree.
    """
    count = len(here)
    best, best_at = 0, -1
    for chosen in range(count):
        scale = there[chosen, 2] / here[chosen, 2]
        if scale < 0.12 or scale > 8.0:
            continue
        angle = (there[chosen, 3] - here[chosen, 3]) * np.pi / 180.0
        a, b = scale * np.cos(angle), scale * np.sin(angle)
        x0 = there[chosen, 0] - (a * here[chosen, 0] - b * here[chosen, 1])
        y0 = there[chosen, 1] - (b * here[chosen, 0] + a * here[chosen, 1])
        number = 0
        for pair in range(count):
            dx = a * here[pair, 0] - b * here[pair, 1] + x0 - there[pair, 0]
            dy = b * here[pair, 0] + a * here[pair, 1] + y0 - there[pair, 1]
            if dx * dx + dy * dy < tolerance * tolerance * max(1.0, scale * scale):
                turn = abs((there[pair, 3] - here[pair, 3]) * np.pi / 180.0 - angle) % (2 * np.pi)
                if min(turn, 2 * np.pi - turn) < 0.6:
                    number += 1
        if number > best:
            best, best_at = number, chosen
    kept[:] = False
    if best_at < 0:
        return 0
    scale = there[best_at, 2] / here[best_at, 2]
    angle = (there[best_at, 3] - here[best_at, 3]) * np.pi / 180.0
    a, b = scale * np.cos(angle), scale * np.sin(angle)
    x0 = there[best_at, 0] - (a * here[best_at, 0] - b * here[best_at, 1])
    y0 = there[best_at, 1] - (b * here[best_at, 0] + a * here[best_at, 1])
    for pair in range(count):
        dx = a * here[pair, 0] - b * here[pair, 1] + x0 - there[pair, 0]
        dy = b * here[pair, 0] + a * here[pair, 1] + y0 - there[pair, 1]
        if dx * dx + dy * dy < tolerance * tolerance * max(1.0, scale * scale):
            turn = abs((there[pair, 3] - here[pair, 3]) * np.pi / 180.0 - angle) % (2 * np.pi)
            kept[pair] = min(turn, 2 * np.pi - turn) < 0.6
    return best


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

    A point that its family shows already at the same place is not kept (`live` False): the shared frame of a
    template is stored once.

    Args:
        words, places, flips: of every entry, in the order of views.
        first_point: (views + 1,) first entry of each view.
        shapes: (views, 2) height and width of the shrunk pictures.
        starts, order: lists by key, of entry numbers.
        live, family: filled for the views from `new_from` on; a family is named by its first view.
        near: pixels.
        share: of the points of a view that must be at their place in a view of the family.
    """
    shift = np.uint64(64 - prefix)
    views = len(shapes)
    votes = np.zeros(views, np.int32)
    last = np.full(views, -1, np.int64)
    touched = np.zeros(views, np.int64)
    for view in range(new_from, views):
        family[view] = view
        n_touched = 0
        for step in range(2):  # first find the family, then the points that it shows already
            chosen = family[view]
            if step == 1 and chosen == view:
                for point in range(first_point[view], first_point[view + 1]):
                    live[point] = True
                break
            for point in range(first_point[view], first_point[view + 1]):
                known = False
                for choice in range(4):
                    key = words[point, 0] >> shift
                    for bit in range(2):
                        if (choice >> bit) & 1:
                            key ^= np.uint64(1) << np.uint64(prefix - 1 - flips[point, bit])
                    for at in range(starts[key], starts[key + np.uint64(1)]):
                        entry = order[at]
                        if not live[entry]:
                            continue
                        if abs(places[entry, 0] - places[point, 0]) > near:
                            continue
                        if abs(places[entry, 1] - places[point, 1]) > near:
                            continue
                        other = entry_view[entry]
                        if other >= view:
                            continue
                        if abs(shapes[other, 0] - shapes[view, 0]) > 4:
                            continue
                        d = _apart(words[point, 0], words[entry, 0])
                        d += _apart(words[point, 1], words[entry, 1])
                        if d > within:
                            continue
                        root = family[other]
                        if step == 1:
                            known = known or root == chosen
                        elif last[root] != point:
                            last[root] = point
                            if votes[root] == 0:
                                touched[n_touched] = root
                                n_touched += 1
                            votes[root] += 1
                if step == 1:
                    live[point] = not known
            if step == 0:
                best, most = -1, 0
                for number in range(n_touched):
                    root = touched[number]
                    if votes[root] > most:
                        best, most = root, votes[root]
                    votes[root] = 0
                points = first_point[view + 1] - first_point[view]
                if best >= 0 and most >= max(12.0, share * points):
                    family[view] = best



@njit(cache=True, nogil=True)
def compare_blocks(
    picture: NDArray[np.float32],
    inside: NDArray[np.uint8],
    thumbs: NDArray[np.uint8],
    views: NDArray[np.int32],
    block: int,
    flat: float,
    likeness: NDArray[np.float32],
    textured: NDArray[np.float32],
    seen: NDArray[np.bool_],
) -> None:
    """Correlate a picture laid on works with their small copies, block by block.

    Args:
        picture: (s, s) grey levels of the picture laid on the work's square.
        inside: (s, s) 0 where the picture has nothing.
        thumbs: (v, s, s) small copies; `views` (m,) those to compare.
        block: side of a block; flat: standard deviation (grey levels) under which a block shows nothing.
        likeness: (m, b, b) filled with the correlation, −1 to 1; 0 where both are flat.
        textured: (m, b, b) filled with the larger standard deviation, 0 where flat or not seen.
        seen: (b, b) filled: the whole block is inside.
    """
    blocks = seen.shape[0]
    area = block * block
    for row in range(blocks):
        for column in range(blocks):
            top, left = row * block, column * block
            whole, total, squares = True, 0.0, 0.0
            for y in range(top, top + block):
                for x in range(left, left + block):
                    if inside[y, x] == 0:
                        whole = False
                    value = picture[y, x]
                    total += value
                    squares += value * value
            seen[row, column] = whole
            spread = np.sqrt(max(0.0, squares / area - (total / area) ** 2))
            for number in range(len(views)):
                likeness[number, row, column] = 0.0
                textured[number, row, column] = 0.0
                if not whole:
                    continue
                other, others, both = 0.0, 0.0, 0.0
                for y in range(top, top + block):
                    for x in range(left, left + block):
                        value = np.float64(thumbs[views[number], y, x])
                        other += value
                        others += value * value
                        both += value * picture[y, x]
                spread_other = np.sqrt(max(0.0, others / area - (other / area) ** 2))
                largest = max(spread, spread_other)
                if largest < flat:
                    continue
                textured[number, row, column] = largest
                together = both / area - (total / area) * (other / area)
                likeness[number, row, column] = together / (max(spread, 0.5) * max(spread_other, 0.5))
