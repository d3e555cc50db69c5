"""The private address of a member's calendar: unguessable, shown once, taken back by one button."""

import hashlib
from secrets import token_urlsafe

from django.db import transaction

from tractage.hq.campaigns.services import write_audit_line
from tractage.hq.people.models import CalendarKey, Member
from tractage.hq.people.rules import require

BYTES = 24
"""192 random bits: nobody finds an address by trying."""


def fingerprint(secret: str) -> str:
    """What is kept of an address."""
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def make_calendar_key(actor: Member, member: Member) -> str:
    """A new secret for the member's calendar; the one before no longer opens anything."""
    require(actor, "people.keep_own_account", member)
    secret = token_urlsafe(BYTES)
    CalendarKey.objects.update_or_create(member=member, defaults={"fingerprint": fingerprint(secret)})
    write_audit_line(actor, "calendar.open", member)
    return secret


@transaction.atomic
def remove_calendar_key(actor: Member, member: Member) -> None:
    """Close the private calendar; whoever has the address gets nothing from now on."""
    require(actor, "people.keep_own_account", member)
    removed, _rows = CalendarKey.objects.filter(member=member).delete()
    if removed:
        write_audit_line(actor, "calendar.close", member)


def member_of_calendar(secret: str) -> Member | None:
    """Whose calendar an address opens; None when it is nobody's any more."""
    key = CalendarKey.objects.filter(fingerprint=fingerprint(secret)).select_related("member").first()
    return key.member if key and key.member.is_active else None


def has_calendar_key(member: Member) -> bool:
    """Whether a private address is open."""
    return CalendarKey.objects.filter(member=member).exists()
