"""Reads about operations: lists, one with its pieces, its figures, its calendar."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Prefetch, Q, QuerySet

from tractage.domain.reach.pacing import Pacing, pacing
from tractage.hq.campaigns.clock import now
from tractage.hq.campaigns.models import Campaign
from tractage.hq.campaigns.silence import freeze
from tractage.hq.library.models import Status, Work
from tractage.hq.operations.models import (
    Guest,
    Operation,
    OperationStatus,
    Participation,
    Step,
)
from tractage.hq.people.models import Member


@dataclass(frozen=True)
class Figures:
    """What an operation has: people, distinct works on the wall, those made since it was planned, ticks."""

    members: int
    guests: int
    given: int
    versions: int
    made: int
    steps: int
    done: int

    @property
    def people(self) -> int:
        """Members and public figures."""
        return self.members + self.guests


def operations_of(campaign: Campaign, *, drafts: bool) -> QuerySet[Operation]:
    """Every operation with its people, public figures among them; drafts for coordinators alone."""
    found = Operation.objects.filter(campaign=campaign)
    if not drafts:
        found = found.exclude(status=OperationStatus.DRAFT)
    here = Q(participations__left_at__isnull=True, participations__isnull=False)
    coming = Q(guests__withdrawn_at__isnull=True, guests__isnull=False)
    return found.annotate(
        people=Count("participations", filter=here, distinct=True)
        + Count("guests", filter=coming, distinct=True)
    )


def coming_operations(campaign: Campaign, *, drafts: bool) -> QuerySet[Operation]:
    """Those that run or are to come."""
    return operations_of(campaign, drafts=drafts).filter(ends_at__gt=now()).order_by("starts_at", "pk")


def past_operations(campaign: Campaign, *, drafts: bool) -> QuerySet[Operation]:
    """Those whose window has closed, the latest first."""
    return operations_of(campaign, drafts=drafts).filter(ends_at__lte=now()).order_by("-starts_at", "-pk")


def operation_for(campaign: Campaign, pk: int) -> Operation | None:
    """One operation with its pieces, read in a few queries."""
    here = Participation.objects.filter(left_at__isnull=True).select_related("member")
    return (
        Operation.objects.filter(campaign=campaign, pk=pk)
        .select_related("campaign", "brief", "author")
        .prefetch_related(
            Prefetch("participations", here, to_attr="present"),
            Prefetch("guests", Guest.objects.filter(withdrawn_at__isnull=True), to_attr="coming"),
            Prefetch("steps", Step.objects.select_related("assigned", "done_by"), to_attr="lines"),
        )
        .first()
    )


def public_operation(campaign: Campaign, pk: int) -> Operation | None:
    """An operation whose page a coordinator has opened; the silence is the page's own affair."""
    found = Operation.objects.filter(
        campaign=campaign, pk=pk, public_at__isnull=False, status=OperationStatus.PLANNED
    )
    return found.select_related("campaign").first()


def public_operations(campaign: Campaign, at: datetime | None = None) -> list[Operation]:
    """The public operations that run or are to come, without those whose zones are silent now."""
    moment = at or now()
    found = Operation.objects.filter(
        campaign=campaign, public_at__isnull=False, status=OperationStatus.PLANNED, ends_at__gt=moment
    ).select_related("campaign")
    return [one for one in found if not freeze(campaign, zones=one.where, at=moment).frozen]


def works_to_draw_on(operation: Operation) -> QuerySet[Work]:
    """The released works that an operation gives."""
    return operation.works.filter(status=Status.RELEASED).order_by("pk")


def versions_of(operation: Operation) -> QuerySet[Work]:
    """Distinct released works: those given, those made from them, those of the operation's mission."""
    given = operation.works.values("pk")
    wanted = Q(pk__in=given) | Q(parent__in=given)
    if operation.brief_id:
        wanted |= Q(brief=operation.brief_id)
    return Work.objects.filter(wanted, campaign=operation.campaign_id, status=Status.RELEASED)


def figures(operation: Operation) -> Figures:
    """The figures of one operation, now."""
    versions = versions_of(operation)
    return Figures(
        members=Participation.objects.filter(operation=operation, left_at__isnull=True).count(),
        guests=Guest.objects.filter(operation=operation, withdrawn_at__isnull=True).count(),
        given=works_to_draw_on(operation).count(),
        versions=versions.count(),
        made=versions.filter(released_at__gt=operation.created_at).count(),
        steps=operation.steps.count(),
        done=operation.steps.filter(done_at__isnull=False).count(),
    )


def advice(operation: Operation, found: Figures) -> Pacing:
    """How many distinct versions this many people need in this window."""
    return pacing(found.people, found.versions, operation.starts_at, operation.ends_at)


def words_of(operation: Operation) -> list[Participation]:
    """What those who took part said of it."""
    said = Participation.objects.filter(operation=operation).exclude(word="")
    return list(said.select_related("member").order_by("pk"))


def operations_of_member(member: Member) -> QuerySet[Operation]:
    """Those a member takes part in and that are not over, the first to begin first."""
    return Operation.objects.filter(
        participations__member=member,
        participations__left_at__isnull=True,
        status=OperationStatus.PLANNED,
        ends_at__gt=now(),
    ).order_by("starts_at", "pk")
