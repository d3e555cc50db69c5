"""The operation a community starts with: an evening soon, lawful everywhere, from the words of the plan."""

from datetime import timedelta

from django.utils.timezone import localtime

from tractage.domain.law.zones import everywhere
from tractage.hq.campaigns.clock import now
from tractage.hq.campaigns.models import Campaign
from tractage.hq.library.models import Status, Work
from tractage.hq.operations.express import model_operations
from tractage.hq.operations.models import Operation
from tractage.hq.operations.services import OperationContent, plan_operation
from tractage.hq.operations.window import propose

SOON = timedelta(days=4)
MOST_WORKS = 4


def starter_operation(campaign: Campaign) -> Operation | None:
    """Plan the first evening, run by the operator (demo, a new community).

    None when an operation exists already, or when the law leaves no window.
    """
    if Operation.objects.filter(campaign=campaign).exists():
        return None
    words = model_operations()[0]
    start = (localtime(now()) + SOON).replace(hour=words["hour"], minute=0, second=0, microsecond=0)
    end = start + timedelta(minutes=words["minutes"])
    found = propose(campaign, everywhere(), start, end)
    span = found.nearest
    if span is None or span.since is None or span.until is None:
        return None
    works = Work.objects.filter(campaign=campaign, status=Status.RELEASED)[:MOST_WORKS]
    content = OperationContent(
        title=words["title"],
        goal=words["goal"],
        starts_at=span.since,
        ends_at=span.until,
        slogan=next((f"#{tag.lstrip('#')}" for tag in campaign.hashtags), ""),
        do=words["do"],
        dont=words["dont"],
        works=list(works),
    )
    return plan_operation(None, campaign, content, steps=words["steps"])
