"""What works hold about a member: a credit line, which stays as the person chooses when they leave."""

from typing import Any

from tractage.hq.campaigns.services import touch_campaign
from tractage.hq.library.models import Review, Share, Work
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


def _tell_reviews(member: Member) -> list[dict[str, Any]]:
    return [
        {
            "work": review.work.title,
            "proof": review.proof,
            "verdict": review.verdict,
            "points": review.points,
            "feedback": review.feedback,
            "at": review.at.isoformat(),
        }
        for review in Review.objects.filter(reviewer=member).select_related("work").order_by("pk")
    ]


def _let_go_of_reviews(_member: Member, _credit: str) -> None:
    """The words stay with the work; the account's removal takes the name off them."""


def _tell_shares(member: Member) -> list[dict[str, Any]]:
    return [
        {
            "work": share.work.title,
            "platform": share.platform,
            "address": share.address,
            "at": share.at.isoformat(),
        }
        for share in Share.objects.filter(member=member).select_related("work").order_by("pk")
    ]


def _let_go_of_shares(member: Member, _credit: str) -> None:
    """That a work was posted stays; who did and where goes."""
    Share.objects.filter(member=member).update(member=None, address="", shingles=[])


def _let_go(member: Member, credit: str) -> None:
    works = Work.objects.filter(author=member)
    campaigns = {work.campaign for work in works.select_related("campaign")}
    works.update(credit=credit)
    for campaign in campaigns:
        touch_campaign(campaign)


register(Keeper("works", _tell, _let_go))
register(Keeper("reviews", _tell_reviews, _let_go_of_reviews))
register(Keeper("shares", _tell_shares, _let_go_of_shares))
