"""The loops that must be fast, compiled once: search in lists of codes, votes, agreement of points."""

from typing import Any, Final

import numpy as np
from numba import njit
from numpy.typing import NDArray

TURNS: Final = 8
SCALES: Final = 6
FREE: Final = 255
SMALLEST, LARGEST = 0.12, 8.0
"""Scales of a picture against a work that are looked for."""
TURN: Final = 0.6
"""Radians by which the turn of a pair may differ from that of the similarity."""


@njit(cache=True, nogil=True)
def bits_apart(first: Any, second: Any) -> Any:
    """Return the number of bits that differ in two words of 64."""
    x = first ^ second
    x = x - ((x >> np.uint64(1)) & np.uint64(0x5555555555555555))
    x = (x & np.uint64(0x3333333333333333)) + ((x >> np.uint64(2)) & np.uint64(0x3333333333333333))
    x = (x + (x >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return np.int64((x * np.uint64(0x0101010101010101)) >> np.uint64(56))


@njit(cache=True, nogil=True)
def _keep(
    entries: NDArray[np.int64],
    apart: NDArray[np.uint8],
    families: NDArray[np.int32],
    entry: int,
    d: int,
    worst_at: int,
) -> bool:
    """Put an entry in the place of its family, or else of the farthest; return whether it was nearer."""
    at = worst_at
    for slot in range(len(entries)):
        if entries[slot] >= 0 and families[entries[slot]] == families[entry]:
            at = slot
            break
    if apart[at] <= d:
        return False
    entries[at], apart[at] = entry, d
    return True


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
    shift = np.uint64(64 - prefix)
    for q in range(len(entries)):
        entries[q, :] = -1
        apart[q, :] = FREE
        worst, worst_at = within + 1, 0
        for choice in range(1 << flips.shape[1]):
            key = words[q, 0] >> shift
            for bit in range(flips.shape[1]):
                if (choice >> bit) & 1:
                    key ^= np.uint64(1) << np.uint64(prefix - 1 - flips[q, bit])
            for entry in range(starts[key], starts[key + np.uint64(1)]):
                d = bits_apart(words[q, 0], codes[entry, 0])
                if d >= worst:
                    continue
                d += bits_apart(words[q, 1], codes[entry, 1])
                if d >= worst:
                    continue
                if _keep(entries[q], apart[q], families, entry, d, worst_at):
                    worst_at = int(np.argmax(apart[q]))
                    worst = min(int(apart[q, worst_at]), within + 1)


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
            far = max(far, within + 1 if entries[q, slot] < 0 else int(apart[q, slot]))
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
def _follow(
    here: NDArray[np.float32],
    there: NDArray[np.float32],
    chosen: int,
    tolerance: float,
    kept: NDArray[np.bool_],
) -> int:
    """Mark the pairs that agree with the similarity of one pair; return how many."""
    kept[:] = False
    scale = there[chosen, 2] / here[chosen, 2]
    if scale < SMALLEST or scale > LARGEST:
        return 0
    angle = (there[chosen, 3] - here[chosen, 3]) * np.pi / 180.0
    a, b = scale * np.cos(angle), scale * np.sin(angle)
    x0 = there[chosen, 0] - (a * here[chosen, 0] - b * here[chosen, 1])
    y0 = there[chosen, 1] - (b * here[chosen, 0] + a * here[chosen, 1])
    limit = tolerance * tolerance * max(1.0, scale * scale)
    number = 0
    for pair in range(len(here)):
        dx = a * here[pair, 0] - b * here[pair, 1] + x0 - there[pair, 0]
        dy = b * here[pair, 0] + a * here[pair, 1] + y0 - there[pair, 1]
        if dx * dx + dy * dy < limit:
            turn = abs((there[pair, 3] - here[pair, 3]) * np.pi / 180.0 - angle) % (2 * np.pi)
            kept[pair] = min(turn, 2 * np.pi - turn) < TURN
            number += kept[pair]
    return number


@njit(cache=True, nogil=True)
def agree(
    here: NDArray[np.float32], there: NDArray[np.float32], tolerance: float, kept: NDArray[np.bool_]
) -> int:
    """Try the similarity that each pair of points asks for; mark in `kept` the pairs of the best one.

    Args:
        here, there: (n, 4) x, y, size, angle (degrees) of the points of each pair; n is small (≤ 700).
        tolerance: pixels.

    Returns:
        how many pairs agree.
    """
    best, best_at = 0, 0
    for chosen in range(len(here)):
        number = _follow(here, there, chosen, tolerance, kept)
        if number > best:
            best, best_at = number, chosen
    return _follow(here, there, best_at, tolerance, kept)
