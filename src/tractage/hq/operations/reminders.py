"""Reminders before a window: kept with the operation, offered to whoever announces, shown on the desk."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from tractage.hq.campaigns.clock import now
from tractage.hq.campaigns.services import write_audit_line
from tractage.hq.campaigns.silence import freeze
from tractage.hq.operations.models import Moment, Operation, OperationStatus, Reminder
from tractage.hq.people.models import Member

BEFORE = {
    Moment.THREE_DAYS: timedelta(days=3),
    Moment.DAY: timedelta(days=1),
    Moment.HOURS: timedelta(hours=2),
    Moment.NOW: timedelta(0),
}


@dataclass(frozen=True)
class DueReminder:
    """A reminder that can be passed on now, of an operation that is planned and not silenced."""

    reminder: Reminder
    operation: Operation
    moment: Moment


def set_reminders(operation: Operation) -> None:
    """Bring the reminders in line with the window: those to come move, one whose hour is past is not made."""
    if operation.status != OperationStatus.PLANNED:
        operation.reminders.filter(announced_at__isnull=True).delete()
        return
    moment = now()
    for name, before in BEFORE.items():
        due = operation.starts_at - before
        rows = operation.reminders.filter(moment=name)
        if due < moment:
            rows.filter(announced_at__isnull=True).delete()
        elif not rows.exists():
            Reminder.objects.create(operation=operation, moment=name, due_at=due)
        elif not rows.filter(due_at=due).exists():
            # The window has moved: what was announced is no longer true, so it is said again.
            rows.update(due_at=due, announced_at=None)


def due_reminders(at: datetime | None = None) -> list[DueReminder]:
    """What can be announced at `at`: one reminder an operation, the last that fell; nothing that is silenced.

    A reminder of a window that has closed is never offered, nor one that says « tomorrow » once it runs.
    """
    moment = at or now()
    rows = (
        Reminder.objects.filter(
            announced_at__isnull=True,
            due_at__lte=moment,
            operation__status=OperationStatus.PLANNED,
            operation__ends_at__gt=moment,
        )
        .select_related("operation", "operation__campaign")
        .order_by("operation", "-due_at")
    )
    last: dict[int, Reminder] = {}
    for row in rows:
        last.setdefault(row.operation_id, row)
    return [
        DueReminder(row, row.operation, Moment(row.moment))
        for row in sorted(last.values(), key=lambda one: (one.due_at, one.pk))
        if (row.moment == Moment.NOW or moment < row.operation.starts_at)
        and not freeze(row.operation.campaign, zones=row.operation.where, at=moment).frozen
    ]


@transaction.atomic
def mark_announced(actor: Member | None, reminders: Iterable[Reminder]) -> int:
    """Say that reminders were passed on, with those of the operation that fell before; idempotent."""
    marked, moment = 0, now()
    for reminder in reminders:
        fell = Reminder.objects.filter(
            operation=reminder.operation_id, due_at__lte=reminder.due_at, announced_at__isnull=True
        )
        if fell.update(announced_at=moment):
            marked += 1
            write_audit_line(actor, "operation.remind", reminder.operation, moment=reminder.moment)
    return marked


def reminders_for(member: Member, at: datetime | None = None) -> list[Reminder]:
    """What the desk reminds a member of: their operations that begin within three days, or run; one each."""
    moment = at or now()
    mine = Operation.objects.filter(
        participations__member=member,
        participations__left_at__isnull=True,
        status=OperationStatus.PLANNED,
        ends_at__gt=moment,
    )
    rows = Reminder.objects.filter(operation__in=mine, due_at__lte=moment).select_related("operation")
    last: dict[int, Reminder] = {}
    for row in rows.order_by("-due_at"):
        last.setdefault(row.operation_id, row)
    return sorted(last.values(), key=lambda one: one.operation.starts_at)
