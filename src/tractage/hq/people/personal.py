"""What is kept about a member, app by app: each app registers how to tell it and how to let it go.

An app has a module `personal` that calls `register`; it is read when Django starts.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tractage.hq.people.models import CalendarKey, Member

ANONYMOUS = "anonyme"


@dataclass(frozen=True)
class Keeper:
    """One app's part: `tell` returns what JSON can hold; `let_go` gets the credit that works keep."""

    name: str
    tell: Callable[[Member], Any]
    let_go: Callable[[Member, str], None]


keepers: dict[str, Keeper] = {}


def register(keeper: Keeper) -> None:
    """Add an app's part; the same name replaces it."""
    keepers[keeper.name] = keeper


def everything_about(member: Member) -> dict[str, Any]:
    """All that the instance holds about a member, by app, ready for JSON."""
    return {name: keeper.tell(member) for name, keeper in sorted(keepers.items())}


def _tell(member: Member) -> dict[str, Any]:
    from tractage.hq.campaigns.models import AuditLine

    lines = AuditLine.objects.filter(actor=member).order_by("id")
    return {
        "pseudonym": member.pseudonym,
        "standing": member.standing,
        "crafts": member.crafts,
        "availability": member.availability,
        "page_open_to_everyone": member.shown,
        "joined_at": member.joined_at.isoformat(),
        "last_login": member.last_login.isoformat() if member.last_login else None,
        "charter": {
            "version": member.charter_version,
            "accepted_at": member.charter_accepted_at.isoformat() if member.charter_accepted_at else None,
        },
        "recovery_codes_left": member.recovery_codes.count(),
        "private_calendar_address": CalendarKey.objects.filter(member=member).exists(),
        "linked_accounts": [
            {"provider": provider, "identifier": uid} for provider, uid in linked_accounts(member)
        ],
        "log": [
            {"at": line.at.isoformat(), "what": line.verb, "on": f"{line.subject} {line.subject_id}"}
            for line in lines.iterator()
        ],
    }


def linked_accounts(member: Member) -> list[tuple[str, str]]:
    """Provider and identifier of each account of elsewhere that opens this one; none when none may."""
    from django.apps import apps

    from tractage.hq.people.models import DiscordAccount

    on_server = DiscordAccount.objects.filter(member=member).values_list("uid", flat=True)
    if not apps.is_installed("allauth.socialaccount"):
        return [("discord", uid) for uid in on_server]
    name: str = "socialaccount.SocialAccount"
    model = apps.get_model(name)
    found = list(model._default_manager.filter(user=member).values_list("provider", "uid"))
    return found + [one for uid in on_server if (one := ("discord", uid)) not in found]


register(Keeper("people", _tell, lambda _member, _credit: None))
