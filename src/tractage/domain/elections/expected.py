"""Expected pivots: where a bloc's next second round is likely to be close, and how much that is worth."""

from collections.abc import Sequence
from datetime import date

import numpy as np

from tractage.domain.elections.between import rank_between, runoffs
from tractage.domain.elections.catalogue import last_before
from tractage.domain.elections.closeness import chance_within, normal_rate
from tractage.domain.elections.duels import fit_margin
from tractage.domain.elections.known import Known, held, is_between_rounds
from tractage.domain.elections.known import known as known_before
from tractage.domain.elections.ranking import SCENARIOS, ExpectedPivot, Scores, front_sign, listed
from tractage.domain.elections.shares import Floats
from tractage.domain.elections.strength import WEIGHTS, Strength, Weights, strength
from tractage.domain.errors import InputError

__all__ = ["LIMITS", "SCENARIOS", "ExpectedPivot", "rank", "rank_known", "scores"]

LIMITS = (
    "The weights were chosen on past elections: it is an index for ranking, not a probability.",
    "It can announce half as many close seats again as there are (2024 replayed: 73 announced, 49 were).",
    "The national level and the calls to unite against a bloc dominate: a scenario shifts those duels, and a"
    " seat is marked stable when it stays in the list from -10 to +10 points.",
    "Transfers are those of the last second rounds: those of 2022 missed 2024 by some ten points.",
    "Seats under 15,000 registered are listed apart: there a margin in votes says little.",
)


def rank(
    target: str,
    bloc: str,
    *,
    scenario: float = 0.0,
    within: int = 2000,
    as_of: date | None = None,
    top: int = 50,
) -> list[ExpectedPivot]:
    """Rank every seat of `target` for `bloc` with only what was known on the day `as_of`.

    Args:
        target: id of past législatives, or `legislatives-prochaines`.
        bloc: id of the campaign's bloc.
        scenario: points added to the margin of the blocs that a front is called to help, in the duels against
            those that the pack names.
        within: margin in votes that counts as close.
        as_of: see `known`; from the day after the first round to the second one, the real first round and
            finalists are used, and only seats with a second round to win are ranked.
        top: length of the list in which a stable seat must stay whatever the scenario.

    Returns:
        The seats by index, highest first; those listed apart come last.

    Raises:
        InputError: unknown election or bloc, or no results before that day.
    """
    if as_of is not None and is_between_rounds(target, as_of):
        coming = runoffs(held(last_before("legislatives", as_of).id), held(target))
        return rank_between(coming, bloc, scenario=scenario, within=within, top=top)
    return rank_known(known_before(target, as_of), bloc, scenario=scenario, within=within, top=top)


def rank_known(
    known: Known, bloc: str, *, scenario: float = 0.0, within: int = 2000, top: int = 50
) -> list[ExpectedPivot]:
    """The same ranking from what is `known`."""
    base = strength(known)
    return listed(
        lambda shift: scores(known, base, bloc, shift, within),
        base.last,
        known.blocs,
        scenario=scenario,
        top=top,
    )


def scores(
    known: Known,
    base: Strength,
    bloc: str,
    scenario: float = 0.0,
    within: int = 2000,
    weights: Weights = WEIGHTS,
) -> Scores:
    """Index, scores of reaching the second round and of winning, and margin of `bloc` in every seat."""
    known.legislatives.pack.bloc(bloc)
    own = known.blocs.index(bloc)
    others = [one for one in base.contenders if one != own]
    if len(others) < 2:
        others = [one for one in range(len(known.blocs)) if one != own]
    if len(others) < 2:
        raise InputError(f"a ranking needs three blocs at least; the pack has {', '.join(known.blocs)}")
    rivals = base.points[:, others]
    opponent = [others[column] for column in rivals.argmax(axis=1)]
    second = np.sort(rivals, axis=1)[:, -2]
    final = normal_rate((base.points[:, own] - second) / weights.final)
    signs = np.array([front_sign(known.legislatives.pack, own, other) for other in opponent])
    margin = _margins(base, own, opponent, weights) + scenario * signs
    close = 100 * within / base.votes
    index = final * chance_within(close, margin, weights.sigma)
    return Scores(index, final, final * normal_rate(margin / weights.sigma), margin, opponent)


def _margins(base: Strength, own: int, opponent: Sequence[int], weights: Weights) -> Floats:
    against = np.array(opponent)
    margin = np.zeros(len(opponent))
    for other in sorted(set(opponent)):
        features = sorted({*base.contenders, own, other})
        fitted = fit_margin(
            base.fought, base.last, own, other, features, ridge=weights.ridge, few=weights.few
        )
        facing = against == other
        margin[facing] = base.points[facing] @ fitted.weights + fitted.constant
    return margin
