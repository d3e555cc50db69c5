"""The chained log: one line for each write of safety, and the check that finds a changed byte."""

import secrets
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from django.db import models, transaction

from tractage.domain.guard.audit import Anchor, Entry, Fault, next_entry, verify
from tractage.hq.campaigns.clock import now
from tractage.hq.campaigns.services import write_audit_line
from tractage.hq.people.models import Member
from tractage.hq.people.rules import require
from tractage.hq.safety.log_models import LogEnd, LogLine

PERSONAL_DAYS = 180
"""How long the words and names of a line stay; its facts stay for good."""


def write_safety_line(
    actor: Member | None,
    action: str,
    subject: models.Model,
    *,
    personal: Mapping[str, Any] | None = None,
    by: str = "",
    **facts: Any,
) -> LogLine:
    """Add a line to the chain, and to the headquarters' log, inside the caller's transaction.

    `facts` hold identifiers and figures alone; words and names of people go into `personal`. Without an actor
    it is the guard, or the operator's command, or `by`: a person under guard, a visitor.
    """
    write_audit_line(actor, f"safety.{action}", subject, **facts)
    moment = now()
    # The end's row is the lock: two writers never follow the same line.
    end, _made = LogEnd.objects.select_for_update(of=("self",)).get_or_create(pk=1)
    last = LogLine.objects.filter(number=end.length - 1).first() if end.length else None
    entry = next_entry(
        last.entry if last else None,
        at=max(moment.timestamp(), last.at if last else 0.0),
        actor=f"member:{actor.pk}" if actor is not None else by or "guard",
        action=action,
        subject=f"{subject._meta.label_lower}:{subject.pk}",
        facts=facts,
        personal=personal or None,
        salt=secrets.token_bytes(16),
        expires=(moment + timedelta(days=PERSONAL_DAYS)).timestamp() if personal else None,
    )
    line = LogLine.objects.create(**entry._asdict())
    LogEnd.objects.filter(pk=1).update(length=entry.number + 1, hash=entry.hash)
    return line


def log_end() -> Anchor:
    """What to write down elsewhere, so that a cut-off end is noticed."""
    end = LogEnd.objects.filter(pk=1).first()
    return Anchor(end.length, end.hash) if end else Anchor(0, LogEnd().hash)


def verify_log(actor: Member | None, noted: Anchor | None = None) -> list[Fault]:
    """Read the whole chain; returns its faults. noted: an end that somebody wrote down earlier."""
    require(actor, "safety.see_desk")
    moment = now().timestamp()
    faults = verify(_entries(), moment, log_end())
    if noted is not None and noted != log_end():
        faults += [one for one in verify(_entries(), moment, noted) if one not in faults]
    return faults


@transaction.atomic
def expire_log() -> int:
    """Let go of the personal data whose day has come; the chain still verifies."""
    due = LogLine.objects.filter(expires__lte=now().timestamp(), personal__isnull=False)
    return due.update(personal=None, salt=None)


def _entries() -> Iterator[Entry]:
    for line in LogLine.objects.order_by("number").iterator(chunk_size=2000):
        yield line.entry
