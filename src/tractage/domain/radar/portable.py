"""The same edges as one Ibis expression: DuckDB by default, Spark when one machine is too small."""

from typing import Any

import polars as pl

from tractage.domain.radar.scan import EDGE_SCHEMA
from tractage.domain.radar.settings import Settings
from tractage.domain.radar.units import TICKS_PER_SECOND


def taking_part(posts: Any, settings: Settings) -> Any:
    """Keep the rows of accounts with `min_participation` rows (Ibis expression).

    posts: Ibis table of object, account, content (text), time (seconds, float)
    """
    if not settings.coortweet:
        posts = posts.distinct()
    active = posts.group_by("account").agg(n=posts.count())
    return posts.semi_join(active.filter(active.n >= settings.min_participation), "account")


def pairs(posts: Any, settings: Settings) -> Any:
    """Return the pair rows within the window, one per unordered pair (Ibis expression).

    An equi-join on (object, bucket of window + 1 s), the right side standing in its own and both neighbouring
    buckets, narrows the search; the exact condition decides.
    Returns: object, a, b (accounts, a < b), content_a, content_b, delay (seconds)
    """
    import ibis

    window = float(settings.window)
    usable = posts.filter(posts.content.notnull() & (posts.content != posts.object))
    bucket = (usable.time / (window + 1)).floor().cast("int64")
    left = usable.mutate(bucket=bucket).rename({"a": "account", "content_a": "content", "time_a": "time"})
    shifts = ibis.array([-1, 0, 1])
    right = usable.mutate(bucket=bucket, shift=shifts.unnest())
    right = right.mutate(bucket=right.bucket + right.shift).drop("shift")
    right = right.rename({"b": "account", "content_b": "content", "time_b": "time"})
    joined = left.join(right, ["object", "bucket"])
    delay = (joined.time_a - joined.time_b).abs()
    return joined.filter(joined.a < joined.b, joined.content_a != joined.content_b, delay <= window).select(
        "object", "a", "b", "content_a", "content_b", delay=delay
    )


def kept(posts: Any, found: Any, settings: Settings) -> Any:
    """Keep pair rows whose accounts take part often enough among the paired contents (Ibis expression)."""
    contents = found.select(content=found.content_a).union(found.select(content=found.content_b)).distinct()
    paired = posts.semi_join(contents, "content")
    active = paired.group_by("account").agg(n=paired.count())
    active = active.filter(active.n >= settings.min_participation)
    if not settings.coortweet:
        found = found.semi_join(active.select(a="account"), "a")
        return found.semi_join(active.select(b="account"), "b")
    flagged = paired.semi_join(active, "account").select("content").distinct()
    found = found.left_join(flagged.select(content_a="content", flag_a="content"), "content_a")
    found = found.drop("content_a_right").left_join(
        flagged.select(content_b="content", flag_b="content"), "content_b"
    )
    return found.filter(found.flag_a.notnull() | found.flag_b.notnull())


def edges(posts: Any, settings: Settings) -> Any:
    """Return the edges of a layer (Ibis expression): a, b, pairs, objects, ticks.

    posts: Ibis table of object, account, content (text), time (seconds, float); no empty object or account
    """
    rows = taking_part(posts, settings)
    found = kept(rows, pairs(rows, settings), settings)
    ticks = (found.delay * float(TICKS_PER_SECOND) + 0.5).floor().cast("int64")
    return found.group_by(["a", "b"]).agg(
        pairs=found.count(), objects=found.object.nunique(), ticks=ticks.sum().cast("int64")
    )


def detect_portable(connection: Any, table: str, settings: Settings) -> pl.DataFrame:
    """Run `edges` on an Ibis connection and bring them home, sorted.

    connection: an Ibis backend that knows `table`
    Returns: a, b (account names), pairs, objects (int32), ticks (int64)
    """
    expression = edges(connection.table(table), settings)
    found = pl.from_arrow(connection.to_pyarrow(expression))
    frame = found if isinstance(found, pl.DataFrame) else found.to_frame()
    frame = frame.cast({name: dtype for name, dtype in EDGE_SCHEMA.items() if name not in {"a", "b"}})
    return frame.select(*EDGE_SCHEMA).sort("a", "b")
