"""The portable engine says what the compiled one says."""

import importlib.util
import shutil
from pathlib import Path
from typing import Any

import ibis
import polars as pl
import pytest
from polars.testing import assert_frame_equal
from tests.domain.radar.raw_timelines import GERMAN_LAYERS, needs_raw, timeline

from tractage.domain.radar.detect import detect
from tractage.domain.radar.portable import detect_portable
from tractage.domain.radar.posts import encode
from tractage.domain.radar.settings import Settings
from tractage.domain.radar.simulate import Attack, simulate


def posts_of(drawn: pl.DataFrame) -> pl.DataFrame:
    return drawn.select(
        object="object_id",
        account="account_id",
        content="content_id",
        time=pl.col("timestamp_share").cast(pl.Float64),
    )


def compiled(posts: pl.DataFrame, rules: Settings) -> pl.DataFrame:
    found = detect(encode(posts, rules), rules)
    names = found.scan.posts.names
    return found.edges.with_columns(a=names.gather(found.edges["a"]), b=names.gather(found.edges["b"])).sort(
        "a", "b"
    )


def rules_of(window: float, least: int, coortweet: bool) -> Settings:
    return Settings(window=window, min_participation=least, coortweet=coortweet, min_weight=1, within=False)


def on_duckdb(posts: pl.DataFrame, rules: Settings) -> pl.DataFrame:
    connection = ibis.duckdb.connect()
    texts = posts.with_columns(pl.col("object", "account", "content").cast(pl.String))
    connection.con.register("posts", texts.to_arrow())
    return detect_portable(connection, "posts", rules)


@pytest.mark.parametrize("coortweet", [True, False])
@pytest.mark.parametrize("window", [0, 7, 60])
def test_duckdb_agrees_on_a_drawn_timeline(coortweet: bool, window: float) -> None:
    posts = posts_of(simulate(4000, 5, Attack(groups=3, size=6, targets=5, jitter=4)).posts)
    rules = rules_of(window, 3, coortweet)
    found = on_duckdb(posts, rules)
    assert not found.is_empty()
    assert_frame_equal(found, compiled(posts, rules))


@needs_raw
@pytest.mark.parametrize("coortweet", [True, False])
@pytest.mark.parametrize("layer", ["russian", *GERMAN_LAYERS, "url_id facebook"])
def test_duckdb_agrees_on_published_timelines(layer: str, coortweet: bool) -> None:
    rules = rules_of(30, 2, coortweet)
    assert_frame_equal(on_duckdb(timeline(layer), rules), compiled(timeline(layer), rules))


@pytest.fixture
def spark() -> Any:
    if importlib.util.find_spec("pyspark") is None or shutil.which("java") is None:
        pytest.skip("pyspark and java are not both here")
    from pyspark.sql import SparkSession  # type: ignore[import-not-found]

    session = (
        SparkSession.builder.master("local[1]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "2")
        .getOrCreate()
    )
    yield ibis.pyspark.connect(session)
    session.stop()


@pytest.mark.long
def test_spark_agrees_on_a_drawn_timeline(spark: Any, tmp_path: Path) -> None:
    posts = posts_of(simulate(4000, 5, Attack(groups=3, size=6, targets=5, jitter=4)).posts)
    posts.write_parquet(tmp_path / "posts.parquet")
    spark.create_view("posts", spark.read_parquet(str(tmp_path / "posts.parquet")), overwrite=True)
    for coortweet in (True, False):
        rules = rules_of(60, 3, coortweet)
        assert_frame_equal(detect_portable(spark, "posts", rules), compiled(posts, rules))
