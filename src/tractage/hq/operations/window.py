"""The law pack decides the window of an operation: lawful, or refused with the article and what is near."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from tractage.domain.errors import InputError
from tractage.domain.law.calendar import Round
from tractage.domain.law.content import PROPAGANDA
from tractage.domain.law.freeze import Proposal, next_window
from tractage.domain.law.pack import Rule, rule
from tractage.domain.law.windows import LAW, Window, warnings
from tractage.hq.campaigns.clock import now
from tractage.hq.campaigns.models import Campaign
from tractage.hq.campaigns.silence import campaign_rounds
from tractage.hq.people.refusals import Refused

LONGEST = timedelta(days=14)


class WindowRefused(Refused):
    """A window that touches a silence: which rules, in which zones, and the nearest lawful windows."""

    def __init__(self, proposal: Proposal) -> None:
        self.proposal = proposal
        self.rules = tuple(dict.fromkeys(window.rule for window in proposal.reasons))
        self.zones = tuple(dict.fromkeys(window.zone for window in proposal.reasons))
        self.known = all(window.cause == LAW for window in proposal.reasons)
        articles = ", ".join(rule(name).article for name in self.rules)
        if self.known:
            words = _("The window touches the electoral silence (%(articles)s): nothing may be spread then.")
        else:
            words = _(
                "The pack does not know the day of the vote in one of these places: they count as silent "
                "that week (%(articles)s). Enter the dates of the decree, or choose other zones."
            )
        super().__init__(words % {"articles": articles})


def propose(
    campaign: Campaign, zones: Sequence[str], start: datetime, end: datetime, at: datetime | None = None
) -> Proposal:
    """What the law says to an operation from `start` to `end` in `zones`; nothing is proposed before `at`."""
    turns = campaign_rounds(campaign)
    return next_window(PROPAGANDA, turns, tuple(zones), start, end, not_before=at or now())


def check_window(campaign: Campaign, zones: Sequence[str], start: datetime, end: datetime) -> None:
    """Refuse a window that is empty, over, longer than two weeks or not lawful."""
    if end <= start:
        raise Refused(_("The end comes after the start."))
    if end - start > LONGEST:
        raise Refused(_("An operation lasts two weeks at most: make several."))
    if end <= now():
        raise Refused(_("This window is already over."))
    try:
        proposal = propose(campaign, zones, start, end)
    except InputError:
        raise Refused(_("One of these zones is unknown to the law pack: choose them in the list.")) from None
    if not proposal.lawful:
        raise WindowRefused(proposal)


def care(turns: Sequence[Round], zones: Sequence[str], start: datetime, end: datetime) -> list[Rule]:
    """The rules that ask for care in a window without refusing it, each once, the latest to begin first."""
    found: list[Window] = [
        window
        for window in warnings(PROPAGANDA, tuple(turns), tuple(zones))
        if window.since < end and start < window.until
    ]
    found.sort(key=lambda window: window.since, reverse=True)
    return [rule(name) for name in dict.fromkeys(window.rule for window in found)]
