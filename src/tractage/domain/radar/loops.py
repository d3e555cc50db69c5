"""The loops that are compiled: posts sorted by (object, time), met one account at a time.

No list of pairs is ever held: an account meets its neighbours in the window, and one row of sums per
neighbour is enough. Memory is O(posts + accounts), and no sum depends on the order of the input.
Only `machine` imports this file, when no machine code is kept; `kernels` is what others call.
"""

from typing import Any

import numba
import numpy as np
from numba import boolean, float64, int32, int64
from numpy.typing import NDArray

from tractage.domain.radar.units import TICKS_PER_SECOND

# an edge counts for that much at most in its blocks' sum: chance rarely gives more, and a coordinated group
# must not raise the standard it is held against
CLIPPED = 2

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Times = NDArray[np.float64]
Flags = NDArray[np.bool_]


def count_window(objects: Ints, times: Times, window: float) -> int:
    """Count pairs of rows of one object at most `window` seconds apart, whoever posted them."""
    total, left = 0, 0
    for row in range(objects.size):
        while objects[left] != objects[row] or times[row] - times[left] > window:
            left += 1
        total += row - left
    return total


def mark_paired(
    objects: Ints, accounts: Ints, contents: Ints, times: Times, window: float, paired: Flags
) -> None:
    """Set `paired` on rows that have a partner: other account, other content, same object, in the window."""
    n = objects.size
    for row in range(n):
        other = row + 1
        while other < n and objects[other] == objects[row] and times[other] - times[row] <= window:
            if accounts[other] != accounts[row] and contents[other] != contents[row]:
                paired[row] = True
                paired[other] = True
            other += 1


@numba.njit(nogil=True)
def meet_neighbours(
    account: int,
    posts: tuple[Ints, Ints, Ints, Times],
    own_rows: Ints,
    keep: Flags,
    both: int,
    window: float,
    sums: Longs,
    touched: Ints,
) -> int:
    """Add the pair rows of `account` with higher-numbered accounts to `sums`; return how many were met.

    sums: (n_accounts, 4) int64: pair rows, distinct objects, delay in ticks, last object met
    keep, both: a pair counts when both of its rows, or one of them, are kept
    """
    objects, accounts, contents, times = posts
    n, met = objects.size, 0
    for row in own_rows:
        for step in (-1, 1):
            other = row + step
            while 0 <= other < n and objects[other] == objects[row]:
                delay = abs(times[other] - times[row])
                if delay > window:
                    break
                peer = accounts[other]
                kept = (keep[row] and keep[other]) if both else (keep[row] or keep[other])
                if peer > account and kept and contents[other] != contents[row]:
                    if sums[peer, 0] == 0:
                        touched[met] = peer
                        met += 1
                        sums[peer, 3] = -1
                    sums[peer, 0] += 1
                    sums[peer, 2] += np.int64(delay * TICKS_PER_SECOND + 0.5)
                    if sums[peer, 3] != objects[row]:
                        sums[peer, 3] = objects[row]
                        sums[peer, 1] += 1
                other += step
    return met


@numba.njit(nogil=True)
def sort_first(numbers: Ints, n: int) -> None:
    """Sort numbers[:n] in place (Shell's method with Ciura's gaps)."""
    for gap in (57, 23, 10, 4, 1):
        for place in range(gap, n):
            moved, spot = numbers[place], place
            while spot >= gap and numbers[spot - gap] > moved:
                numbers[spot] = numbers[spot - gap]
                spot -= gap
            numbers[spot] = moved


def scan_accounts(
    posts: tuple[Ints, Ints, Ints, Times],
    rows: Ints,
    offsets: Longs,
    keep: Flags,
    both: int,
    window: float,
    span: tuple[int, int],
    sums: Longs,
    touched: Ints,
    column: int,
    least: int,
    blocks: Ints,
    block_sums: Longs,
    histogram: Longs,
    out: tuple[Ints, Ints, Ints, Ints, Longs],
) -> tuple[int, int]:
    """Write edges of accounts span[0] … span[1]-1 to higher-numbered accounts until `out` is full.

    rows, offsets: rows of account i are rows[offsets[i]:offsets[i+1]]
    column: what weighs an edge, 0 pair rows or 1 distinct objects; edges under `least` are counted only
    blocks, block_sums: the block of each account, and clipped weights by pair of blocks, added to
    histogram: edges by weight, the last cell takes all that are heavier, added to
    Returns: (next account to do, edges written); the caller empties `out` and calls again
    """
    written = 0
    for account in range(span[0], span[1]):
        own = rows[offsets[account] : offsets[account + 1]]
        met = meet_neighbours(account, posts, own, keep, both, window, sums, touched)
        full, heavy = met > out[0].size - written, 0
        for index in range(met):
            peer = touched[index]
            weight = sums[peer, column]
            if not full:
                histogram[min(weight, histogram.size - 1)] += 1
                block_sums[blocks[account], blocks[peer]] += min(weight, CLIPPED)
            if weight >= least and not full:
                touched[heavy] = peer
                heavy += 1
            else:
                sums[peer, 0] = sums[peer, 1] = sums[peer, 2] = 0
        if full:
            return account, written
        sort_first(touched, heavy)
        for index in range(heavy):
            peer = touched[index]
            out[0][written] = account
            out[1][written] = peer
            out[2][written] = sums[peer, 0]
            out[3][written] = sums[peer, 1]
            out[4][written] = sums[peer, 2]
            written += 1
            sums[peer, 0] = sums[peer, 1] = sums[peer, 2] = 0
    return span[1], written


def list_pairs(
    posts: tuple[Ints, Ints, Ints, Times],
    keep: Flags,
    both: int,
    window: float,
    edge_offsets: Longs,
    edge_peers: Ints,
    start: int,
    out: tuple[Ints, Ints, Ints],
) -> tuple[int, int]:
    """Write the pair rows of chosen edges from row `start` on, until `out` is full.

    edge_offsets, edge_peers: partners b > a of account a are edge_peers[offsets[a]:offsets[a+1]], sorted
    out: edge number, row of a, row of b
    Returns: (the next row to do, pair rows written)
    """
    objects, accounts, contents, times = posts
    written, room = 0, out[0].size
    for row in range(start, objects.size):
        before, other = written, row + 1
        while other < objects.size and objects[other] == objects[row] and times[other] - times[row] <= window:
            a, b = min(accounts[row], accounts[other]), max(accounts[row], accounts[other])
            first, last = edge_offsets[a], edge_offsets[a + 1]
            kept = (keep[row] and keep[other]) if both else (keep[row] or keep[other])
            if first < last and a != b and kept and contents[row] != contents[other]:
                edge = first + np.searchsorted(edge_peers[first:last], b)
                if edge < last and edge_peers[edge] == b:
                    if written == room:
                        return row, before
                    out[0][written] = edge
                    out[1][written] = row if accounts[row] == a else other
                    out[2][written] = other if accounts[row] == a else row
                    written += 1
            other += 1
    return objects.size, written


def move_nodes(
    offsets: Longs,
    neighbours: Ints,
    weights: Longs,
    strengths: Longs,
    groups: Ints,
    totals: Longs,
    queue: Ints,
    queued: Flags,
    shared: Longs,
    touched: Ints,
) -> int:
    """Move nodes of a graph, one by one, to the neighbouring group that raises modularity most.

    offsets, neighbours, weights: links of node i are at offsets[i]:offsets[i+1], each link from both ends
    strengths: (n,) summed weights; groups: (n,) changed in place; totals: (n,) strengths of each group
    queue: all nodes, in the order of a first visit; a moved node calls its neighbours back
    queued: all true; shared, touched: (n,) zeros
    Returns: moves made. Everything is whole numbers, so that no machine rounds another way.
    """
    n, twice, head, waiting, moves = strengths.size, strengths.sum(), 0, queue.size, 0
    while waiting > 0:
        node = queue[head]
        head = head + 1 if head + 1 < n else 0
        waiting -= 1
        queued[node] = False
        home, met = groups[node], 0
        totals[home] -= strengths[node]
        for place in range(offsets[node], offsets[node + 1]):
            if neighbours[place] != node:
                group = groups[neighbours[place]]
                if shared[group] == 0:
                    touched[met] = group
                    met += 1
                shared[group] += weights[place]
        best, most = home, shared[home] * twice - strengths[node] * totals[home]
        for index in range(met):
            group = touched[index]
            gain = shared[group] * twice - strengths[node] * totals[group]
            if gain > most:
                best, most = group, gain
        for index in range(met):
            shared[touched[index]] = 0
        totals[best] += strengths[node]
        if best != home:
            groups[node] = best
            moves += 1
            for place in range(offsets[node], offsets[node + 1]):
                other = neighbours[place]
                if not queued[other] and groups[other] != best:
                    queued[other] = True
                    tail = head + waiting
                    queue[tail if tail < n else tail - n] = other
                    waiting += 1
    return moves


def merge_nodes(
    offsets: Longs,
    neighbours: Ints,
    weights: Longs,
    groups: Ints,
    members: Ints,
    starts: Longs,
    shared: Longs,
    touched: Ints,
    out: tuple[Longs, Ints, Longs],
) -> int:
    """Write the graph whose nodes are the groups of another to `out`: offsets, neighbours, weights.

    members, starts: nodes of group i are members[starts[i]:starts[i+1]]; shared, touched: zeros
    Returns: links written, each from both ends, and those of a group with itself
    """
    written = 0
    for group in range(starts.size - 1):
        met = 0
        for node in members[starts[group] : starts[group + 1]]:
            for place in range(offsets[node], offsets[node + 1]):
                other = groups[neighbours[place]]
                if shared[other] == 0:
                    touched[met] = other
                    met += 1
                shared[other] += weights[place]
        for index in range(met):
            out[1][written] = touched[index]
            out[2][written] = shared[touched[index]]
            shared[touched[index]] = 0
            written += 1
        out[0][group + 1] = written
    return written


types: Any = numba.types
INTS, LONGS, TIMES, FLAGS, TABLE = int32[::1], int64[::1], float64[::1], boolean[::1], int64[:, ::1]
POSTS = types.Tuple((INTS, INTS, INTS, TIMES))
SIGNATURES = {
    count_window: (INTS, TIMES, float64),
    mark_paired: (INTS, INTS, INTS, TIMES, float64, FLAGS),
    scan_accounts: (
        POSTS,
        INTS,
        LONGS,
        FLAGS,
        int64,
        float64,
        types.UniTuple(int64, 2),
        TABLE,
        INTS,
        int64,
        int64,
        INTS,
        TABLE,
        LONGS,
        types.Tuple((INTS, INTS, INTS, INTS, LONGS)),
    ),
    list_pairs: (
        POSTS,
        FLAGS,
        int64,
        float64,
        LONGS,
        INTS,
        int64,
        types.UniTuple(INTS, 3),
    ),
    move_nodes: (LONGS, INTS, LONGS, LONGS, INTS, LONGS, INTS, FLAGS, LONGS, INTS),
    merge_nodes: (LONGS, INTS, LONGS, INTS, INTS, LONGS, LONGS, INTS, types.Tuple((LONGS, INTS, LONGS))),
}
"""What each loop is compiled for: C-ordered arrays, as `machine` hands them over."""
