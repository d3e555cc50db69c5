"""What works hold about a member: a credit line, which stays as the person chooses when they leave."""

from typing import Any

from tractage.hq.campaigns.services import touch_campaign
from tractage.hq.library.models import Work
from tractage.hq.people.models import Member
from tractage.hq.people.personal import Keeper, register


def _tell(member: Member) -> list[dict[str, Any]]:
    return [
        {
            "title": work.title,
            "kind": work.kind,
            "status": work.status,
            "credit": work.credit,
            "licence": work.licence,
            "rights": work.rights,
            "created_at": work.created_at.isoformat(),
            "released_at": work.released_at.isoformat() if work.released_at else None,
        }
        for work in Work.objects.filter(author=member).order_by("pk")
    ]


def _let_go(member: Member, credit: str) -> None:
    works = Work.objects.filter(author=member)
    campaigns = {work.campaign for work in works.select_related("campaign")}
    works.update(credit=credit)
    for campaign in campaigns:
        touch_campaign(campaign)


register(Keeper("works", _tell, _let_go))
