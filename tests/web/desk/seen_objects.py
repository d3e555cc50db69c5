"""What the permission matrix needs of sightings: a visitor's, a member's, a drawn search, an estimate."""

from typing import Any

from django.core import signing


def seen_objects(campaign: Any, holder: Any, work: Any) -> dict[str, Any]:
    """A post that `holder` logged, a search in their hands, a visitor's sighting, an estimate open to all."""
    from tractage.hq.campaigns.clock import now
    from tractage.hq.sightings.audits import draw_round, take_task
    from tractage.hq.sightings.models import ReachRun
    from tractage.hq.sightings.services import Seen, log_sighting
    from tractage.web.public.sightings.pages import SEEN

    link = "https://www.tiktok.com/@quelquun/video/7301234567890123456"
    mine = log_sighting(holder, campaign, Seen(link=link, work=work))
    visitors = log_sighting(None, campaign, Seen(link="https://x.com/i/status/123456789"))
    draw_round(None, campaign, "graine", 2, ["x"])
    task = take_task(holder, campaign)
    empty = {"platforms": [], "lists": []}
    run = ReachRun.objects.create(
        campaign=campaign, scope="campaign", fingerprint="0" * 64, status="done", asked_at=now(),
        until=now(), finished_at=now(), result=empty, shown=True, left_out={}, table="post\n",
    )  # fmt: skip
    return {
        "sighting": mine.pk,
        "post_seen": mine.post_id,
        "seen_token": signing.dumps(visitors.pk, salt=SEEN),
        "audit_task": task.pk,
        "reach_run": run.pk,
    }
