"""What leaves on its day: texts, words of reports, quiet accounts, expired entries, names in the log."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q

from tractage.domain.guard.appeals import Outcome
from tractage.hq.campaigns.clock import now
from tractage.hq.safety.guard_settings import guard_settings
from tractage.hq.safety.journal import expire_log
from tractage.hq.safety.models import (
    Account,
    Appeal,
    Call,
    Incident,
    KnownPictureRow,
    ListedMember,
    Report,
    ShadowHit,
    State,
)


@transaction.atomic
def expire_safety_data() -> int:
    """Let go of everything whose day has come; returns how many rows changed."""
    moment, settings = now(), guard_settings()
    old = moment - timedelta(days=settings.incident_days)
    number = Incident.objects.filter(sealed_until__lte=moment).exclude(sealed="").update(sealed="")
    number += (
        Report.objects.filter(sealed_until__lte=moment)
        .exclude(sealed="", sealed_subject="")
        .update(sealed="", sealed_subject="")
    )
    number += (
        ShadowHit.objects.filter(at__lte=moment - timedelta(days=settings.text_days))
        .exclude(sealed="")
        .update(sealed="")
    )
    number += (
        Appeal.objects.exclude(outcome=Outcome.OPEN.value)
        .filter(decided_at__lte=old)
        .exclude(sealed="")
        .update(sealed="")
    )
    number += Incident.objects.filter(at__lte=old, sanctions=None).exclude(state=State.OPEN).delete()[0]
    number += ListedMember.objects.filter(expires_at__lte=moment).delete()[0]
    number += KnownPictureRow.objects.filter(expires_at__lte=moment).delete()[0]
    number += Call.objects.filter(done_at__lte=old).update(discord_ids=[])
    quiet = Account.objects.filter(seen_at__lte=old, member=None, sanctions=None, incidents=None)
    number += quiet.filter(Q(reports=None) & Q(reported=None)).delete()[0]
    return number + expire_log()
