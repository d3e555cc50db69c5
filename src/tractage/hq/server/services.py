"""Writes about the server: what stands there, and the announcements, each sent once."""

from dataclasses import dataclass

from django.db import transaction

from tractage.domain.law.freeze import Status as LawStatus
from tractage.hq.campaigns.clock import now
from tractage.hq.campaigns.models import Campaign
from tractage.hq.campaigns.services import write_audit_line
from tractage.hq.library.legal import release_status
from tractage.hq.library.models import Status, Work
from tractage.hq.operations.models import OperationStatus, Reminder
from tractage.hq.operations.reminders import DueReminder, due_reminders, mark_announced
from tractage.hq.server.models import Announcement, Piece, State, Subject

BEGUN = "announcements"
"""Key of the piece that says that the bot has looked once: what was public before is not announced."""


@dataclass(frozen=True)
class Due:
    """An announcement that may leave now, about a work or an operation; `again`: it may have left already,
    before a restart."""

    announcement: Announcement
    again: bool
    work: Work | None = None
    reminder: DueReminder | None = None


@transaction.atomic
def keep_piece(kind: str, key: str, number: int, *, made: bool) -> Piece:
    """Write down what stands on the server for a key (run by the operator's command)."""
    piece, created = Piece.objects.update_or_create(
        kind=kind, key=key, defaults={"number": str(number), "made": made}
    )
    if created:
        write_audit_line(None, "server.piece", piece, kind=kind, key=key, made=made)
    return piece


@transaction.atomic
def forget_piece(kind: str, key: str) -> None:
    """Let go of a piece that was taken off the server."""
    Piece.objects.filter(kind=kind, key=key).delete()


@transaction.atomic
def find_announcements(campaign: Campaign) -> int:
    """Queue the released works and the reminders that nobody announced; those from before the first look are
    not news."""
    _piece, first = Piece.objects.get_or_create(
        kind="message", key=BEGUN, defaults={"number": "0", "made": False}
    )
    known = Announcement.objects.filter(subject=Subject.WORK).values("subject_id")
    new = Work.objects.filter(campaign=campaign, status=Status.RELEASED).exclude(pk__in=known)
    state, moment = State.DROPPED if first else State.WAITING, now()
    rows = [
        Announcement(subject=Subject.WORK, subject_id=pk, state=state, found_at=moment)
        for pk in new.order_by("released_at", "pk").values_list("pk", flat=True)
    ]
    reminders = [due.reminder.pk for due in due_reminders() if due.operation.campaign_id == campaign.pk]
    # A window that moved is told again: its reminder was sent once, and is due once more.
    again = Announcement.objects.filter(subject=Subject.OPERATION, subject_id__in=reminders)
    again.filter(state=State.SENT).update(state=State.WAITING)
    rows += [
        Announcement(subject=Subject.OPERATION, subject_id=pk, found_at=moment)
        for pk in reminders
        if not again.filter(subject_id=pk).exists()
    ]
    Announcement.objects.bulk_create(rows, ignore_conflicts=True)
    return 0 if first else len(rows)


@transaction.atomic
def take_due(campaign: Campaign) -> Due | None:
    """Take the next announcement that the law lets out now, marked as being sent; None when none may leave.

    Whatever was recalled or is over is dropped; whatever is frozen stays, with the hour until when.
    """
    queue = Announcement.objects.select_for_update(of=("self",)).filter(
        state__in=[State.WAITING, State.SENDING]
    )
    reminders = {due.reminder.pk: due for due in due_reminders()}
    for one in queue:
        found = _work(campaign, one) if one.subject == Subject.WORK else reminders.get(one.subject_id)
        if found is None:
            if one.subject == Subject.WORK or _is_past(one):
                _close(one, State.DROPPED)
            continue
        if isinstance(found, Work):
            status = release_status(found)
            if status.frozen:
                _hold(one, status)
                continue
        again = one.state == State.SENDING
        one.state, one.held_until = State.SENDING, None
        one.save(update_fields=["state", "held_until"])
        if isinstance(found, Work):
            return Due(one, again, work=found)
        return Due(one, again, reminder=found)
    return None


@transaction.atomic
def close_announcement(due: Due, message: int) -> None:
    """Write down that an announcement stands on the server."""
    announcement = due.announcement
    announcement.message, announcement.sent_at = str(message), now()
    _close(announcement, State.SENT)
    write_audit_line(None, "server.announce", announcement, about=announcement.subject)
    if due.reminder is not None:
        mark_announced(None, [due.reminder.reminder])


@transaction.atomic
def put_back(due: Due) -> None:
    """Write down that Discord refused an announcement for certain: it waits for the next round."""
    _close(due.announcement, State.WAITING)


def _work(campaign: Campaign, one: Announcement) -> Work | None:
    found = Work.objects.filter(pk=one.subject_id, campaign=campaign, status=Status.RELEASED)
    return found.select_related("campaign").prefetch_related("editions", "targets").first()


def _is_past(one: Announcement) -> bool:
    """Whether a reminder says nothing any more: told otherwise, cancelled, or its window closed."""
    row = Reminder.objects.select_related("operation").filter(pk=one.subject_id).first()
    if row is None or row.announced_at is not None or row.operation.status != OperationStatus.PLANNED:
        return True
    return row.operation.is_over(now())


def _hold(one: Announcement, status: LawStatus) -> None:
    if one.held_until != status.until:
        one.held_until = status.until
        one.save(update_fields=["held_until"])


def _close(one: Announcement, state: str) -> None:
    one.state = state
    one.save(update_fields=["state", "sent_at", "message"])
