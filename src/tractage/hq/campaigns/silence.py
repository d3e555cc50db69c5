"""What the law pack says to this campaign, now."""

from datetime import datetime

from tractage.domain.errors import InputError
from tractage.domain.law.calendar import Round, rounds
from tractage.domain.law.content import PROPAGANDA, Content
from tractage.domain.law.freeze import Status, status
from tractage.domain.law.zones import everywhere
from tractage.hq.campaigns.clock import now
from tractage.hq.campaigns.models import Campaign


def campaign_rounds(campaign: Campaign) -> tuple[Round, ...]:
    """The rounds of the campaign's election; none when the pack does not know it, which counts as frozen."""
    try:
        return rounds(campaign.election)
    except InputError:
        return ()


def freeze(
    campaign: Campaign,
    content: Content = PROPAGANDA,
    zones: tuple[str, ...] | None = None,
    at: datetime | None = None,
) -> Status:
    """Whether `content` may reach the public of `zones` (everywhere when None) at `at` (the clock's hour)."""
    return status(content, campaign_rounds(campaign), zones or everywhere(), at or now())


def coming_round(campaign: Campaign, at: datetime | None = None) -> Round | None:
    """The next round to be voted, the one of today included; None once the election is over."""
    today = (at or now()).date()
    return next((turn for turn in campaign_rounds(campaign) if turn.day >= today), None)
