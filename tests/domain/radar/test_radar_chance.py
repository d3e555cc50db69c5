"""Statistics: what chance would do, and how often it is taken for something else."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import false_discovery_control, poisson
from tests.domain.radar.raw_timelines import needs_raw, timeline

from tractage.domain.errors import InputError
from tractage.domain.radar.analysis import analyse
from tractage.domain.radar.fusion import fused_p
from tractage.domain.radar.posts import encode
from tractage.domain.radar.score import scored
from tractage.domain.radar.settings import Correction, Settings
from tractage.domain.radar.shuffle import flagged_share, shuffled_accounts, shuffled_times
from tractage.domain.radar.significance import chance_of_weight, corrected, expected_weight
from tractage.domain.radar.simulate import Attack, inject, simulate

NAMES = {"object_id": "object", "account_id": "account", "content_id": "content", "timestamp_share": "time"}


def strong(posts: pl.DataFrame, rules: Settings) -> pl.DataFrame:
    named = posts.rename(NAMES)
    return analyse(lambda _layer: named, ["x"], rules, shuffles=0).edges.filter("strong")


def test_poisson_tail_is_that_of_the_textbook() -> None:
    weights, expected = np.array([0, 1, 3, 40]), np.array([0.1, 0.1, 2.5, 0.01])
    assert chance_of_weight(weights, expected) == pytest.approx(poisson.sf(weights - 1, expected), rel=1e-9)


@settings(max_examples=300, deadline=None)
@given(st.integers(1, 3000), st.floats(1e-9, 1e4))
def test_poisson_tail_is_exact_on_both_sides_of_the_mean(weight: int, mean: float) -> None:
    found = chance_of_weight(np.array([weight]), np.array([mean]))[0]
    assert found == pytest.approx(poisson.sf(weight - 1, mean), rel=1e-8, abs=1e-300)


def test_poisson_tail_of_nothing_expected() -> None:
    assert chance_of_weight(np.array([0, 2, 1]), np.array([0.0, 0.0, 1e-12])) == pytest.approx([1, 0, 1e-12])
    assert chance_of_weight(np.zeros(0, np.int64), np.zeros(0)).size == 0


def test_expected_weights_of_one_block_add_up_to_the_pairs() -> None:
    shares = np.array([5, 3, 2, 7])
    a, b = np.triu_indices(4, 0)
    every = expected_weight(a, b, shares, np.zeros(4, np.int32), np.array([[30]]))
    halves = np.where(a == b, 0.5, 1.0)  # the diagonal of the model counts each pair once
    assert (every * halves).sum() == pytest.approx(30)


def test_expected_weights_follow_the_blocks() -> None:
    shares, blocks = np.array([1, 1, 1, 1, 1, 1]), np.array([0, 0, 1, 1, 2, 2], dtype=np.int32)
    sums = np.array([[0, 0, 0], [0, 8, 0], [0, 0, 2]])
    inside = expected_weight(np.array([2, 4, 2, 0]), np.array([3, 5, 4, 1]), shares, blocks, sums)
    assert inside[:3] == pytest.approx([4.0, 1.0, 0.0])
    assert inside[3] == pytest.approx(2 * 10 / 36)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.floats(1e-12, 1), min_size=1, max_size=30), st.integers(0, 99))
def test_benjamini_hochberg_on_all_pairs_is_scipys(p: list[float], seed: int) -> None:
    n = 9
    every = np.ones(n * (n - 1) // 2)
    every[: len(p)] = p
    a, b = (np.array(ends) for ends in zip(*[(i, j) for i in range(n) for j in range(i)], strict=True))
    every = np.random.default_rng(seed).permutation(every)
    assert corrected(every, a, b, n, Correction.BH) == pytest.approx(false_discovery_control(every), rel=1e-9)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6), st.floats(1e-12, 1)), min_size=1, max_size=20)
)
def test_accounts_are_corrected_as_a_family_each(rows: list[tuple[int, int, float]]) -> None:
    edges = {(min(a, b), max(a, b)): p for a, b, p in rows if a != b}
    if not edges:
        return
    n = 7
    a, b = (np.array(ends) for ends in zip(*edges, strict=True))
    p = np.array(list(edges.values()))
    found = corrected(p, a, b, n, Correction.ACCOUNTS)
    least = np.array(
        [min([x for x, i, j in zip(p, a, b, strict=True) if who in (i, j)], default=1.0) for who in range(n)]
    )
    # without the cap at 1 of a family, as no family above 1 is ever selected
    families = np.minimum(1.0, least * (n - 1))
    for level in (0.01, 0.2, 0.9):
        flagged = {int(end) for q, i, j in zip(found, a, b, strict=True) if q <= level for end in (i, j)}
        chosen = set(np.flatnonzero(false_discovery_control(families) <= level).tolist())
        assert flagged == chosen


def test_corrections_are_ordered() -> None:
    p = np.array([1e-9, 1e-7, 1e-4])
    a, b = np.array([0, 2, 4]), np.array([1, 3, 5])
    bonferroni, accounts, bh = (
        corrected(p, a, b, 50, kind) for kind in (Correction.BONFERRONI, Correction.ACCOUNTS, Correction.BH)
    )
    assert (bonferroni >= accounts).all()
    assert (accounts >= bh).all()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.floats(1e-300, 1), min_size=2, max_size=6))
def test_fused_chance_lies_between_the_smallest_and_its_safe_multiple(p: list[float]) -> None:
    fused = float(fused_p(np.array([p]))[0])
    assert min(p) <= fused * (1 + 1e-9)
    assert fused <= min(1.0, max(2.0, np.e * np.log(len(p))) * len(p) * min(p)) * (1 + 1e-9)


def test_planted_groups_are_found_and_hardly_anybody_else() -> None:
    drawn = simulate(60_000, 11, Attack(groups=4, size=20, targets=12))
    score = scored(strong(drawn.posts, Settings()), drawn.planted["account_id"])
    assert score.f1 >= 0.98


def test_the_quantile_filter_of_the_compatibility_mode_drowns_them() -> None:
    drawn = simulate(60_000, 11, Attack(groups=4, size=20, targets=12))
    named = drawn.posts.rename(NAMES)
    found = analyse(lambda _layer: named, ["x"], Settings(coortweet=True)).edges.filter("strong")
    assert scored(found, drawn.planted["account_id"]).f1 < 0.5


def test_people_who_think_alike_need_the_test_within_blocks() -> None:
    drawn = simulate(100_000, 3, Attack(groups=4, size=20, targets=12), communities=10, homophily=1.0)
    naive = scored(
        strong(drawn.posts, Settings(within=False, correction=Correction.BH)), drawn.planted["account_id"]
    )
    within = scored(strong(drawn.posts, Settings()), drawn.planted["account_id"])
    assert within.f1 >= 0.95
    assert within.wrong < naive.wrong


@pytest.mark.parametrize("deal", [shuffled_times, shuffled_accounts])
def test_shuffled_copies_raise_hardly_any_alarm(deal: object) -> None:
    drawn = simulate(30_000, 4, Attack(groups=3, size=20, targets=10))
    posts = encode(drawn.posts.rename(NAMES), Settings())
    assert flagged_share(posts, Settings()) > 0.01
    assert flagged_share(deal(posts, 1), Settings()) <= 0.015  # type: ignore[operator]


@needs_raw
@pytest.mark.parametrize("layer", ["russian", "url_id"])
def test_attacks_in_published_timelines_are_found(layer: str) -> None:
    posts = timeline(layer).rename({new: old for old, new in NAMES.items()})
    window = 60 if layer == "russian" else 30
    before = strong(posts, Settings(window=window, within=False, correction=Correction.BH))
    known = pl.concat([before["account_a"], before["account_b"]]).unique()
    planted = inject(posts, Attack(groups=5, size=20, targets=15), 5)
    after = strong(planted.posts, Settings(window=window))
    assert scored(after, planted.planted["account_id"], known).f1 >= 0.95


@needs_raw
@pytest.mark.parametrize("layer", ["russian", "url_id", "hashtag_id", "domain_id", "phash_id"])
def test_false_alarms_in_shuffled_published_timelines(layer: str) -> None:
    posts = encode(timeline(layer), Settings())
    assert flagged_share(shuffled_times(posts, 1), Settings()) <= 0.015
    assert flagged_share(shuffled_accounts(posts, 1), Settings()) <= 0.015


def test_the_same_seed_draws_the_same_timeline() -> None:
    one, same, other = (simulate(500, seed, Attack(1, 5, 3), 4, 0.5).posts for seed in (8, 8, 9))
    assert one.equals(same)
    assert not one.equals(other)


@pytest.mark.parametrize("change", [{"groups": 0}, {"share": 0.0}, {"jitter": -1}])
def test_an_attack_that_is_none_is_refused(change: dict[str, float]) -> None:
    with pytest.raises(InputError, match="attack"):
        Attack(**change)  # type: ignore[arg-type]
