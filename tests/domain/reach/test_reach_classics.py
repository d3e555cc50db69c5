"""Worked examples of the capture-recapture literature, to their published digits."""

import math
from collections.abc import Sequence

import numpy as np
import pytest

from tractage.domain.errors import InputError
from tractage.domain.reach.capture import Found, Pairs, cells_of, fit
from tractage.domain.reach.chao import chao_lower_bound
from tractage.domain.reach.chapman import chapman


def histories(lists: int, counts: Sequence[int]) -> Found:
    """Posts from counts per history, in the order 11…1, 11…0, …, 0…01 of the literature."""
    order = sorted(cells_of(lists).astype(int).tolist(), reverse=True)
    seen = np.repeat(np.array(order, dtype=bool), counts, axis=0)
    posts = len(seen)
    return Found(("x",), tuple("ABCDEF"[:lists]), np.zeros(posts, np.int64), np.ones(posts), None, seen)


def estimate(lists: int, counts: Sequence[int], pairs: Pairs = ()) -> int:
    return round(float(fit(histories(lists, counts), pairs).weights.sum()))


def test_seber_1982_page_107_chapman() -> None:
    # 948 marked, 421 in the second sample, 167 in both; Rcapture's closedp.bc prints 2382.8 (129.1).
    found = chapman(948, 421, 167)
    assert round(found.estimate, 1) == 2382.8
    assert round(found.error, 1) == 129.1
    assert found.low < found.estimate < found.high


def test_seber_1982_page_107_petersen_is_the_two_list_model() -> None:
    # The conditional likelihood of two independent lists is Lincoln–Petersen: 2389.9.
    seen = histories(2, [167, 781, 254])
    assert round(float(fit(seen).weights.sum()), 1) == 2389.9


def test_cormack_1989_snowshoe_hares_lower_bound() -> None:
    # Baillargeon and Rivest 2007, Mh Chao (LB): 79.8 (6.4).
    found = chao_lower_bound([25, 22, 13, 5, 1, 2], 6, corrected=False)
    assert (round(found.estimate, 1), round(found.error, 1)) == (79.8, 6.4)


def test_cormack_1989_snowshoe_hares_with_time_effects() -> None:
    # Table 4: M_t 75.1. The likelihood of M_t needs no more than how many each occasion caught.
    caught, hares = [16, 28, 20, 26, 23, 32], 68
    total = 75.0
    for _ in range(200):
        missed = math.prod(1 - n / total for n in caught)
        total = hares / (1 - missed)
    assert round(total, 1) == 75.1
    # Any histories with these margins give the same fit.
    rng = np.random.default_rng(0)
    while True:
        seen = np.column_stack([rng.permutation(np.arange(hares) < n) for n in caught])
        if seen.any(axis=1).all():
            break
    found = Found(("x",), tuple("ABCDEF"), np.zeros(hares, np.int64), np.ones(hares), None, seen)
    assert round(float(fit(found).weights.sum()), 1) == 75.1


def test_van_der_heijden_2003_illegal_immigrants() -> None:
    # Rcapture, Mh Chao (LB) in continuous time: 9273.5 (662.6).
    found = chao_lower_bound([1645, 183, 37, 13, 1, 1], math.inf, corrected=False)
    assert (round(found.estimate, 1), round(found.error, 1)) == (9273.5, 662.6)


@pytest.mark.parametrize(
    ("pairs", "published"),
    [(((0, 1), (1, 2)), 850), (((0, 1), (0, 2), (1, 2)), 1240)],
)
def test_darroch_1993_census_stratum(pairs: Pairs, published: int) -> None:
    # Rivest 2011: [E1,E2][E2,E3] 850; all pairs 1240.
    assert estimate(3, [72, 155, 7, 71, 13, 53, 43], pairs) == published


@pytest.mark.parametrize(
    ("pairs", "published"),
    [
        (((0, 1), (0, 2), (1, 2), (1, 3), (2, 3)), 2771),
        (((0, 2), (1, 3), (2, 3)), 2472),
    ],
)
def test_bruno_1994_diabetes_in_casale_monferrato(pairs: Pairs, published: int) -> None:
    # Bruno et al. 1994: 2771; Rivest 2011, his set of pairs: 2472.
    counts = [58, 157, 18, 104, 46, 650, 12, 709, 14, 20, 7, 74, 8, 182, 10]
    assert estimate(4, counts, pairs) == published


@pytest.mark.parametrize(
    ("counts", "pairs", "published"),
    [
        ([72, 5, 29, 54, 24, 3, 14], (), 209),
        ([72, 5, 29, 54, 24, 3, 14], ((0, 2), (1, 2)), 233),
    ],
)
def test_cormack_chang_smith_2000_work_deaths(counts: list[int], pairs: Pairs, published: int) -> None:
    # Table 3b: independent lists 209; [2,3][1,3] 233.
    assert estimate(3, counts, pairs) == published


def test_two_lists_with_a_category_are_two_experiments() -> None:
    # Alho 1990: with a covariate of two values and its own coefficients per list, strata are estimated apart.
    rng = np.random.default_rng(3)
    parts = [histories(2, [60, 40, 90]), histories(2, [25, 100, 50])]
    seen = np.concatenate([part.seen for part in parts])
    group = np.repeat([0, 1], [len(part.seen) for part in parts])
    order = rng.permutation(len(group))
    found = Found(("a", "b"), ("A", "B"), group[order], np.ones(len(group)), None, seen[order])
    weights = fit(found).weights
    for number, (both, first, second) in enumerate([(60, 40, 90), (25, 100, 50)]):
        petersen = (both + first) * (both + second) / both
        assert float(weights[found.group == number].sum()) == pytest.approx(petersen, rel=2e-3)


def test_chapman_is_refused_under_seven_overlaps() -> None:
    assert chapman(40, 30, 7).estimate > 0
    with pytest.raises(InputError, match="at least 7"):
        chapman(40, 30, 6)


@pytest.mark.parametrize("counts", [(3, 9, 8), (-1, 4, 0)])
def test_chapman_refuses_counts_that_contradict_each_other(counts: tuple[int, int, int]) -> None:
    with pytest.raises(InputError, match="expected 0 ≤ both ≤ each"):
        chapman(*counts)


@pytest.mark.parametrize(("frequencies", "lists"), [([], 3), ([4, -1], 3), ([4, 1], 1)])
def test_chao_refuses_impossible_frequencies(frequencies: list[int], lists: int) -> None:
    with pytest.raises(InputError, match="frequencies of sightings"):
        chao_lower_bound(frequencies, lists)


def test_chao_without_a_second_sighting_needs_the_corrected_form() -> None:
    assert chao_lower_bound([12], 3).estimate == pytest.approx(12 + 2 / 3 * 12 * 11 / 2)
    with pytest.raises(InputError, match="no post was found twice"):
        chao_lower_bound([12], 3, corrected=False)
