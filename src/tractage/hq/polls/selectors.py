"""Reads about polls."""

from tractage.hq.campaigns.models import Campaign
from tractage.hq.polls.models import PollTable, PollTrend


def shown_table(campaign: Campaign) -> PollTable | None:
    """The table that everyone may read, or None."""
    return PollTable.objects.filter(campaign=campaign, shown=True).first()


def trends_of(table: PollTable) -> list[PollTrend]:
    """Its line-ups without their drawings, the current ones first."""
    return list(table.trends.defer("drawing"))


def chosen_trend(found: list[PollTrend], line_up: str) -> PollTrend | None:
    """The trend of a line-up; the first, which is the current one, when none is asked for or known."""
    return next((one for one in found if one.line_up == line_up), found[0] if found else None)
