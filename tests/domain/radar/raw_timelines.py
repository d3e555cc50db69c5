"""The published timelines and their exact results, when the raw data is at hand."""

import os
from pathlib import Path

import polars as pl
import pytest

ROOT = Path(__file__).parents[3]
RAW = Path(os.environ.get("TRACTAGE_RAW", ROOT.parent / "shared/data")) / "radar"
needs_raw = pytest.mark.skipif(not RAW.exists(), reason="raw timelines are not at hand (TRACTAGE_RAW)")

TRUTHS = {
    "russian_tw60_mp2_q0.5": ("russian", 60, 2, 0.5),
    "russian_tw10_mp2_q0.5": ("russian", 10, 2, 0.5),
    "russian_tw60_mp5_q0.95": ("russian", 60, 5, 0.95),
    "german_urls_tw30_mp2_q0.5": ("url_id", 30, 2, 0.5),
}
GERMAN_LAYERS = ("url_id", "hashtag_id", "domain_id", "phash_id")


def timeline(name: str) -> pl.DataFrame:
    """Return a published timeline as object, account, content, time, prepared as its truth was."""
    if name == "russian":
        raw = pl.read_parquet(RAW / "russian_coord_tweets.parquet")
        return raw.select(
            object=pl.col("object_id").cast(pl.String),
            account=pl.col("account_id").cast(pl.String),
            content="content_id",
            time="timestamp_share",
        )
    column = name.split(maxsplit=1)[0]
    raw = pl.read_parquet(RAW / "german_elections.parquet").filter(pl.col(column).is_not_null())
    if name.endswith("facebook"):
        raw = raw.filter(pl.col("account_id").str.starts_with("fb_"))
    return raw.select(object=column, account="account_id", content="post_id", time="timestamp").unique(
        maintain_order=True
    )


def truth(name: str) -> pl.DataFrame:
    """Return account_a, account_b, weight, mean_delay, strong as CooRTweet 2.1.3 found them."""
    return (
        pl.read_csv(RAW / f"truth/{name}_edges_full.csv.gz")
        .select(
            account_a="from",
            account_b="to",
            weight="weight",
            mean_delay="avg_time_delta",
            strong=pl.col("weight_threshold") == 1,
        )
        .sort("account_a", "account_b")
    )
