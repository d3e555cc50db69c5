"""What is said of a platform: interval, band, or why not; where the truth is known."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tractage.domain.errors import InputError
from tractage.domain.reach.bootstrap import unseen_limits
from tractage.domain.reach.capture import Found
from tractage.domain.reach.dependence import choose_pairs, dependence_band, hidden_factor_score
from tractage.domain.reach.estimate import PlatformReach, estimate_reach
from tractage.domain.reach.gains import gains
from tractage.domain.reach.tail import hill
from tractage.domain.reach.worlds import WORLDS, simulate


def codes(answer: PlatformReach) -> set[str]:
    return {reason.code for reason in answer.reasons}


def several(*worlds: Found) -> Found:
    return Found(
        tuple(f"p{number}" for number in range(len(worlds))),
        worlds[0].lists,
        np.concatenate([np.full(len(world.views), number) for number, world in enumerate(worlds)]),
        np.concatenate([world.views for world in worlds]),
        None,
        np.concatenate([world.seen for world in worlds]),
    )


@pytest.mark.parametrize("name", WORLDS[:4])
def test_four_worlds_are_told_with_interval_and_band(name: str) -> None:
    # One draw each: not a proof of coverage, which benchmarks/reach.py measures.
    world = simulate(name, 7)
    answer = estimate_reach(world.found, 200)[0]
    assert answer.identifiable, answer.reasons
    for quantity, truth in ((answer.posts, world.posts), (answer.views, world.views)):
        assert quantity.estimate is not None
        assert quantity.high is not None
        assert quantity.band is not None
        assert quantity.low < quantity.estimate < quantity.high
        assert quantity.band.low < quantity.estimate < quantity.band.high
        assert quantity.low <= truth <= quantity.high


def test_big_posts_that_are_easier_to_find_do_not_mislead() -> None:
    naive, honest = [], []
    for seed in range(20):
        world = simulate("size", seed)
        answer = estimate_reach(world.found, 100)[0]
        naive.append(world.posts * world.found.views.mean() / world.views)
        if answer.views.estimate is not None:
            honest.append(answer.views.estimate / world.views)
    assert np.mean(naive) > 1.5
    assert 0.95 < np.mean(honest) < 1.08


def test_a_pair_that_depends_is_found_and_taken_into_account() -> None:
    world = simulate("size and dependence", 2)
    answer = estimate_reach(world.found, 100)[0]
    assert choose_pairs(world.found).pairs == ((0, 2),)
    assert [note.code for note in answer.notes] == ["dependent-pair"]


def test_a_hidden_factor_raises_the_score_and_is_flagged() -> None:
    scores = [hidden_factor_score(choose_pairs(simulate("hidden factor", seed).found)) for seed in range(30)]
    calm = [hidden_factor_score(choose_pairs(simulate("size", seed).found)) for seed in range(30)]
    assert np.mean(scores) > 1.7
    assert abs(np.mean(calm)) < 0.6
    world = simulate("hidden factor", int(np.argmax(scores)))
    answer = estimate_reach(world.found, 100)[0]
    assert codes(answer) == {"hidden-factor"}
    assert answer.posts.estimate is None
    assert answer.posts.high is None
    assert answer.posts.low <= world.posts
    assert answer.posts.band is not None
    assert answer.posts.low <= answer.posts.band.low


@settings(max_examples=15, deadline=None)
@given(world=st.sampled_from(WORLDS), seed=st.integers(0, 50), order=st.permutations(range(3)))
def test_the_score_does_not_depend_on_the_order_of_lists_nor_of_posts(
    world: str, seed: int, order: list[int]
) -> None:
    found = simulate(world, seed).found
    posts = np.random.default_rng(seed).permutation(len(found.views))
    moved = Found(
        found.platforms,
        tuple(found.lists[j] for j in order),
        found.group[posts],
        found.views[posts],
        None,
        found.seen[posts][:, order],
    )
    first, second = hidden_factor_score(choose_pairs(found)), hidden_factor_score(choose_pairs(moved))
    assert first == pytest.approx(second, abs=1e-6)


def test_more_posts_make_a_hidden_factor_plainer() -> None:
    few, many = (
        np.mean(
            [
                hidden_factor_score(choose_pairs(simulate("hidden factor", 400_000 + seed, posts).found))
                for seed in range(20)
            ]
        )
        for posts in (1500, 6000)
    )
    assert many > few + 1  # it grows as the root of the number of posts: about 2.2 and 4.4


def test_lists_that_avoid_each_other_are_flagged_and_bound_nothing() -> None:
    rng = np.random.default_rng(0)
    seen = rng.random((4000, 3)) < 0.2
    twice = seen.sum(axis=1) > 1
    seen[np.flatnonzero(twice)[::2], 1:] = False
    seen = seen[seen.any(axis=1)]
    views = np.exp(rng.normal(6, 1, len(seen)))
    found = Found(("x",), ("A", "B", "C"), np.zeros(len(seen), np.int64), views, None, seen)
    answer = estimate_reach(found, 100)[0]
    assert codes(answer) <= {"avoidance"} or answer.notes
    if codes(answer):
        assert answer.posts.low == len(seen)


def test_the_band_of_two_lists_is_the_formula_of_the_odds_ratio() -> None:
    rng = np.random.default_rng(1)
    seen = rng.random((3000, 2)) < (0.3, 0.2)
    seen = seen[seen.any(axis=1)]
    both = int(seen.all(axis=1).sum())
    first, second = int(seen[:, 0].sum()) - both, int(seen[:, 1].sum()) - both
    found = Found(("x",), ("A", "B"), np.zeros(len(seen), np.int64), np.ones(len(seen)), None, seen)
    answer = estimate_reach(found, 100)[0]
    assert answer.posts.band is not None
    for odds_ratio, end in ((0.5, answer.posts.band.low), (4.0, answer.posts.band.high)):
        assert end == pytest.approx(len(seen) + odds_ratio * first * second / both, rel=1e-3)
    assert [note.code for note in answer.notes] == ["two-lists"]
    assert dependence_band(10, 6) == (13, 34)


def test_fewer_than_seven_overlaps_or_one_list_is_refused_in_words() -> None:
    seen = np.zeros((40, 2), bool)
    seen[:20, 0] = seen[14:, 1] = True
    found = Found(("x",), ("A", "B"), np.zeros(40, np.int64), np.arange(40.0), None, seen)
    answer = estimate_reach(found, 100)[0]
    assert codes(answer) == {"few-overlaps"}
    assert (answer.posts.estimate, answer.posts.low, answer.posts.band) == (None, 40.0, None)
    alone = Found(("x",), ("A",), np.zeros(9, np.int64), np.ones(9), None, np.ones((9, 1), bool))
    assert codes(estimate_reach(alone, 100)[0]) == {"one-list"}


def test_platforms_are_told_apart_and_a_poor_one_does_not_spoil_the_others() -> None:
    rich, poor = simulate("size", 7).found, simulate("size", 8).found
    few = Found(("x",), poor.lists, poor.group[:9], poor.views[:9], None, poor.seen[:9])
    answers = estimate_reach(several(rich, few, poor), 200)
    assert [answer.platform for answer in answers] == ["p0", "p1", "p2"]
    assert [answer.identifiable for answer in answers] == [True, False, True]
    assert codes(answers[1]) == {"few-overlaps"}
    alone = estimate_reach(rich, 200)[0]
    assert answers[0].posts.estimate == pytest.approx(alone.posts.estimate, rel=0.25)
    assert answers[0].observed_posts == len(rich.views)


def test_the_seed_fixes_the_answer() -> None:
    found = simulate("size", 1).found
    assert estimate_reach(found, 150, seed=5) == estimate_reach(found, 150, seed=5)
    assert estimate_reach(found, 150, seed=5) != estimate_reach(found, 150, seed=6)


def test_a_census_of_the_largest_posts_narrows_the_views() -> None:
    world = simulate("independent", 6)
    whole = estimate_reach(world.found, 200)[0].views
    known = estimate_reach(world.found, 200, census=5_000.0)[0].views
    assert whole.high is not None
    assert known.high is not None
    assert known.high - known.low < 0.7 * (whole.high - whole.low)
    everything = estimate_reach(world.found, 200, census=0.0)[0]
    assert everything.reasons[0].text == "0 posts below the census on two lists or more; 7 are needed"
    with pytest.raises(InputError, match="census"):
        estimate_reach(world.found, 200, census=-1.0)


def test_a_tail_without_mean_gives_the_sum_found_and_a_lower_bound() -> None:
    rng = np.random.default_rng(2)
    views = rng.pareto(0.5, 4000) + 1
    seen = rng.random((4000, 3)) < 0.3
    kept = seen.any(axis=1)
    found = Found(("x",), ("A", "B", "C"), np.zeros(kept.sum(), np.int64), views[kept], None, seen[kept])
    answer = estimate_reach(found, 100)[0]
    assert "heavy-tail" in {reason.code for reason in answer.views.reasons}
    assert (answer.views.estimate, answer.views.high, answer.views.band) == (None, None, None)
    assert answer.views.low >= answer.observed_views
    assert answer.posts.identifiable


@pytest.mark.parametrize("alpha", [0.6, 1.5, 3.0])
def test_hill_finds_the_exponent_of_a_pareto_tail(alpha: float) -> None:
    rng = np.random.default_rng(4)
    tail = hill(rng.pareto(alpha, 20_000) + 1)
    assert tail is not None
    assert tail.low < alpha < tail.high
    assert tail.without_mean == (alpha < 1)
    assert hill(np.ones(500)) is None
    assert hill(np.arange(20.0)) is None


def test_few_posts_that_carry_the_variance_widen_the_interval() -> None:
    def spread(values: np.ndarray) -> float:
        low, high = unseen_limits(0.1, np.full(200, 3.0), values)
        return float(np.log(high / low))

    even, odd = np.ones(200), np.r_[np.ones(199), 500.0]
    assert spread(even) == pytest.approx(2 * 0.1966, abs=1e-3)
    assert spread(odd) > 1.5 * spread(even)


def test_limits_of_what_is_unseen_never_fall_below_nothing() -> None:
    low, high = unseen_limits(3.0, np.full(20, 1.001), np.ones(20))
    assert low == 0.0
    assert high > 0.02
    assert unseen_limits(0.5, np.ones(20), np.ones(20))[0] == 0.0


def test_each_list_tells_what_it_adds() -> None:
    found = simulate("size", 3).found
    rows = gains(found, 100)
    assert [row.list for row in rows] == ["A", "B", "C"]
    assert all(row.width is not None and row.alone <= row.found for row in rows)
    assert any(row.width_without is None or row.width_without > (row.width or 0) for row in rows)


def test_nothing_found_is_an_error() -> None:
    empty = simulate("size", 1).found
    with pytest.raises(InputError, match="no post was found"):
        estimate_reach(empty.keep(np.zeros(len(empty.views), bool)))


def test_an_unknown_world_is_refused() -> None:
    with pytest.raises(InputError, match="expected one of independent"):
        simulate("flat", 1)


@pytest.mark.long
@pytest.mark.parametrize("name", WORLDS)
def test_coverage_over_many_draws(name: str) -> None:
    covered, flagged = [], 0
    for seed in range(300):
        world = simulate(name, 900_000 + seed)
        answer = estimate_reach(world.found, 300, seed)[0]
        flagged += "hidden-factor" in codes(answer)
        if answer.views.estimate is not None and answer.views.high is not None:
            covered.append(answer.views.low <= world.views <= answer.views.high)
    if name == "hidden factor":
        assert flagged > 0.7 * 300
    else:
        assert flagged < 0.17 * 300
        assert 0.91 < np.mean(covered) < 0.985
