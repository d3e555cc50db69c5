"""The edges and their posts as compact JSON, cut until the page stays small."""

import json
from dataclasses import dataclass

import polars as pl

from tractage.domain.radar.report.pseudonyms import post_code

ROOM = 3_800_000  # bytes of JSON; the page must stay under 5 MB
EDGES = 20_000
ROWS = (25, 10, 5, 2, 1)  # posts kept behind an edge, the most that fits
PAIR_ROWS = 40_000
LONGEST = 200
SHORT = (",", ":")
POSTS = ("content_a", "content_b")


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
    rows = json.dumps(_numbers(edges, accounts).rows(), separators=SHORT)[2:-2].split("],[")
    behind = _behind(pairs, objects, t0, secret)
    ends = edges.select("account_a", "account_b").rows()
    told = [
        f"[{row},{groups[a]},[{behind.get((a, b), '')}]]"
        for row, (a, b) in zip(rows if ends else [], ends, strict=True)
    ]
    whole = {
        "t0": t0,
        "window": window,
        "threshold": threshold,
        "accounts": [names[name] for name in accounts],
        "objects": [thing[:LONGEST] for thing in objects],
    }
    head = json.dumps(whole, ensure_ascii=False, separators=SHORT).replace("<", "\\u003c")
    return f'{head[:-1]},"edges":[{",".join(told)}]}}'


def _behind(pairs: pl.DataFrame, objects: pl.Series, t0: int, secret: str) -> dict[tuple[str, str], str]:
    """Return the posts behind each edge as JSON: object, time of a, delay to b, codes of both, and again."""
    posts = pl.concat([pairs["content_a"], pairs["content_b"]]).unique()
    codes = {post: post_code(post, secret) for post in posts}
    lines = pairs.select(
        "account_a",
        "account_b",
        post=pl.format(
            '{},{},{},"{}","{}"',
            objects.search_sorted(pairs["object"]),
            _short(pl.col("time_a") - t0),
            _short(pl.col("time_b") - pl.col("time_a")),
            *(pl.Series([codes[post] for post in pairs[side]], dtype=pl.String) for side in POSTS),
        ),
    )
    found = lines.group_by("account_a", "account_b").agg(pl.col("post").str.join(","))
    return {(a, b): text for a, b, text in found.iter_rows()}


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


def _short(seconds: pl.Expr) -> pl.Expr:
    whole = seconds.cast(pl.Int64)
    return pl.when(seconds == whole).then(whole.cast(pl.String)).otherwise(seconds.round(3).cast(pl.String))
