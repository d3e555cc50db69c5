"""The posts behind an edge: the only proof there is."""

import numpy as np
import polars as pl

from tractage.domain.radar import kernels
from tractage.domain.radar.posts import Posts
from tractage.domain.radar.scan import Scan

ROOM = 1 << 18
DAY = 86400.0


def pair_rows(scan: Scan, edges: pl.DataFrame) -> pl.DataFrame:
    """List the pair rows of `edges` (edge, a, b; account codes, sorted).

    Returns: edge, row_a, row_b (places in the posts' sorted arrays)
    """
    posts = scan.posts
    offsets = np.zeros(posts.names.len() + 1, dtype=np.int64)
    np.cumsum(np.bincount(edges["a"].to_numpy(), minlength=posts.names.len()), out=offsets[1:])
    peers = np.ascontiguousarray(edges["b"].to_numpy())
    arrays = (posts.objects, posts.accounts, posts.contents, posts.times)
    edge, row_a, row_b = (np.empty(max(ROOM, _busiest(posts)), dtype=np.int32) for _ in range(3))
    out = (edge, row_a, row_b)
    parts, start = [[column[:0] for column in out]], 0
    while start < posts.rows.size:
        start, written = kernels.list_pairs(
            arrays, scan.keep, scan.both, scan.window, offsets, peers, start, out
        )
        parts.append([column[:written].copy() for column in out])
    columns = [np.concatenate(column) for column in zip(*parts, strict=True)]
    number = edges["edge"].gather(columns[0])
    return pl.DataFrame({"edge": number, "row_a": columns[1], "row_b": columns[2]})


def edge_tempo(posts: Posts, found: pl.DataFrame) -> pl.DataFrame:
    """Summarise pair rows by edge.

    Returns: edge, days (distinct UTC days with a pair row), a_first and b_first (shares of pair rows in which
    one account was strictly earlier, in [0, 1])
    """
    times = pl.Series(posts.times)
    rows = found.select(
        "edge",
        a=times.gather(found["row_a"]),
        b=times.gather(found["row_b"]),
    ).with_columns(day=(pl.min_horizontal("a", "b") / DAY).floor().cast(pl.Int32))
    return rows.group_by("edge").agg(
        days=pl.col("day").n_unique().cast(pl.Int32),
        a_first=(pl.col("a") < pl.col("b")).mean(),
        b_first=(pl.col("b") < pl.col("a")).mean(),
    )


def told(posts: Posts, found: pl.DataFrame) -> pl.DataFrame:
    """Put names on pair rows.

    Returns: account_a, account_b, object, content_a, content_b (str), time_a, time_b, delay (seconds),
    sorted so that the order of the file does not show
    """
    times, rows, contents = pl.Series(posts.times), pl.Series(posts.rows), posts.content_names
    # codes sort like names: ordering them first spares a copy of every text
    order = pl.DataFrame(
        {
            "a": posts.accounts[found["row_a"].to_numpy()],
            "b": posts.accounts[found["row_b"].to_numpy()],
            "object": posts.objects[found["row_a"].to_numpy()],
            "row_a": found["row_a"],
            "row_b": found["row_b"],
            "time_a": times.gather(found["row_a"]),
            "time_b": times.gather(found["row_b"]),
        }
    )
    order = order.with_columns(first=pl.min_horizontal("time_a", "time_b"))
    keys = ["a", "b", "first", "object", "time_a", "time_b"]
    order = order.sort(keys)
    even = pl.all_horizontal(pl.col(key) == pl.col(key).shift() for key in keys)
    if order.select(even.any()).item():  # texts settle it
        texts = [contents.gather(rows.gather(order[row])) for row in ("row_a", "row_b")]
        order = order.sort(*keys, *texts)
    return order.select(
        account_a=posts.names.gather(order["a"]),
        account_b=posts.names.gather(order["b"]),
        object=posts.object_names.gather(order["object"]),
        content_a=contents.gather(rows.gather(order["row_a"])),
        content_b=contents.gather(rows.gather(order["row_b"])),
        time_a="time_a",
        time_b="time_b",
        delay=(pl.col("time_a") - pl.col("time_b")).abs(),
    )


def _busiest(posts: Posts) -> int:
    """Bound the pair rows one row can start: the shares of the most shared object."""
    return int(np.bincount(posts.objects).max(initial=1))
