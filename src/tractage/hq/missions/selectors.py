"""Reads about briefs and claims."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils.functional import cached_property

from tractage.hq.campaigns.clock import now
from tractage.hq.campaigns.models import Campaign
from tractage.hq.campaigns.ranking import ranked_seats
from tractage.hq.missions.models import Brief, BriefStatus, BriefTarget, Claim, ClaimStatus
from tractage.hq.missions.priority import Priority, priority
from tractage.hq.people.models import Member

Coverage = Callable[[Campaign], Mapping[str, int]]
"""Released works by seat: the library knows it, which missions must not import; the desk passes it in."""


@dataclass(frozen=True)
class BoardFilter:
    """What one asked of the board; an empty list of crafts asks for all."""

    crafts: tuple[str, ...] = ()
    most_minutes: int | None = None
    first: bool = False
    seat: str = ""


@dataclass(frozen=True)
class Tabs:
    """The tabs of a notice: made, in hand, left to tear off."""

    wanted: int
    made: int
    held: int

    @property
    def left(self) -> int:
        """Tabs that can still be torn off."""
        return max(0, self.wanted - self.made - self.held)

    @property
    def missing(self) -> float:
        """Share of the wanted versions that nobody made or holds, in [0, 1]."""
        return self.left / self.wanted


@dataclass(frozen=True)
class Notice:
    """A brief as the board shows it."""

    brief: Brief
    tabs: Tabs
    priority: Priority


class Board:
    """The open briefs of a filter in order of priority; a page is read from the database when it is shown."""

    def __init__(self, campaign: Campaign, asked: BoardFilter, coverage: Coverage, newcomer: bool) -> None:
        self._campaign, self._asked, self._coverage, self._newcomer = campaign, asked, coverage, newcomer

    @cached_property
    def _order(self) -> list[tuple[int, Tabs, Priority]]:
        briefs = _counted(_asked(open_briefs(self._campaign), self._asked))
        names = ("pk", "versions", "made", "held", "first", "deadline")
        rows: list[tuple[Any, ...]] = list(briefs.values_list(*names))
        seats = _seats([row[0] for row in rows], self._campaign)
        ranks: dict[str, int] = {one.seat.code: one.rank for one in ranked_seats(self._campaign)}
        works = self._coverage(self._campaign)
        found = []
        for pk, wanted, made, held, first, deadline in rows:
            tabs = Tabs(wanted, made, held)
            place = priority(seats.get(pk, ()), tabs.missing, ranks, works)
            key = (self._newcomer and not first, not tabs.left, -place.score, deadline is None, deadline, pk)
            found.append((key, pk, tabs, place))
        found.sort(key=lambda one: (*one[0][:4], one[0][4] or now(), one[0][5]))
        return [one[1:] for one in found]

    def __len__(self) -> int:
        return len(self._order)

    def __getitem__(self, part: slice) -> list[Notice]:
        chosen = self._order[part]
        briefs = with_pieces(Brief.objects.filter(pk__in=[pk for pk, _tabs, _place in chosen])).in_bulk()
        return [Notice(briefs[pk], tabs, place) for pk, tabs, place in chosen if pk in briefs]


def open_briefs(campaign: Campaign, at: datetime | None = None) -> QuerySet[Brief]:
    """The briefs of which tabs can be torn off: open, and their deadline not past."""
    moment = at or now()
    return Brief.objects.filter(campaign=campaign, status=BriefStatus.OPEN).filter(
        Q(deadline__isnull=True) | Q(deadline__gt=moment)
    )


def with_pieces(briefs: QuerySet[Brief]) -> QuerySet[Brief]:
    """With targets and facts, so that a list asks no more than three times."""
    return briefs.select_related("parent", "campaign").prefetch_related("targets", "facts")


def tabs_of(brief: Brief, at: datetime | None = None) -> Tabs:
    """The tabs of one brief now."""
    held = Q(status=ClaimStatus.HELD, until__gt=at or now())
    counts = Claim.objects.filter(brief=brief).aggregate(
        made=Count("pk", filter=Q(status=ClaimStatus.DONE)), held=Count("pk", filter=held)
    )
    return Tabs(brief.versions, counts["made"], counts["held"])


def brief_for(campaign: Campaign, pk: int) -> Brief | None:
    """A brief with its pieces and its forks."""
    forks = Prefetch("forks", Brief.objects.exclude(status=BriefStatus.DRAFT).order_by("pk"))
    return with_pieces(Brief.objects.filter(campaign=campaign, pk=pk)).prefetch_related(forks).first()


def first_missions(campaign: Campaign, crafts: Iterable[str]) -> list[Notice]:
    """The first missions, one a craft; those of `crafts` before the others."""
    wanted = list(crafts)
    found: dict[str, Notice] = {}
    rows = _counted(with_pieces(open_briefs(campaign).filter(first=True))).order_by("minutes", "pk")
    for brief in rows:
        tabs = Tabs(brief.versions, brief.made, brief.held)  # type: ignore[attr-defined]
        if tabs.left and brief.craft not in found:
            found[brief.craft] = Notice(brief, tabs, Priority(0.0, "", None, 0))
    return sorted(found.values(), key=lambda one: (one.brief.craft not in wanted, one.brief.minutes))


def held_by(member: Member, at: datetime | None = None) -> QuerySet[Claim]:
    """The tabs in a member's hands, the most urgent first."""
    held = Claim.objects.filter(member=member, status=ClaimStatus.HELD, until__gt=at or now())
    return held.select_related("brief", "brief__campaign", "offered_to").order_by("until")


def offered_to(member: Member, at: datetime | None = None) -> QuerySet[Claim]:
    """The tabs that others hold out to a member."""
    offers = Claim.objects.filter(offered_to=member, status=ClaimStatus.HELD, until__gt=at or now())
    return offers.select_related("brief", "brief__campaign", "member").order_by("until")


def past_claims(member: Member) -> QuerySet[Claim]:
    """What became of a member's other tabs, the latest first."""
    past = Q(status__in=[ClaimStatus.DONE, ClaimStatus.RELEASED, ClaimStatus.EXPIRED]) | Q(until__lte=now())
    return Claim.objects.filter(past, member=member).select_related("brief").order_by("-taken_at", "-pk")


def _asked(briefs: QuerySet[Brief], asked: BoardFilter) -> QuerySet[Brief]:
    if asked.crafts:
        briefs = briefs.filter(craft__in=asked.crafts)
    if asked.most_minutes is not None:
        briefs = briefs.filter(minutes__lte=asked.most_minutes)
    if asked.first:
        briefs = briefs.filter(first=True)
    if asked.seat:
        briefs = briefs.filter(pk__in=BriefTarget.objects.filter(seat=asked.seat).values("brief"))
    return briefs


def _counted(briefs: QuerySet[Brief]) -> QuerySet[Brief]:
    held = Q(claims__status=ClaimStatus.HELD, claims__until__gt=now())
    return briefs.annotate(
        made=Count("claims", filter=Q(claims__status=ClaimStatus.DONE)), held=Count("claims", filter=held)
    )


def _seats(briefs: list[int], campaign: Campaign) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    if briefs:
        rows = BriefTarget.objects.filter(brief__campaign=campaign, brief__status=BriefStatus.OPEN)
        for brief, seat in rows.values_list("brief", "seat"):
            found.setdefault(brief, []).append(seat)
    return found
