"""Edges between accounts, found block by block of accounts on a few threads."""

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from queue import SimpleQueue

import numpy as np
import polars as pl
from numpy.typing import NDArray

from tractage.domain.radar import kernels
from tractage.domain.radar.ordering import rows_by_account
from tractage.domain.radar.posts import Posts

BLOCKS = 64
ROOM = 1 << 18  # edges a thread writes before it empties its table
HEAVIEST = 1 << 16
EDGE_SCHEMA = {"a": pl.Int32, "b": pl.Int32, "pairs": pl.Int32, "objects": pl.Int32, "ticks": pl.Int64}

Progress = Callable[[int], None]
Tell = Callable[[str], None]
Tables = tuple[NDArray[np.int64], NDArray[np.int32]]


def silent(_step: int) -> None:
    """Report no progress."""


def unheard(_line: str) -> None:
    """Say nothing."""


@dataclass(frozen=True)
class Block:
    """Edges of one block of accounts.

    edges: a, b (account codes, a < b), pairs, objects (int32), ticks (int64), sorted by (a, b)
    histogram: (HEAVIEST,) int64, all edges by weight; the last cell takes the heavier ones
    sums: (n_blocks, n_blocks) int64, clipped weights of all edges by the opinion blocks of a and b
    """

    edges: pl.DataFrame
    histogram: NDArray[np.int64]
    sums: NDArray[np.int64]


@dataclass(frozen=True)
class Scan:
    """One way to look at the posts of a layer.

    keep: (n_rows,) bool; both: a pair needs both of its rows kept, or only one
    by_objects: an edge weighs its distinct objects, or its pair rows
    opinions: (n_accounts,) int32, the block of each account
    """

    posts: Posts
    keep: NDArray[np.bool_]
    both: bool
    window: float
    by_objects: bool
    opinions: NDArray[np.int32]
    threads: int = 2

    def blocks(self, least: int = 1, progress: Progress = silent) -> Iterator[Block]:
        """Yield the edges at least `least` heavy, in order; `progress` is told the rows done."""
        posts, n_accounts = self.posts, self.posts.names.len()
        rows = rows_by_account(posts.accounts)
        offsets = np.zeros(n_accounts + 1, dtype=np.int64)
        np.cumsum(np.bincount(posts.accounts, minlength=n_accounts), out=offsets[1:])
        waiting: deque[tuple[tuple[int, int], Future[Block]]] = deque()
        with ThreadPoolExecutor(self.threads) as pool:
            free: SimpleQueue[Tables] = SimpleQueue()
            for _ in range(self.threads):
                free.put((np.zeros((n_accounts, 4), dtype=np.int64), np.zeros(n_accounts, dtype=np.int32)))
            for span in _spans(offsets):
                if len(waiting) > self.threads:
                    yield _done(waiting, offsets, progress)
                waiting.append((span, pool.submit(self._scan, span, rows, offsets, least, free)))
            while waiting:
                yield _done(waiting, offsets, progress)

    def _scan(
        self,
        span: tuple[int, int],
        rows: NDArray[np.int32],
        offsets: NDArray[np.int64],
        least: int,
        free: SimpleQueue[Tables],
    ) -> Block:
        posts = self.posts
        arrays = (posts.objects, posts.accounts, posts.contents, posts.times)
        histogram = np.zeros(HEAVIEST, dtype=np.int64)
        sums = np.zeros((int(self.opinions.max(initial=0)) + 1,) * 2, dtype=np.int64)
        room = max(ROOM, posts.names.len())
        tables = free.get()
        a, b, pairs, objects = (np.empty(room, dtype=np.int32) for _ in range(4))
        out = (a, b, pairs, objects, np.empty(room, dtype=np.int64))
        parts, start = [], span[0]
        while start < span[1]:
            start, written = kernels.scan_accounts(
                arrays, rows, offsets, self.keep, self.both, self.window, (start, span[1]), *tables,
                int(self.by_objects), least, self.opinions, sums, histogram, out,
            )  # fmt: skip
            parts.append([column[:written].copy() for column in out])
        free.put(tables)
        columns = [np.concatenate(column) for column in zip(*parts, strict=True)]
        return Block(pl.DataFrame(dict(zip(EDGE_SCHEMA, columns, strict=True))), histogram, sums)


def _done(
    waiting: deque[tuple[tuple[int, int], Future[Block]]], offsets: NDArray[np.int64], progress: Progress
) -> Block:
    span, future = waiting.popleft()
    block = future.result()
    progress(int(offsets[span[1]] - offsets[span[0]]))
    return block


def _spans(offsets: NDArray[np.int64]) -> list[tuple[int, int]]:
    """Cut accounts in blocks with about as many rows each."""
    wanted = np.linspace(0, offsets[-1], BLOCKS + 1)
    cuts = np.unique(np.concatenate(([0, offsets.size - 1], np.searchsorted(offsets, wanted))))
    cuts = cuts[cuts < offsets.size]
    return [(int(first), int(last)) for first, last in pairwise(cuts)]
