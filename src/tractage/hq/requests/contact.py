"""What a team says about itself: sealed in the database, opened by a coordinator, then removed."""

from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db.models import Q

from tractage.adapters.sealed import Box, load_box
from tractage.hq.campaigns.clock import now
from tractage.hq.campaigns.models import Campaign
from tractage.hq.campaigns.services import write_audit_line
from tractage.hq.campaigns.silence import campaign_rounds
from tractage.hq.requests.models import Stage, TeamRequest

AFTER_SETTLED = timedelta(days=7)
LONGEST = timedelta(days=180)
"""When the pack knows no end to the election."""


def box() -> Box:
    """What seals contacts: its key is a file of the instance, beside the database and not in it."""
    return load_box(Path(settings.TRACTAGE.data_dir) / "keys", "contacts")


def purge() -> int:
    """Remove the contacts that have served: after the last round, or a week after a request is settled."""
    moment, removed = now(), 0
    for campaign in Campaign.objects.filter(team_requests__contact__isnull=False).distinct():
        held = TeamRequest.objects.filter(campaign=campaign, contact__isnull=False)
        if not _is_over(campaign):
            settled = Q(stage__in=[Stage.REFUSED, Stage.CLOSED], settled_at__lt=moment - AFTER_SETTLED)
            held = held.filter(settled | Q(created_at__lt=moment - LONGEST))
        for request in held.iterator():
            TeamRequest.objects.filter(pk=request.pk).update(contact=None)
            write_audit_line(None, "request.purge", request)
            removed += 1
    return removed


def _is_over(campaign: Campaign) -> bool:
    turns = campaign_rounds(campaign)
    if not turns:
        return False
    last = max(turn.day for turn in turns)
    return now().date() > last
