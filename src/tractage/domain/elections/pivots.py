"""Observed pivots: the seats that a bloc won or lost by few votes."""

from dataclasses import dataclass

from tractage.domain.elections.blocs import BlocPack
from tractage.domain.elections.results import Candidacy, Results, SeatResult
from tractage.domain.elections.seats import SeatCode, seat


@dataclass(frozen=True, slots=True)
class ObservedPivot:
    """A seat decided by a few votes between a bloc's best finalist and the best finalist outside it.

    `margin` is in votes, positive when the bloc's finalist is ahead; `round` is the decisive one.
    """

    seat: SeatCode
    department: str
    round: int
    margin: int
    won: bool
    candidate: Candidacy
    opponent: Candidacy
    opponent_bloc: str


@dataclass(frozen=True, slots=True)
class ClosestMargin:
    """The gap in votes between winner and runner-up of a seat's decisive round, whatever their blocs.

    `runner_up` is None where a candidate ran alone; the margin is then all the votes.
    """

    seat: SeatCode
    round: int
    margin: int
    winner: Candidacy
    runner_up: Candidacy | None


def observed(results: Results, pack: BlocPack, bloc: str, within: int | None = None) -> list[ObservedPivot]:
    """The seats where `bloc` had a finalist against one outside it, closest first.

    In a seat decided in the first round every candidate counts as a finalist.

    Args:
        results: results of one election.
        pack: its blocs.
        bloc: id of the campaign's bloc.
        within: keeps the seats with |margin| strictly under this number of votes; None keeps all.

    Raises:
        InputError: the pack has no such bloc.
    """
    pack.bloc(bloc)
    pivots = [pivot for result in results.seats() if (pivot := _pivot(result, pack, bloc)) is not None]
    kept = [pivot for pivot in pivots if within is None or abs(pivot.margin) < within]
    return sorted(kept, key=lambda pivot: (abs(pivot.margin), pivot.seat))


def closest_margins(results: Results) -> list[ClosestMargin]:
    """For every seat the gap between winner and runner-up in its decisive round, in the seats' order."""
    return [_closest(result) for result in results.seats()]


def _pivot(result: SeatResult, pack: BlocPack, bloc: str) -> ObservedPivot | None:
    held = result.decisive
    own = [one for one in held.ranked() if pack.bloc_of(one.nuance) == bloc]
    others = [one for one in held.ranked() if pack.bloc_of(one.nuance) != bloc]
    if not own or not others:
        return None
    best, opponent = own[0], others[0]
    margin = best.votes - opponent.votes
    return ObservedPivot(
        seat=result.seat,
        department=seat(result.seat).department_name,
        round=held.number,
        margin=margin,
        won=any(one.elected for one in own),
        candidate=best,
        opponent=opponent,
        opponent_bloc=pack.bloc_of(opponent.nuance),
    )


def _closest(result: SeatResult) -> ClosestMargin:
    ranked = result.decisive.ranked()
    winner = next((one for one in ranked if one.elected), ranked[0])
    runner_up = next((one for one in ranked if one is not winner), None)
    margin = winner.votes - (runner_up.votes if runner_up else 0)
    return ClosestMargin(result.seat, result.decisive.number, margin, winner, runner_up)
