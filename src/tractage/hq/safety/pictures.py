"""Known pictures: fingerprints of pictures that were removed; no picture is ever kept."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from tractage.domain.guard.decisions import Action
from tractage.domain.guard.pictures import OWN, KnownPicture
from tractage.hq.campaigns.clock import now
from tractage.hq.people.models import Member
from tractage.hq.people.refusals import Refused
from tractage.hq.people.rules import require
from tractage.hq.safety.guard_models import KnownPictureRow, RuleAction
from tractage.hq.safety.journal import write_safety_line

KEPT_DAYS = 365


@transaction.atomic
def remember_picture(
    actor: Member | None, fingerprint: bytes, reason: str, action: str = RuleAction.REMOVE, origin: str = OWN
) -> KnownPictureRow:
    """Keep the fingerprint of a picture that was removed, for a year."""
    require(actor, "safety.write_rules")
    if not 8 <= len(fingerprint) <= 64 or not reason.strip():
        raise Refused(_("A known picture is a fingerprint and the reason of its removal."))
    if action not in RuleAction.values:
        raise Refused(_("Choose among the actions of the list."))
    row, _made = KnownPictureRow.objects.update_or_create(
        fingerprint=fingerprint.hex(),
        origin=origin[:60],
        defaults={
            "reason": reason.strip()[:120],
            "action": action,
            "by": actor,
            "at": now(),
            "expires_at": now() + timedelta(days=KEPT_DAYS),
        },
    )
    write_safety_line(actor, "picture.remember", row, rule_action=action)
    return row


@transaction.atomic
def forget_picture(actor: Member | None, row: KnownPictureRow) -> None:
    """Let a fingerprint go: the picture was fine."""
    require(actor, "safety.write_rules")
    write_safety_line(actor, "picture.forget", row)
    row.delete()


def known_pictures() -> list[KnownPicture]:
    """The fingerprints in force, as the guard's patrol takes them."""
    rows = KnownPictureRow.objects.filter(Q(expires_at=None) | Q(expires_at__gt=now()))
    return [
        KnownPicture(bytes.fromhex(row.fingerprint), row.reason, row.origin, Action(row.action))
        for row in rows
    ]
