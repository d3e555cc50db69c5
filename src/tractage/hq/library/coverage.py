"""Where the campaign's close seats stand: what is asked for, in hand, in reading and on the wall of each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import Count

from tractage.hq.campaigns.clock import now
from tractage.hq.campaigns.models import Campaign
from tractage.hq.campaigns.ranking import RankedSeat, ranked_seats
from tractage.hq.library.models import SeatTarget, Status
from tractage.hq.missions.models import BriefTarget, ClaimStatus
from tractage.hq.missions.selectors import open_briefs

IN_READING = (Status.SUBMITTED, Status.REVIEW, Status.CHANGES, Status.ACCEPTED)


class Reach(StrEnum):
    """How far a seat is from having a work, from nothing to something on the wall."""

    NOTHING = "nothing"
    ASKED = "asked"
    COMING = "coming"
    SHOWN = "shown"


class Order(StrEnum):
    """By what the board can be sorted."""

    RANK = "rank"
    BRIEFS = "briefs"
    HELD = "held"
    READING = "reading"
    RELEASED = "released"


@dataclass(frozen=True)
class CoverageFilter:
    """What one asked of the board; an empty text asks nothing. `kind` narrows the works that are counted."""

    uncovered: bool = False
    department: str = ""
    kind: str = ""
    order: Order = Order.RANK


@dataclass(frozen=True)
class SeatCoverage:
    """A ranked seat: its open briefs, tabs in hand, works being read or accepted, works on the wall."""

    ranked: RankedSeat
    briefs: int = 0
    held: int = 0
    reading: int = 0
    released: int = 0

    @property
    def reach(self) -> Reach:
        """The furthest step that something of this seat has come to."""
        if self.released:
            return Reach.SHOWN
        if self.held or self.reading:
            return Reach.COMING
        return Reach.ASKED if self.briefs else Reach.NOTHING


def coverage(campaign: Campaign, asked: CoverageFilter, at: datetime | None = None) -> list[SeatCoverage]:
    """The ranked seats that answer `asked`, in three questions to the database whatever their number."""
    moment = at or now()
    briefs = _briefs(campaign, moment)
    held = _held(campaign, moment)
    works = _works(campaign, asked.kind)
    rows = []
    for one in ranked_seats(campaign):
        code = one.seat.code
        if asked.department and one.seat.department != asked.department:
            continue
        reading = sum(works.get((code, status.value), 0) for status in IN_READING)
        shown = works.get((code, Status.RELEASED.value), 0)
        if not (asked.uncovered and shown):
            rows.append(SeatCoverage(one, briefs.get(code, 0), held.get(code, 0), reading, shown))
    return sorted(rows, key=lambda row: _place(row, asked.order))


def _place(row: SeatCoverage, order: Order) -> tuple[int, int]:
    """The seats with the most come first; equal ones, and the order by rank, by closeness."""
    if order is Order.RANK:
        return 0, row.ranked.rank
    number: int = getattr(row, order.value)
    return -number, row.ranked.rank


def _briefs(campaign: Campaign, moment: datetime) -> Mapping[str, int]:
    targets = BriefTarget.objects.filter(brief__in=open_briefs(campaign, moment))
    return dict(targets.values_list("seat").annotate(number=Count("brief", distinct=True)).order_by())


def _held(campaign: Campaign, moment: datetime) -> Mapping[str, int]:
    targets = BriefTarget.objects.filter(
        brief__campaign=campaign, brief__claims__status=ClaimStatus.HELD, brief__claims__until__gt=moment
    )
    return dict(targets.values_list("seat").annotate(number=Count("brief__claims", distinct=True)).order_by())


def _works(campaign: Campaign, kind: str) -> Mapping[tuple[str, str], int]:
    targets = SeatTarget.objects.filter(
        work__campaign=campaign, work__status__in=[*IN_READING, Status.RELEASED]
    )
    if kind:
        targets = targets.filter(work__kind=kind)
    rows = targets.values_list("seat", "work__status").annotate(number=Count("work")).order_by()
    return {(seat, status): number for seat, status, number in rows}
