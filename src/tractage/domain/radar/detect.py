"""From posts to edges, by the compiled loops."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from tractage.domain.errors import TractageError
from tractage.domain.radar.opinions import opinion_blocks
from tractage.domain.radar.participation import kept_rows
from tractage.domain.radar.posts import Posts
from tractage.domain.radar.scan import EDGE_SCHEMA, HEAVIEST, Progress, Scan, silent
from tractage.domain.radar.settings import Settings
from tractage.domain.radar.threshold import weight_threshold
from tractage.domain.radar.units import TICKS_PER_SECOND
from tractage.domain.worded import gettext_noop

EDGE_BYTES = 24  # one row of EDGE_SCHEMA
ALL_EDGES = 500_000  # the compatibility mode holds all edges up to that many, then streams the weak ones


@dataclass(frozen=True)
class Detection:
    """Edges of one layer and what the whole of them looks like.

    edges: a, b (account codes), pairs, objects, ticks, sorted; all of them, or the heavy ones when
        `complete` is false (the others are counted in `histogram`, and `stream` brings them back)
    histogram: (HEAVIEST,) int64, edges by weight; sums: (n_blocks, n_blocks) int64, clipped weights
    threshold: what a weight must exceed to be strong in the compatibility mode, else NaN
    """

    scan: Scan
    edges: pl.DataFrame
    histogram: NDArray[np.int64]
    sums: NDArray[np.int64]
    threshold: float
    complete: bool

    @property
    def n_edges(self) -> int:
        """Count all edges, held or not."""
        return int(self.histogram.sum())

    @property
    def total_weight(self) -> int:
        """Sum the weights of all edges, held or not."""
        return int((self.histogram * np.arange(self.histogram.size)).sum())

    def stream(self, progress: Progress = silent) -> Iterator[pl.DataFrame]:
        """Yield every edge again in order, in bounded memory."""
        for block in self.scan.blocks(1, progress):
            yield block.edges


def detect(
    posts: Posts,
    settings: Settings,
    room: int = 1 << 30,
    progress: Progress = silent,
    opinions: NDArray[np.int32] | None = None,
) -> Detection:
    """Find the edges of a layer.

    room: bytes that edges may take. In the compatibility mode the strong edges alone are held when there are
    more than ALL_EDGES; by default edges under `min_weight` are never held.
    opinions: (n_accounts,) int32 blocks, found if not given
    Raises: TractageError when the edges to hold do not fit in `room`.
    """
    if opinions is None:
        opinions = np.zeros(posts.names.len(), dtype=np.int32)
        if settings.within and not settings.coortweet:
            opinions = opinion_blocks(posts, settings.seed)
    scan = Scan(
        posts,
        kept_rows(posts, settings),
        both=not settings.coortweet,
        window=float(settings.window),
        by_objects=not settings.coortweet,
        opinions=opinions,
        threads=settings.threads,
    )
    least = 1 if settings.coortweet else settings.min_weight
    first_room = min(room, ALL_EDGES * EDGE_BYTES) if settings.coortweet else room
    edges, histogram, sums = _gather(scan, least, first_room, progress)
    threshold = weight_threshold(histogram, settings.edge_weight) if settings.coortweet else float("nan")
    if edges is not None:
        return Detection(scan, edges, histogram, sums, threshold, complete=True)
    heavy = max(2, int(threshold) + 1) if settings.coortweet else least
    size = int(histogram[heavy:].sum()) * EDGE_BYTES
    if size > room:
        raise TractageError(
            gettext_noop(
                "edges: %(edges)s of weight %(weight)s or more need %(needed)s MB and %(left)s MB of the "
                "budget are left: raise --memory or %(option)s"
            ),
            edges=size // EDGE_BYTES,
            weight=heavy,
            needed=size >> 20,
            left=room >> 20,
            option="--edge-weight" if settings.coortweet else "--min-weight",
        )
    edges, histogram, sums = _gather(scan, heavy, room, progress)
    assert edges is not None
    return Detection(scan, edges, histogram, sums, threshold, complete=False)


def mean_delay(edges: pl.DataFrame) -> pl.Series:
    """Return the mean delay of each edge's pair rows, in seconds, correctly rounded."""
    return edges.select(mean_delay=pl.col("ticks") / TICKS_PER_SECOND / pl.col("pairs")).to_series()


def _gather(
    scan: Scan, least: int, room: int, progress: Progress
) -> tuple[pl.DataFrame | None, NDArray[np.int64], NDArray[np.int64]]:
    """Collect edges while they fit in `room`, count them in any case."""
    parts, held = [pl.DataFrame(schema=EDGE_SCHEMA)], 0
    histogram = np.zeros(HEAVIEST, dtype=np.int64)
    sums = np.zeros((int(scan.opinions.max(initial=0)) + 1,) * 2, dtype=np.int64)
    for block in scan.blocks(least, progress):
        histogram += block.histogram
        sums += block.sums
        held += block.edges.height * EDGE_BYTES
        if held <= room:
            parts.append(block.edges)
        else:
            parts.clear()
    return pl.concat(parts) if held <= room else None, histogram, sums
