"""Which seats can swing, and what happened in each: the domain's answers for this campaign."""

from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from tractage.domain.elections.blocs import BlocPack, pack
from tractage.domain.elections.catalogue import Election, election, elections, upcoming
from tractage.domain.elections.expected import ExpectedPivot, rank_known
from tractage.domain.elections.known import known
from tractage.domain.elections.pivots import ObservedPivot, observed
from tractage.domain.elections.results import RoundResult, load_results
from tractage.domain.elections.seats import Seat, all_seats, seat
from tractage.domain.errors import InputError
from tractage.hq.campaigns.clock import now
from tractage.hq.campaigns.models import Campaign

LEGISLATIVES = "legislatives"
EXPECTED = "expected"


@dataclass(frozen=True)
class RankedSeat:
    """A seat in the campaign's order, with what ranks it.

    `pivot`: the bloc's margin in votes at the last results that are out, positive when it was ahead; None
    where it had no finalist. `expected`: the index before an election, None when ranked as observed.
    """

    rank: int
    seat: Seat
    pivot: ObservedPivot | None
    expected: ExpectedPivot | None = None

    @property
    def gap(self) -> int | None:
        """Votes between the two, whoever was ahead."""
        return None if self.pivot is None else abs(self.pivot.margin)


@dataclass(frozen=True)
class SeatYear:
    """One election in one seat: its rounds, and the bloc's margin there if it had a finalist."""

    election: Election
    rounds: tuple[RoundResult, ...]
    pivot: ObservedPivot | None
    gap: int

    @property
    def decisive(self) -> RoundResult:
        """The round that gave the seat."""
        return self.rounds[-1]

    @property
    def turnout(self) -> float:
        """Voters among the registered in the decisive round, in [0, 1]."""
        return self.decisive.voters / self.decisive.registered


def campaign_pack(campaign: Campaign, election_id: str) -> BlocPack:
    """The blocs of an election, with the nuances that the campaign's file gives its own bloc, if any."""
    return _pack(election_id, campaign.bloc, tuple(campaign.nuances))


@lru_cache(maxsize=64)
def _pack(election_id: str, bloc: str, nuances: tuple[str, ...]) -> BlocPack:
    shipped = pack(election_id)
    if not nuances:
        return shipped
    own = frozenset(nuances)
    blocs = tuple(replace(one, nuances=own if one.id == bloc else one.nuances - own) for one in shipped.blocs)
    return BlocPack(election_id, blocs, shipped.rest, shipped.front_against)


def ranked_seats(campaign: Campaign) -> tuple[RankedSeat, ...]:
    """The seats that the campaign ranks, first the one where the fewest votes can decide."""
    nuances = tuple(campaign.nuances)
    if campaign.method == EXPECTED:
        return _expected(
            expected_target(campaign), campaign.results, campaign.bloc, nuances, campaign.within, now().date()
        )
    return _observed(campaign.results, campaign.bloc, nuances)


def expected_target(campaign: Campaign) -> str:
    """The legislative election to expect: the campaign's own, or the one to come."""
    legislatives = {one.id for one in elections() if one.kind == LEGISLATIVES}
    return campaign.election if campaign.election in legislatives else upcoming()[0].id


@lru_cache(maxsize=8)
def _observed(election_id: str, bloc: str, nuances: tuple[str, ...]) -> tuple[RankedSeat, ...]:
    pivots = observed(load_results(election_id), _pack(election_id, bloc, nuances), bloc)
    return tuple(RankedSeat(rank, seat(pivot.seat), pivot) for rank, pivot in enumerate(pivots, 1))


@lru_cache(maxsize=8)
def _expected(
    target: str, last: str, bloc: str, nuances: tuple[str, ...], within: int, day: date
) -> tuple[RankedSeat, ...]:
    pivots = _pivots_by_seat(last, bloc, nuances)
    before = known(target, day, packs=lambda election_id: _pack(election_id, bloc, nuances))
    return tuple(
        RankedSeat(found.rank, seat(found.seat), pivots.get(found.seat), found)
        for found in rank_known(before, bloc, within=within)
        if found.rank is not None
    )


def last_pivots(campaign: Campaign) -> dict[str, ObservedPivot]:
    """The bloc's margin in each seat where it had a finalist at the last results, by seat."""
    return _pivots_by_seat(campaign.results, campaign.bloc, tuple(campaign.nuances))


@lru_cache(maxsize=8)
def _pivots_by_seat(election_id: str, bloc: str, nuances: tuple[str, ...]) -> dict[str, ObservedPivot]:
    return {one.seat.code: one.pivot for one in _observed(election_id, bloc, nuances) if one.pivot}


def ranked_seat(campaign: Campaign, code: str) -> RankedSeat | None:
    """The seat's place in the ranking, None when it has none."""
    return next((one for one in ranked_seats(campaign) if one.seat.code == code), None)


def seat_history(campaign: Campaign, code: str) -> tuple[SeatYear, ...]:
    """The législatives held so far in a seat, oldest first. Raises InputError for an unknown seat."""
    out = tuple(one.id for one in elections() if one.kind == LEGISLATIVES and one.last_day < now().date())
    return _history(code, campaign.bloc, tuple(campaign.nuances), out)


@lru_cache(maxsize=1024)
def _history(code: str, bloc: str, nuances: tuple[str, ...], out: tuple[str, ...]) -> tuple[SeatYear, ...]:
    seat(code)
    years = []
    for election_id in out:
        try:
            result = load_results(election_id).seat(code)
        except InputError:
            continue
        pivot = _pivots_by_seat(election_id, bloc, nuances).get(code)
        ranked = result.decisive.ranked()
        gap = ranked[0].votes - (ranked[1].votes if len(ranked) > 1 else 0)
        years.append(SeatYear(election(election_id), result.rounds, pivot, gap))
    return tuple(years)


def seats_by_department() -> dict[str, list[Seat]]:
    """The 577 seats under the name of their department, in the official order."""
    found: dict[str, list[Seat]] = {}
    for one in all_seats():
        found.setdefault(one.department_name, []).append(one)
    return found
