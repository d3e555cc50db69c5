"""What missions hold about a member: their tabs. Those in hand come free when they leave."""

from typing import Any

from tractage.hq.campaigns.clock import now
from tractage.hq.missions.models import Claim, ClaimStatus
from tractage.hq.people.models import Member
from tractage.hq.people.personal import Keeper, register


def _tell(member: Member) -> list[dict[str, Any]]:
    rows = Claim.objects.filter(member=member).select_related("brief").order_by("pk")
    return [
        {
            "mission": claim.brief.title,
            "status": claim.status,
            "taken_at": claim.taken_at.isoformat(),
            "until": claim.until.isoformat(),
            "ended_at": claim.ended_at.isoformat() if claim.ended_at else None,
        }
        for claim in rows
    ]


def _let_go(member: Member, _credit: str) -> None:
    held = Claim.objects.filter(member=member, status=ClaimStatus.HELD)
    held.update(status=ClaimStatus.RELEASED, ended_at=now(), offered_to=None)


register(Keeper("missions", _tell, _let_go))
