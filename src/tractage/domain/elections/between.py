"""Between the rounds: the same ranking with the real first round and the real finalists."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tractage.domain.elections.blocs import BlocPack
from tractage.domain.elections.closeness import chance_within, normal_rate
from tractage.domain.elections.duels import Duels, duels, fit_margin
from tractage.domain.elections.known import Held
from tractage.domain.elections.ranking import ExpectedPivot, Scores, front_sign, listed
from tractage.domain.elections.results import Candidacy, SeatResult
from tractage.domain.elections.shares import Floats, Shares, shares
from tractage.domain.elections.strength import WEIGHTS, Weights, contenders

SIGMA = 8.0
NOBODY = -1


@dataclass(frozen=True, slots=True)
class Runoffs:
    """The second rounds of an election before their vote.

    `first`: first-round shares; `finalists`: for each seat the positions of the blocs of its finalists with
    their first-round votes, most first, empty where there is no second round; `last`, `fought`: shares and
    duels of the last législatives; `pack`: the blocs.
    """

    first: Shares
    finalists: tuple[tuple[tuple[int, int], ...], ...]
    last: Shares
    fought: Duels
    pack: BlocPack


def runoffs(last: Held, held: Held) -> Runoffs:
    """What is known between the rounds of `held`: nobody reads the votes of its second round."""
    blocs = held.pack.ids
    return Runoffs(
        first=shares(held.results, held.pack, blocs),
        finalists=tuple(_finalists(one, held, blocs) for one in held.results.seats()),
        last=shares(last.results, last.pack, blocs),
        fought=duels(last.results, last.pack, blocs),
        pack=held.pack,
    )


def rank_between(
    coming: Runoffs, bloc: str, *, scenario: float = 0.0, within: int = 2000, top: int = 50
) -> list[ExpectedPivot]:
    """Rank the second rounds where `bloc` has a finalist against one outside it; see `expected.rank`."""
    own = coming.pack.ids.index(coming.pack.bloc(bloc).id)
    reach = np.array([_opponent(finalists, own) != NOBODY for finalists in coming.finalists])
    return listed(
        lambda shift: scores_between(coming, bloc, shift, within),
        coming.first,
        coming.pack.ids,
        scenario=scenario,
        top=top,
        within_reach=reach,
    )


def scores_between(
    coming: Runoffs, bloc: str, scenario: float = 0.0, within: int = 2000, weights: Weights = WEIGHTS
) -> Scores:
    """Index, score of winning and expected margin of `bloc` in every seat; 0 where it has no duel."""
    own = coming.pack.ids.index(coming.pack.bloc(bloc).id)
    opponent = [_opponent(finalists, own) for finalists in coming.finalists]
    margin = np.zeros(len(opponent))
    main = contenders(coming.last.national, weights)
    for other in sorted(set(opponent) - {NOBODY}):
        features = sorted({*main, own, other})
        fitted = fit_margin(
            coming.fought, coming.last, own, other, features, ridge=weights.ridge, few=weights.few
        )
        sign = front_sign(coming.pack, own, other)
        facing = np.array([one == other for one in opponent])
        margin[facing] = coming.first.share[facing] @ fitted.weights + fitted.constant + sign * scenario
    final = np.array([float(other != NOBODY) for other in opponent])
    close = 100 * within / _valid(coming, weights)
    index = final * chance_within(close, margin, SIGMA)
    return Scores(index, final, final * normal_rate(margin / SIGMA), margin, opponent)


def _valid(coming: Runoffs, weights: Weights) -> Floats:
    return coming.first.registered * coming.first.turnout * weights.valid


def _opponent(finalists: Sequence[tuple[int, int]], own: int) -> int:
    """The bloc of the best finalist outside `own`, NOBODY where there is none or `own` has no finalist."""
    if not any(bloc == own for bloc, _ in finalists):
        return NOBODY
    return next((bloc for bloc, _ in finalists if bloc != own), NOBODY)


def _finalists(one: SeatResult, held: Held, blocs: tuple[str, ...]) -> tuple[tuple[int, int], ...]:
    if len(one.rounds) < 2:
        return ()
    votes = {_name(candidacy): candidacy.votes for candidacy in one.first.candidacies}
    found = [
        (blocs.index(held.pack.bloc_of(finalist.nuance)), votes.get(_name(finalist), 0))
        for finalist in one.rounds[1].candidacies
    ]
    return tuple(sorted(found, key=lambda finalist: -finalist[1]))


def _name(candidacy: Candidacy) -> tuple[str, str]:
    return candidacy.name, candidacy.first_name
