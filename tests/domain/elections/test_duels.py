"""Margins learnt from duels change sign, and nothing else, when the two blocs change places."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tractage.domain.elections.closeness import chance_within, normal_rate
from tractage.domain.elections.duels import Duels, duels, fit_margin
from tractage.domain.elections.known import held
from tractage.domain.elections.shares import Shares, shares

CONTENDERS = (0, 1, 2, 3)


def learnt(election: str) -> tuple[Duels, Shares]:
    one = held(election)
    return duels(one.results, one.pack, one.pack.ids), shares(one.results, one.pack, one.pack.ids)


@pytest.mark.parametrize(
    ("other", "count", "weights", "constant"),
    [
        (1, 66, (1.20, -0.77, -0.02, -0.02), -15.8),
        (2, 278, (0.67, -0.33, -1.34, -0.90), 28.8),
        (3, 32, (0.78, -0.28, -0.95, -1.16), 14.3),
    ],
)
def test_the_published_fit_of_2022(
    other: int, count: int, weights: tuple[float, ...], constant: float
) -> None:
    fought, last = learnt("legislatives-2022")
    fitted = fit_margin(fought, last, 0, other, CONTENDERS, ridge=50.0, few=20)
    assert fitted.duels == count
    assert fitted.weights[:4] == pytest.approx(weights, abs=0.006)
    assert fitted.constant == pytest.approx(constant, abs=0.06)
    assert not fitted.weights[4:].any()


@pytest.mark.parametrize("election", ["legislatives-2017", "legislatives-2022", "legislatives-2024"])
@pytest.mark.parametrize(("own", "other"), [(0, 1), (0, 2), (1, 3), (2, 3), (1, 5)])
def test_changing_places_changes_the_sign(election: str, own: int, other: int) -> None:
    fought, last = learnt(election)
    features = sorted({*CONTENDERS, own, other})
    there = fit_margin(fought, last, own, other, features, ridge=50.0, few=20)
    back = fit_margin(fought, last, other, own, features, ridge=50.0, few=20)
    assert back.weights == pytest.approx(-there.weights)
    assert back.constant == pytest.approx(-there.constant)
    assert back.duels == there.duels


def test_few_duels_are_not_regressed() -> None:
    fought, last = learnt("legislatives-2017")
    fitted = fit_margin(fought, last, 0, 1, CONTENDERS, ridge=50.0, few=20)
    assert fitted.duels == 6
    assert list(fitted.weights[:4]) == [1, -1, 0, 0]
    rows = fought.rows.astype(int)
    taken = ((fought.first == 0) & (fought.second == 1)) | ((fought.first == 1) & (fought.second == 0))
    margin = np.where(fought.first == 0, fought.margin, -fought.margin)[taken]
    added = margin - (last.share[rows[taken], 0] - last.share[rows[taken], 1])
    assert fitted.constant == pytest.approx(added.mean() * 6 / 16)


def test_no_duel_leaves_the_difference() -> None:
    fought, last = learnt("legislatives-2017")
    none = Duels(*(values[:0] for values in (fought.rows, fought.first, fought.second, fought.margin)))
    fitted = fit_margin(none, last, 2, 3, CONTENDERS, ridge=50.0, few=20)
    assert (fitted.duels, fitted.constant) == (0, 0.0)
    assert list(fitted.weights) == [0, 0, 1, -1, 0, 0]


@given(points=st.floats(0, 100), wider=st.floats(0, 50), margin=st.floats(-100, 100), sigma=st.floats(1, 30))
@settings(deadline=None)
def test_a_chance_is_a_rate_and_grows_with_the_margin_allowed(
    points: float, wider: float, margin: float, sigma: float
) -> None:
    def chance(within: float, around: float) -> float:
        return float(chance_within(np.array([within]), np.array([around]), sigma)[0])

    assert 0 <= chance(points, margin) <= 1
    assert chance(points, margin) <= chance(points + wider, margin) + 1e-12
    assert chance(points, margin) == pytest.approx(chance(points, -margin), abs=1e-12)


def test_the_normal_law() -> None:
    assert normal_rate(np.array([0.0, 1.0, -1.96])) == pytest.approx([0.5, 0.8413, 0.025], abs=1e-4)
