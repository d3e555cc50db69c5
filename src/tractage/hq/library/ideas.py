"""Ideas for a caption, to be rewritten: plain sentences around what is known of a work, never generated."""

from django.utils import dateformat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tractage.domain.elections.seats import seat
from tractage.hq.campaigns.models import Campaign
from tractage.hq.campaigns.ranking import seat_history
from tractage.hq.campaigns.silence import coming_round
from tractage.hq.library.models import Kind, Work

MOST = 3


def caption_ideas(work: Work) -> list[str]:
    """At most three ideas: what the work says, what is known of its seat, and one that waits for its end."""
    ideas = []
    if work.summary:
        summary = work.summary.rstrip()
        ideas.append(_("%(summary)s And you, what do you make of it?") % {"summary": _ended(summary)})
    elif work.kind == Kind.TEXT and work.body:
        ideas.append(_("Someone wrote this down better than I would have: here is what it made me think of."))
    targets = [target.seat for target in work.targets.all()]
    if targets and (fact := _seat_fact(work.campaign, targets[0])):
        ideas.append(fact)
    ideas.append(_unfinished(work.campaign))
    return ideas[:MOST]


def hashtags(campaign: Campaign) -> str:
    """The campaign's hashtags on one line."""
    return " ".join(f"#{word.lstrip('#')}" for word in campaign.hashtags)


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith((".", "!", "?", "…")) else f"{sentence}."


def _seat_fact(campaign: Campaign, code: str) -> str:
    """How close the last election was there, between the two first, whoever they were."""
    years = seat_history(campaign, code)
    if not years:
        return ""
    last = years[-1]
    sentence = ngettext(
        "%(seat)s: %(votes)s vote apart in %(year)s. How many people do you know there?",
        "%(seat)s: %(votes)s votes apart in %(year)s. How many people do you know there?",
        last.gap,
    )
    label = seat(code).label.replace(" circonscription", "")
    return sentence % {"seat": label, "votes": last.gap, "year": last.election.first_day.year}


def _unfinished(campaign: Campaign) -> str:
    coming = coming_round(campaign)
    if coming is None:
        return _("If I pass you this one, it is because…")
    day = dateformat.format(coming.day, "l j F")
    return _("On %(day)s people vote. If I pass you this one, it is because…") % {"day": day}
