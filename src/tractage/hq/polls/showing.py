"""When polls may be shown: never on the eve and the day of a round that the law pack knows, in any zone."""

from datetime import datetime

from tractage.domain.law.calendar import elections
from tractage.domain.law.content import Content, Kind
from tractage.domain.law.freeze import Status, status
from tractage.domain.law.zones import everywhere
from tractage.hq.campaigns.clock import now
from tractage.hq.campaigns.models import Campaign
from tractage.hq.campaigns.silence import freeze

POLL = Content.of(Kind.POLL)


def polls_status(campaign: Campaign, at: datetime | None = None) -> Status:
    """Whether polls are frozen at `at`: by the campaign's election, or by any other of the pack.

    A poll speaks to the whole country and abroad, so every zone counts. Source: loi 77-808, art. 11.
    """
    moment = at or now()
    own = freeze(campaign, POLL, at=moment)
    if own.frozen:
        return own
    for name, election in elections().items():
        if name != campaign.election:
            other = status(POLL, election.rounds, everywhere(), moment)
            if other.frozen:
                return other
    return own
