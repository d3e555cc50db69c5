"""Edges of a file larger than memory: the portable expression on DuckDB, which spills to disk."""

from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from tractage.adapters.posts.files import Kind, PostFile, delimiter_of
from tractage.adapters.posts.reading import Columns
from tractage.domain.errors import InputError
from tractage.domain.radar.portable import edges as edges_of
from tractage.domain.radar.portable import taking_part
from tractage.domain.radar.scan import HEAVIEST
from tractage.domain.radar.settings import Settings
from tractage.domain.radar.significance import chance_of_weight, corrected, expected_weight
from tractage.domain.radar.threshold import weight_threshold
from tractage.domain.radar.units import TICKS_PER_SECOND


def edges_on_disk(
    file: PostFile,
    layer: str,
    columns: Columns,
    settings: Settings,
    budget: int,
    work: Path,
    delimiter: str | None = None,
) -> dict[str, int]:
    """Write work/edges.parquet, sorted by account, from the file itself.

    budget: bytes that DuckDB may hold in memory; the rest goes to a hidden folder inside `work`
    The default mode has no opinion blocks here. Returns: counts of rows, accounts, edges, strong
    Raises: InputError when a column is missing or a time cannot be read
    """
    import duckdb
    import ibis

    spill = work / ".spill"
    connection = ibis.duckdb.connect(
        memory_limit=f"{budget >> 20}MB", temp_directory=str(spill), threads=settings.threads
    )
    try:
        connection.create_view("posts", _posts(connection, file, layer, columns, delimiter))
        rows = connection.table("posts")
        kept = taking_part(rows, settings)
        shares = kept.group_by("account").agg(shares=kept.count())
        connection.create_table("edges", edges_of(rows, settings))
        people = _frame(connection, shares).sort("account")
        counts = {"rows": int(people["shares"].sum()), "accounts": people.height}
        return counts | _write(connection, people, settings, work / "edges.parquet")
    except duckdb.ConversionException as error:
        raise InputError(f"{file.path}: column {columns.time!r}: {str(error).splitlines()[0]}") from error
    except duckdb.Error as error:
        raise InputError(f"{file.path}: {str(error).splitlines()[0]}") from error
    finally:
        connection.disconnect()
        for path in spill.glob("*"):
            path.unlink()
        if spill.exists():
            spill.rmdir()


def _posts(connection: Any, file: PostFile, layer: str, columns: Columns, delimiter: str | None) -> Any:
    wanted = [layer, columns.account, columns.content, columns.time]
    path = str(file.path)
    if file.kind is Kind.PARQUET:
        raw = connection.read_parquet(path)
    elif file.kind is Kind.NDJSON:
        raw = connection.read_json(path)
    else:
        header = file.sample().decode("utf-8-sig", errors="replace").split("\n", 1)[0]
        raw = connection.read_csv(path, delim=delimiter or delimiter_of(header, wanted), all_varchar=True)
    missing = [name for name in wanted if name not in raw.columns]
    if missing:
        raise InputError(f"{file.path}: no column {missing[0]!r}, found {', '.join(raw.columns[:12])}")
    time = raw[columns.time]
    if time.type().is_string():
        time = time.try_cast("float64").coalesce(time.cast("timestamp").epoch_seconds().cast("float64"))
    elif time.type().is_timestamp():
        time = time.epoch_seconds()
    posts = raw.select(
        object=raw[layer].cast("string"),
        account=raw[columns.account].cast("string"),
        content=raw[columns.content].cast("string"),
        time=time.cast("float64"),
    )
    return posts.filter(posts.object.notnull() & posts.account.notnull())


def _write(connection: Any, people: pl.DataFrame, settings: Settings, path: Path) -> dict[str, int]:
    found = connection.table("edges")
    seconds = found.ticks / float(TICKS_PER_SECOND) / found.pairs
    if settings.coortweet:
        weights = _frame(connection, found.group_by("pairs").agg(n=found.count()))
        histogram = np.zeros(HEAVIEST, dtype=np.int64)
        np.add.at(histogram, np.minimum(weights["pairs"].to_numpy(), HEAVIEST - 1), weights["n"].to_numpy())
        threshold = weight_threshold(histogram, settings.edge_weight)
        told = found.select(
            account_a=found.a,
            account_b=found.b,
            weight=found.pairs,
            mean_delay=seconds,
            strong=found.pairs > threshold,
            pairs=found.pairs,
            objects=found.objects,
        )
        connection.to_parquet(told.order_by(["account_a", "account_b"]), str(path))
        return {
            "edges": int(histogram.sum()),
            "strong": int(weights.filter(pl.col("pairs") > threshold)["n"].sum()),
        }
    total = int(_frame(connection, found.agg(w=found.objects.sum()))["w"][0] or 0)
    heavy = found.filter(found.objects >= settings.min_weight)
    edges = _frame(connection, heavy.mutate(mean_delay=seconds)).sort("a", "b")
    a, b = (people["account"].search_sorted(edges[side]).to_numpy().astype(np.int64) for side in ("a", "b"))
    weight, shares = (
        edges["objects"].to_numpy().astype(np.int64),
        people["shares"].to_numpy().astype(np.int64),
    )
    alone = np.zeros(people.height, dtype=np.int32)
    p = chance_of_weight(weight, expected_weight(a, b, shares, alone, np.array([[total]])))
    q = corrected(p, a, b, people.height, settings.correction)
    edges.select(
        account_a="a",
        account_b="b",
        weight=pl.Series(weight),
        mean_delay="mean_delay",
        strong=pl.Series(q <= settings.level),
        pairs="pairs",
        objects="objects",
        p_value=pl.Series(p),
        q_value=pl.Series(q),
    ).write_parquet(path)
    return {"edges": edges.height, "strong": int((q <= settings.level).sum())}


def _frame(connection: Any, expression: Any) -> pl.DataFrame:
    found = pl.from_arrow(connection.to_pyarrow(expression))
    return found if isinstance(found, pl.DataFrame) else found.to_frame()
