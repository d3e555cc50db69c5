"""The ranking judged on elections held since: the figures that are promised, and the measures themselves."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tractage.domain.elections.backtest import Backtest, backtest, measures
from tractage.domain.elections.known import held, known


def judged(election: str, bloc: str) -> Backtest:
    return backtest(known(election), held(election), bloc)


@pytest.mark.parametrize(
    ("election", "targets", "auc"), [("legislatives-2024", 49, 0.83), ("legislatives-2022", 108, 0.777)]
)
def test_the_promised_figures(election: str, targets: int, auc: float) -> None:
    found = judged(election, "gauche")
    assert found.targets == targets
    assert found.model.auc is not None
    assert found.baseline.auc is not None
    assert found.model.auc >= auc
    assert found.model.auc > found.baseline.auc + 0.1
    assert found.model.brier < found.baseline.brier
    assert found.model.precision_at_50 > found.baseline.precision_at_50


@pytest.mark.parametrize("bloc", ["gauche", "extreme-droite", "centre", "droite"])
@pytest.mark.parametrize("election", ["legislatives-2022", "legislatives-2024"])
def test_every_large_bloc_is_ranked_better_than_by_chance(election: str, bloc: str) -> None:
    found = judged(election, bloc)
    assert found.model.auc is not None
    assert found.model.auc > 0.72


def test_without_a_close_seat_there_is_no_curve() -> None:
    found = judged("legislatives-2024", "extreme-gauche")
    assert (found.targets, found.model.auc, found.model.recall_at_100) == (0, None, None)


def test_a_perfect_and_a_reversed_score() -> None:
    targets = np.array([True] * 50 + [False] * 150)
    perfect = measures(targets.astype(float), targets)
    assert (perfect.auc, perfect.precision_at_50, perfect.recall_at_100, perfect.brier) == (1, 1, 1, 0)
    assert measures(1 - targets, targets).auc == 0


def test_equal_scores_count_for_half() -> None:
    assert measures(np.full(10, 0.3), np.array([True] * 4 + [False] * 6)).auc == 0.5


@given(st.lists(st.tuples(st.integers(0, 5), st.booleans()), min_size=2, max_size=40))
@settings(deadline=None)
def test_the_curve_counts_pairs(drawn: list[tuple[int, bool]]) -> None:
    score = np.array([value / 5 for value, _ in drawn])
    targets = np.array([hit for _, hit in drawn])
    if targets.all() or not targets.any():
        return
    pairs = [(a > b) + (a == b) / 2 for a in score[targets] for b in score[~targets]]
    assert measures(score, targets).auc == pytest.approx(np.mean(pairs))
