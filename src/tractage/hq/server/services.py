"""Writes about the server: what stands there, and the announcements, each sent once."""

from dataclasses import dataclass

from django.db import transaction

from tractage.domain.law.freeze import Status as LawStatus
from tractage.hq.campaigns.clock import now
from tractage.hq.campaigns.models import Campaign
from tractage.hq.campaigns.services import write_audit_line
from tractage.hq.library.legal import release_status
from tractage.hq.library.models import Status, Work
from tractage.hq.server.models import Announcement, Piece, State, Subject

BEGUN = "announcements"
"""Key of the piece that says that the bot has looked once: what was public before is not announced."""


@dataclass(frozen=True)
class Due:
    """An announcement that may leave now; `again`: it may have left already, before a restart."""

    announcement: Announcement
    work: Work
    again: bool


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
    """Queue the released works that nobody announced; those from before the first look are not news."""
    _piece, first = Piece.objects.get_or_create(
        kind="message", key=BEGUN, defaults={"number": "0", "made": False}
    )
    known = Announcement.objects.filter(subject=Subject.WORK).values("subject_id")
    new = Work.objects.filter(campaign=campaign, status=Status.RELEASED).exclude(pk__in=known)
    state = State.DROPPED if first else State.WAITING
    rows = [
        Announcement(subject=Subject.WORK, subject_id=pk, state=state, found_at=now())
        for pk in new.order_by("released_at", "pk").values_list("pk", flat=True)
    ]
    Announcement.objects.bulk_create(rows, ignore_conflicts=True)
    return 0 if first else len(rows)


@transaction.atomic
def take_due(campaign: Campaign) -> Due | None:
    """Take the next announcement that the law lets out now, marked as being sent; None when none may leave.

    Whatever was recalled meanwhile is dropped; whatever is frozen stays, with the hour until when.
    """
    queue = Announcement.objects.select_for_update(of=("self",)).filter(
        state__in=[State.WAITING, State.SENDING]
    )
    for one in queue:
        work = Work.objects.filter(pk=one.subject_id, campaign=campaign).select_related("campaign").first()
        if work is None or work.status != Status.RELEASED:
            _close(one, State.DROPPED)
            continue
        status = release_status(work)
        if status.frozen:
            _hold(one, status)
            continue
        again = one.state == State.SENDING
        one.state, one.held_until = State.SENDING, None
        one.save(update_fields=["state", "held_until"])
        return Due(one, work, again)
    return None


@transaction.atomic
def close_announcement(announcement: Announcement, message: int) -> None:
    """Write down that an announcement stands on the server."""
    announcement.message, announcement.sent_at = str(message), now()
    _close(announcement, State.SENT)
    write_audit_line(None, "server.announce", announcement, about=announcement.subject)


@transaction.atomic
def put_back(announcement: Announcement) -> None:
    """Write down that Discord refused an announcement for certain: it waits for the next round."""
    _close(announcement, State.WAITING)


def _hold(one: Announcement, status: LawStatus) -> None:
    if one.held_until != status.until:
        one.held_until = status.until
        one.save(update_fields=["held_until"])


def _close(one: Announcement, state: str) -> None:
    one.state = state
    one.save(update_fields=["state", "sent_at", "message"])
