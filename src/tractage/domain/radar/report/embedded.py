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
ENDS = ["account_a", "account_b"]
POSTS = ["content_a", "content_b"]


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
    told = (
        edges.select(
            *ENDS,
            numbers=_numbers(edges, accounts),
            group=pl.Series([groups[name] for name in edges["account_a"].to_list()], dtype=pl.Int64),
        )
        .join(_behind(pairs, objects, t0, secret), on=ENDS, how="left", maintain_order="left")
        .select(pl.format("[{},{},[{}]]", "numbers", "group", pl.col("posts").fill_null("")).str.join(","))
    )
    whole = {
        "t0": t0,
        "window": window,
        "threshold": threshold,
        "accounts": [names[name] for name in accounts],
        "objects": [thing[:LONGEST] for thing in objects],
    }
    head = json.dumps(whole, ensure_ascii=False, separators=SHORT).replace("<", "\\u003c")
    return f'{head[:-1]},"edges":[{told.item()}]}}'


def _behind(pairs: pl.DataFrame, objects: pl.Series, t0: int, secret: str) -> pl.DataFrame:
    """Return the posts behind each edge as JSON: object, time of a, delay to b, codes of both, and again."""
    posts = pl.concat([pairs["content_a"], pairs["content_b"]]).unique().to_list()
    codes = {post: post_code(post, secret) for post in posts}
    lines = pairs.select(
        *ENDS,
        post=pl.format(
            '{},{},{},"{}","{}"',
            objects.search_sorted(pairs["object"]),
            _short(pl.col("time_a") - t0),
            _short(pl.col("time_b") - pl.col("time_a")),
            *(pl.Series([codes[post] for post in pairs[side].to_list()], dtype=pl.String) for side in POSTS),
        ),
    )
    return lines.group_by(ENDS).agg(posts=pl.col("post").str.join(","))


def _numbers(edges: pl.DataFrame, accounts: pl.Series) -> pl.Series:
    """Return places of accounts and figures of each edge as JSON, without the digits nobody reads."""
    table = edges if "p_value" in edges.columns else edges.with_columns(p_value=None, p_within=None)
    columns = table.select(
        *(accounts.search_sorted(edges[side]).alias(side) for side in ENDS),
        "weight",
        "objects",
        "pairs",
        pl.col("mean_delay").round(2),
        "days",
        pl.col("a_first", "b_first").round(2),
        *(pl.col(name).cast(pl.Float64).round_sig_figs(2) for name in ("p_value", "p_within")),
    )
    return columns.select(
        pl.concat_str(pl.all().cast(pl.String).fill_null("null"), separator=",")
    ).to_series()


def _short(seconds: pl.Expr) -> pl.Expr:
    whole = seconds.cast(pl.Int64)
    return pl.when(seconds == whole).then(whole.cast(pl.String)).otherwise(seconds.round(3).cast(pl.String))
