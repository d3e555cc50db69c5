"""The compiled loops, ready to call: what they do is said in `loops`."""

import numpy as np
from numpy.typing import NDArray

from tractage.domain.radar.machine import loop

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Times = NDArray[np.float64]
Flags = NDArray[np.bool_]
Rows = tuple[Ints, Ints, Ints, Times]
"""Objects, accounts, contents and times of rows sorted by (object, time)."""
Graph = tuple[Longs, Ints, Longs]
"""Offsets, neighbours, weights: links of node i are at offsets[i]:offsets[i+1], each link from both ends."""


def count_window(objects: Ints, times: Times, window: float) -> int:
    """Count pairs of rows of one object at most `window` seconds apart, whoever posted them."""
    return loop("count_window", "i4 f8", 1)(objects, times, window)[0]


def mark_paired(
    objects: Ints, accounts: Ints, contents: Ints, times: Times, window: float, paired: Flags
) -> None:
    """Set `paired` on rows that have a partner: other account, other content, same object, in the window."""
    loop("mark_paired", "i4 i4 i4 f8 b1")(objects, accounts, contents, times, window, paired)


def scan_accounts(
    posts: Rows,
    rows: Ints,
    offsets: Longs,
    keep: Flags,
    both: bool,
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
    """Write edges of a span of accounts until `out` is full; return the next account, and edges written."""
    done, written = loop("scan_accounts", "i4 i4 i4 f8 i4 i8 b1 i8 i4 i4 i8 i8 i4 i4 i4 i4 i8", 2)(
        posts, rows, offsets, keep, int(both), window, span, sums, touched, column, least, blocks,
        block_sums, histogram, out,
    )  # fmt: skip
    return done, written


def list_pairs(
    posts: Rows,
    keep: Flags,
    both: bool,
    window: float,
    edge_offsets: Longs,
    edge_peers: Ints,
    start: int,
    out: tuple[Ints, Ints, Ints],
) -> tuple[int, int]:
    """Write the pair rows of chosen edges from row `start` on; return the next row, and rows written."""
    done, written = loop("list_pairs", "i4 i4 i4 f8 b1 i8 i4 i4 i4 i4", 2)(
        posts, keep, int(both), window, edge_offsets, edge_peers, start, out
    )
    return done, written


def move_nodes(graph: Graph, strengths: Longs, groups: Ints, order: Ints) -> int:
    """Move nodes, first in `order`, to the groups that raise modularity; change `groups`, return moves."""
    n = strengths.size
    totals = np.bincount(groups, weights=strengths, minlength=n).astype(np.int64)
    queued, shared, touched = np.ones(n, np.bool_), np.zeros(n, np.int64), np.zeros(n, np.int32)
    return loop("move_nodes", "i8 i4 i8 i8 i4 i8 i4 b1 i8 i4", 1)(
        *graph, strengths, groups, totals, order, queued, shared, touched
    )[0]


def merge_nodes(graph: Graph, groups: Ints, n_groups: int) -> Graph:
    """Return the graph whose nodes are the groups, numbered from 0, of the nodes of another."""
    _offsets, neighbours, weights = graph
    starts = np.zeros(n_groups + 1, dtype=np.int64)
    np.cumsum(np.bincount(groups, minlength=n_groups), out=starts[1:])
    members = np.argsort(groups, kind="stable").astype(np.int32)
    out = (np.zeros_like(starts), np.empty_like(neighbours), np.empty_like(weights))
    (written,) = loop("merge_nodes", "i8 i4 i8 i4 i4 i8 i8 i4 i8 i4 i8", 1)(
        *graph, groups, members, starts, np.zeros(n_groups, np.int64), np.zeros(n_groups, np.int32), out
    )
    return out[0], out[1][:written], out[2][:written]
