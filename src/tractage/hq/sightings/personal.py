"""What sightings hold about a member: what they logged. Their screenshots go with them."""

from typing import Any

from tractage.hq.people.models import Member
from tractage.hq.people.personal import Keeper, register
from tractage.hq.sightings.keeping import drop_proof
from tractage.hq.sightings.kinds import TaskStatus
from tractage.hq.sightings.models import AuditTask, Reading, Sighting


def _tell(member: Member) -> dict[str, Any]:
    sightings = Sighting.objects.filter(member=member).select_related("post", "work").order_by("pk")
    return {
        "seen": [
            {
                "platform": one.post.platform,
                "address": one.post.url,
                "list": one.how,
                "work": one.work.title if one.work else None,
                "state": one.state,
                "query": one.query,
                "screenshot_kept": bool(one.proof),
                "at": one.at.isoformat(),
            }
            for one in sightings
        ],
        "views_read": [
            {"platform": one.post.platform, "views": one.views, "day": one.day.isoformat()}
            for one in Reading.objects.filter(member=member).select_related("post").order_by("pk")
        ],
        "searches": [
            {"platform": one.platform, "subject": one.subject, "status": one.status}
            for one in AuditTask.objects.filter(member=member).order_by("pk")
        ],
    }


def _let_go(member: Member, _credit: str) -> None:
    for one in Sighting.objects.filter(member=member).exclude(proof=""):
        drop_proof(one)
    AuditTask.objects.filter(member=member, status=TaskStatus.TAKEN).update(
        status=TaskStatus.OPEN, member=None, until=None
    )


register(Keeper("sightings", _tell, _let_go))
