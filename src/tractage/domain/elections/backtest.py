"""Judge an expected ranking on an election that was held since."""

from dataclasses import dataclass

import numpy as np

from tractage.domain.elections.blocs import BlocPack
from tractage.domain.elections.closeness import chance_within
from tractage.domain.elections.expected import scores
from tractage.domain.elections.known import Held, Known
from tractage.domain.elections.pivots import observed
from tractage.domain.elections.results import Results, SeatResult
from tractage.domain.elections.shares import Flags, Floats
from tractage.domain.elections.strength import WEIGHTS, Weights, strength


@dataclass(frozen=True, slots=True)
class Measures:
    """How well a score in [0, 1] finds the seats that were close.

    `auc`: chance that a close seat is ranked above another; `precision_at_50`: rate of close seats in the
    first 50; `recall_at_100`: rate of the close seats found in the first 100; `brier`: mean square of score
    less outcome. `auc` and `recall_at_100` are None when no seat was close.
    """

    auc: float | None
    precision_at_50: float
    recall_at_100: float | None
    brier: float


@dataclass(frozen=True, slots=True)
class Backtest:
    """A ranking judged: its measures, those of the last margins alone, and how many seats were close.

    `expected` is the sum of the index: the number of close seats that the ranking announced.
    """

    model: Measures
    baseline: Measures
    targets: int
    expected: float


def backtest(known: Known, held: Held, bloc: str, within: int = 2000, weights: Weights = WEIGHTS) -> Backtest:
    """Judge the ranking of `bloc` made with what is `known` on the election `held`, every seat included."""
    base = strength(known, weights)
    index = scores(known, base, bloc, within=within, weights=weights).index
    close = 100 * within / base.votes
    margin = _last_margins(known.legislatives.results, known.legislatives.pack, bloc)
    baseline = chance_within(close, margin, weights.sigma)
    found = {pivot.seat for pivot in observed(held.results, held.pack, bloc, within)}
    targets = np.array([code in found for code in base.last.seats])
    return Backtest(
        model=measures(index, targets),
        baseline=measures(baseline, targets),
        targets=int(targets.sum()),
        expected=float(index.sum()),
    )


def measures(score: Floats, targets: Flags) -> Measures:
    """Judge `score`, (n_seats,) in [0, 1], by the seats that were close, (n_seats,)."""
    order = np.argsort(-score, kind="stable")
    return Measures(
        auc=_auc(score, targets) if targets.any() else None,
        precision_at_50=float(targets[order[:50]].mean()),
        recall_at_100=float(targets[order[:100]].sum() / targets.sum()) if targets.any() else None,
        brier=float(((score - targets) ** 2).mean()),
    )


def _auc(score: Floats, targets: Flags) -> float:
    """Area under the curve by ranks, equal scores counting for half (Mann and Whitney, 1947)."""
    _, group, sizes = np.unique(score, return_inverse=True, return_counts=True)
    middle = np.cumsum(sizes) - (sizes - 1) / 2
    hits = int(targets.sum())
    above = middle[group][targets].sum() - hits * (hits + 1) / 2
    return float(above / (hits * (targets.size - hits)))


def _last_margins(results: Results, pack: BlocPack, bloc: str) -> Floats:
    """Points by which the bloc led or trailed last time; where it had no finalist, its first-round gap."""
    last = {pivot.seat: pivot.margin for pivot in observed(results, pack, bloc)}
    return np.array([_last_margin(one, pack, bloc, last.get(one.seat)) for one in results.seats()])


def _last_margin(one: SeatResult, pack: BlocPack, bloc: str, margin: int | None) -> float:
    if margin is not None:
        return 100 * margin / one.decisive.cast
    votes = {True: 0, False: 0}
    for candidacy in one.first.candidacies:
        mine = pack.bloc_of(candidacy.nuance) == bloc
        votes[mine] = max(votes[mine], candidacy.votes)
    return 100 * (votes[True] - votes[False]) / one.first.cast
