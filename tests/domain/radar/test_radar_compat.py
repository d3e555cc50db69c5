"""CooRTweet 2.1.3, edge by edge."""

from fractions import Fraction

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal
from tests.domain.radar.raw_timelines import GERMAN_LAYERS, TRUTHS, needs_raw, timeline, truth
from tests.domain.radar.slow_reading import coortweet_edges

from tractage.domain.errors import InputError, TractageError
from tractage.domain.radar.layer import analyse_layer
from tractage.domain.radar.posts import encode
from tractage.domain.radar.settings import Settings
from tractage.domain.radar.threshold import weight_threshold

COLUMNS = ["account_a", "account_b", "weight", "mean_delay", "strong"]


def edges(posts: pl.DataFrame, window: float, least: int, quantile: float = 0.5) -> pl.DataFrame:
    rules = Settings(window=window, min_participation=least, coortweet=True, edge_weight=quantile)
    return analyse_layer("x", encode(posts, rules), rules).edges.select(COLUMNS)


@needs_raw
@pytest.mark.parametrize("name", TRUTHS)
def test_every_published_edge(name: str) -> None:
    layer, window, least, quantile = TRUTHS[name]
    found = edges(timeline(layer), window, least, quantile)
    assert found.height > 400
    assert_frame_equal(found, truth(name), rel_tol=1e-13, abs_tol=1e-13)


@needs_raw
@pytest.mark.parametrize("layer", [*GERMAN_LAYERS, "url_id facebook"])
def test_other_layers_agree_with_a_slow_reading_of_the_rules(layer: str) -> None:
    posts = timeline(layer).with_columns(pl.col("object", "account", "content").cast(pl.String))
    # every pair of shares of an object is looked at: the most shared ones would take minutes
    sizes = posts.group_by("object").len().filter(pl.col("len") <= 300)
    few = posts.join(sizes, on="object", how="semi")
    slow = coortweet_edges(few, 30, 2)
    assert len(slow) > 50
    assert told(edges(few, 30, 2)) == slow


def told(found: pl.DataFrame) -> dict[tuple[str, str], tuple[int, Fraction]]:
    return {
        (a, b): (weight, Fraction(round(delay * weight)))
        for a, b, weight, delay in found.select(COLUMNS[:4]).iter_rows()
    }


posts_rows = st.lists(
    st.tuples(
        st.sampled_from(["o1", "o2", "p1"]),
        st.sampled_from(["a", "b", "c", "d"]),
        st.sampled_from(["p1", "p2", "p3", "p4", "p5", "p6", None]),
        st.integers(0, 30).map(float),
    ),
    max_size=24,
)


def frame(rows: list[tuple[str, str, str | None, float]]) -> pl.DataFrame:
    schema = {"object": pl.String, "account": pl.String, "content": pl.String, "time": pl.Float64}
    return pl.DataFrame(rows, schema=schema, orient="row")


@settings(max_examples=150, deadline=None)
@given(rows=posts_rows, window=st.integers(0, 12), least=st.integers(1, 4))
def test_any_small_timeline_agrees_with_a_slow_reading_of_the_rules(
    rows: list[tuple[str, str, str | None, float]], window: int, least: int
) -> None:
    assert told(edges(frame(rows), window, least)) == coortweet_edges(frame(rows), window, least)


@settings(max_examples=50, deadline=None)
@given(rows=posts_rows, order=st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_show(
    rows: list[tuple[str, str, str | None, float]], order: object
) -> None:
    mixed = list(rows)
    order.shuffle(mixed)  # type: ignore[attr-defined]
    assert_frame_equal(edges(frame(rows), 5, 2), edges(frame(mixed), 5, 2))


def test_fractions_of_a_second_sum_without_rounding() -> None:
    posts = frame(
        [
            (f"o{i}", who, f"{who}{i}", 1_700_000_000 + i + d)
            for i in range(3)
            for who, d in (("a", 0.0), ("b", 0.25))
        ]
    )
    assert edges(posts, 1, 1)["mean_delay"].to_list() == [0.25]


def test_an_object_that_is_itself_a_post_is_not_a_shared_object() -> None:
    posts = frame([("p1", "a", "p1", 0.0), ("p1", "b", "p2", 1.0), ("p1", "c", "p3", 2.0)])
    assert edges(posts, 5, 1).select("account_a", "account_b").rows() == [("b", "c")]


@pytest.mark.parametrize(
    ("weights", "quantile", "expected"),
    [
        ([1, 2, 3, 4], 0.5, 2.5),
        ([1, 1, 1, 9], 0.5, 1.0),
        ([1, 2, 3, 4, 5], 0.95, 4.8),
        ([7], 0.3, 7.0),
        ([1, 2], 0.0, 1.0),
        ([1, 2], 1.0, 2.0),
    ],
)
def test_quantiles_of_type_7(weights: list[int], quantile: float, expected: float) -> None:
    assert weight_threshold(np.bincount(weights, minlength=20), quantile) == pytest.approx(
        expected, abs=1e-12
    )
    assert np.quantile(weights, quantile) == pytest.approx(expected, abs=1e-12)


def test_a_quantile_beyond_the_table_of_weights_is_refused() -> None:
    with pytest.raises(TractageError, match="beyond"):
        weight_threshold(np.array([0, 1, 5]), 0.9)


def test_strong_is_strictly_above_the_threshold() -> None:
    rows = [("o1", "a", "1", 0.0), ("o1", "b", "2", 0.0), ("o2", "a", "3", 0.0), ("o2", "c", "4", 0.0)]
    assert edges(frame(rows), 1, 1)["strong"].to_list() == [False, False]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"window": -1}, "--window"),
        ({"edge_weight": 1.5}, "--edge-weight"),
        ({"min_participation": 0}, "--min-participation"),
        ({"level": 0}, "--level"),
    ],
)
def test_a_setting_out_of_range_is_named(change: dict[str, float], message: str) -> None:
    with pytest.raises(InputError, match=message):
        Settings(**change)  # type: ignore[arg-type]
