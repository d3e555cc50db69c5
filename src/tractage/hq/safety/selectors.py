"""Reads about safety."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from tractage.domain.guard.appeals import Outcome
from tractage.domain.guard.sanctions import Kind, Standing
from tractage.hq.safety.models import (
    Account,
    Appeal,
    Call,
    Incident,
    LadderStep,
    MassAction,
    Report,
    Sanction,
    State,
)


@dataclass(frozen=True)
class IncidentFilter:
    """What one asked of the list; empty means all."""

    state: str = ""
    source: str = ""
    action: str = ""
    rule: str = ""
    wave: str = ""
    account: int | None = None


@dataclass(frozen=True)
class Waiting:
    """What waits for a moderator."""

    incidents: int
    reports: int
    bans: int
    appeals: int


def waiting() -> Waiting:
    """How much waits, of each kind."""
    return Waiting(
        Incident.objects.filter(state=State.OPEN).count(),
        Report.objects.filter(state=State.OPEN).count(),
        bans_to_confirm().count(),
        open_appeals().count(),
    )


def incidents(asked: IncidentFilter) -> QuerySet[Incident]:
    """The incidents of a filter, the latest first."""
    found = Incident.objects.select_related("account__member", "handled_by")
    for name in ("state", "source", "action", "rule", "wave"):
        if getattr(asked, name):
            found = found.filter(**{name: getattr(asked, name)})
    return found.filter(account=asked.account) if asked.account else found


def reports(state: str = "") -> QuerySet[Report]:
    """Reports, the latest first."""
    found = Report.objects.select_related("reporter__member", "account__member", "handled_by")
    return found.filter(state=state) if state else found


def reports_of_same(report: Report) -> int:
    """How many people have pointed the same thing out."""
    return Report.objects.filter(subject=report.subject, subject_id=report.subject_id).count()


def sanctions(standing: str = "", kind: str = "", account: int | None = None) -> QuerySet[Sanction]:
    """Sanctions, the latest first."""
    found = Sanction.objects.select_related("account__member", "by", "confirmed_by", "undone_by", "appeal")
    if standing:
        found = found.filter(standing=standing)
    if kind:
        found = found.filter(kind=kind)
    return found.filter(account=account) if account else found


def bans_to_confirm() -> QuerySet[Sanction]:
    """Bans that wait for a second person, emergencies first: they lapse."""
    found = Sanction.objects.filter(kind=Kind.BAN.value, confirmed_at=None)
    found = found.filter(
        Q(standing=Standing.PROPOSED.value) | Q(standing=Standing.IN_FORCE.value, emergency=True)
    )
    return found.select_related("account__member", "by").order_by("-emergency", "at")


def sanctions_of(account: Account) -> QuerySet[Sanction]:
    """What was decided about one person, as they may read it: what was only proposed is left out."""
    found = account.sanctions.exclude(standing__in=[Standing.PROPOSED.value, Standing.REFUSED.value])
    return found.select_related("appeal", "account__member").order_by("-at", "-pk")


def open_appeals() -> QuerySet[Appeal]:
    """Appeals that wait, the oldest first."""
    return Appeal.objects.filter(outcome=Outcome.OPEN.value).select_related(
        "sanction__account__member", "sanction__by", "sanction__confirmed_by"
    )


def decided_appeals() -> QuerySet[Appeal]:
    """Appeals that have their answer, the latest first."""
    found = Appeal.objects.exclude(outcome=Outcome.OPEN.value).order_by("-decided_at")
    return found.select_related("sanction__account__member", "decided_by")


def waves() -> Any:
    """Waves with something in force or proposed: name, and how many sanctions of each standing."""
    return (
        Sanction.objects.exclude(wave="")
        .values("wave")
        .annotate(
            live=Count("pk", filter=Q(standing=Standing.IN_FORCE.value)),
            proposed=Count("pk", filter=Q(standing=Standing.PROPOSED.value)),
            people=Count("account", distinct=True),
        )
        .order_by("-wave")
    )


def mass_actions() -> QuerySet[MassAction]:
    """Mass actions with their progress, the latest first."""
    done = Count("calls", filter=Q(calls__state="done"))
    return MassAction.objects.select_related("by").annotate(made=done, whole=Count("calls"))


def timeline(most: int = 30) -> list[LadderStep]:
    """The last steps of the ladder, the latest first."""
    return list(LadderStep.objects.select_related("by")[:most])


def calls_that_failed() -> QuerySet[Call]:
    """Calls that the server refused: a person looks."""
    return Call.objects.filter(state="failed").select_related("account__member", "sanction")
