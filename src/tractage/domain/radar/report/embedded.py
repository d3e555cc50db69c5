"""The edges and their posts as compact JSON, cut until the page stays small."""

import json
from dataclasses import dataclass
from typing import Any

import polars as pl

from tractage.domain.radar.report.pseudonyms import post_code

ROOM = 3_800_000  # bytes of JSON; the page must stay under 5 MB
EDGES = 20_000
ROWS = (25, 10, 5, 2, 1)  # posts kept behind an edge, the most that fits
PAIR_ROWS = 40_000
LONGEST = 200


@dataclass(frozen=True)
class Embedded:
    """JSON text, and how many edges it holds of how many."""

    text: str
    held: int
    total: int


def embedded(
    edges: pl.DataFrame,
    pairs: pl.DataFrame,
    groups: dict[str, int],
    names: dict[str, str],
    secret: str,
    window: float,
    threshold: float | None,
) -> Embedded:
    """Return the strong `edges` with the posts behind them, the heaviest first if not all fit."""
    ordered = edges.sort("weight", "account_a", "account_b", descending=[True, False, False])
    rank = pairs.select(
        rank=pl.int_range(pl.len(), dtype=pl.Int32).over("account_a", "account_b")
    ).to_series()
    most = EDGES
    while True:
        kept = ordered.head(most)
        for rows in ROWS:
            if int((rank < rows).sum()) > PAIR_ROWS and rows > 1:
                continue
            first = pairs.filter(rank < rows).join(
                kept.select("account_a", "account_b"),
                on=["account_a", "account_b"],
                how="semi",
                maintain_order="left",
            )
            text = _json(kept, first, groups, names, secret, window, threshold)
            if len(text.encode()) <= ROOM:
                return Embedded(text, kept.height, edges.height)
        most = kept.height // 2


def _json(
    edges: pl.DataFrame,
    pairs: pl.DataFrame,
    groups: dict[str, int],
    names: dict[str, str],
    secret: str,
    window: float,
    threshold: float | None,
) -> str:
    if pairs["layer"].n_unique() > 1:
        pairs = pairs.with_columns(object=pl.format("{} : {}", "layer", "object"))
    objects = pairs["object"].unique().sort()
    accounts = pl.concat([edges["account_a"], edges["account_b"]]).unique().sort()
    t0 = int(pairs.select(pl.min_horizontal("time_a", "time_b").min()).item() or 0)
    posts = pl.concat([pairs["content_a"], pairs["content_b"]]).unique()
    codes = {post: post_code(post, secret) for post in posts}
    behind: dict[tuple[str, str], list[Any]] = {}
    for a, b, thing, post_a, post_b, time_a, time_b in pairs.select(
        "account_a",
        "account_b",
        objects.search_sorted(pairs["object"]).alias("thing"),
        "content_a",
        "content_b",
        "time_a",
        "time_b",
    ).iter_rows():
        when = (_short(time_a - t0), _short(time_b - time_a))
        behind.setdefault((a, b), []).extend((thing, *when, codes[post_a], codes[post_b]))
    rows = _numbers(edges, accounts).rows()
    ends = edges.select("account_a", "account_b").rows()
    whole = {
        "t0": t0,
        "window": window,
        "threshold": threshold,
        "accounts": [names[name] for name in accounts],
        "objects": [thing[:LONGEST] for thing in objects],
        "edges": [[*row, groups[a], behind.get((a, b), [])] for row, (a, b) in zip(rows, ends, strict=True)],
    }
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def _numbers(edges: pl.DataFrame, accounts: pl.Series) -> pl.DataFrame:
    """Return places of accounts and figures of edges, without the digits nobody reads."""
    table = edges if "p_value" in edges.columns else edges.with_columns(p_value=None, p_within=None)
    return table.select(
        *(accounts.search_sorted(edges[side]).alias(side) for side in ("account_a", "account_b")),
        "weight",
        "objects",
        "pairs",
        pl.col("mean_delay").round(2),
        "days",
        pl.col("a_first", "b_first").round(2),
        *(pl.col(name).cast(pl.Float64).round_sig_figs(2) for name in ("p_value", "p_within")),
    )


def _short(seconds: float) -> float | int:
    return int(seconds) if seconds == int(seconds) else round(seconds, 3)
