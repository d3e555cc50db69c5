"""Read an edge back from a folder of results."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import polars as pl

from tractage.domain.errors import InputError


@dataclass(frozen=True)
class ExplainedEdge:
    """An edge in one sentence, and the pair rows that make it."""

    a: str
    b: str
    sentence: str
    posts: list[dict[str, Any]]


def edge_of(folder: Path, one: str, other: str) -> ExplainedEdge:
    """Return the edge between two accounts.

    Raises: InputError when the folder holds no results, or no such edge, or no posts behind it
    """
    a, b = sorted((one, other))
    edges, pairs = folder / "edges.parquet", folder / "pairs.parquet"
    if not edges.exists() or not pairs.exists():
        raise InputError(
            f"{folder}: no edges.parquet and pairs.parquet, expected a folder written by radar detect"
        )
    this = (pl.col("account_a") == a) & (pl.col("account_b") == b)
    found = pl.scan_parquet(edges).filter(this).collect()
    if found.is_empty():
        raise InputError(f"{folder}: no edge between {a!r} and {b!r}")
    edge = found.row(0, named=True)
    rows = pl.scan_parquet(pairs).filter(this).collect()
    if rows.is_empty():
        raise InputError(f"{folder}: the edge between {a!r} and {b!r} is weak, its posts were not kept")
    told = [
        {**row, "at_a": _instant(row["time_a"]), "at_b": _instant(row["time_b"])} for row in rows.to_dicts()
    ]
    sentence = (
        f"{a} and {b}: weight {edge['weight']}, {'strong' if edge['strong'] else 'weak'}, "
        f"{edge['objects']} objects in {edge['pairs']} pairs of shares, mean delay {edge['mean_delay']:.2f} s"
    )
    if edge.get("p_value") is not None:
        sentence += f", chance of as much {edge['p_value']:.2g} (within their blocks {edge['p_within']:.2g})"
    return ExplainedEdge(a, b, sentence, told)


def _instant(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat().replace("+00:00", "Z")
