"""What a notice shows of a brief: its paper, its tabs, its places, in words."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tractage.domain.elections.seats import seat
from tractage.hq.missions.models import Brief
from tractage.hq.missions.selectors import Notice, Tabs
from tractage.hq.people.models import Member
from tractage.hq.people.rules import allowed
from tractage.web.templatetags.words import hour, rank, short_seat

PAPERS = ("canari", "menthe", "saumon", "ciel", "lilas")
MOST_DRAWN = 12


@dataclass(frozen=True)
class Shown:
    """A notice ready for its template; `tabs`: true for one that is still there."""

    brief: Brief
    paper: str
    tabs: tuple[bool, ...]
    counted: str
    why: str
    can_take: bool


def shown(notices: list[Notice], member: Member, held: set[int], offset: int = 0) -> list[Shown]:
    """The notices of a page; `held`: the briefs of which the member has a tab."""
    return [
        Shown(
            one.brief,
            PAPERS[(offset + number) % len(PAPERS)],
            drawn(one.tabs),
            counted(one.tabs),
            why(one),
            bool(one.tabs.left)
            and one.brief.pk not in held
            and allowed(member, "missions.claim_brief", one.brief),
        )
        for number, one in enumerate(notices)
    ]


def drawn(tabs: Tabs) -> tuple[bool, ...]:
    """Twelve tabs at most, torn in proportion; one is left as long as one can be taken."""
    number = min(tabs.wanted, MOST_DRAWN)
    left = round(number * tabs.left / tabs.wanted)
    if tabs.left and not left:
        left = 1
    torn = number - left
    # Spread by a step prime to the number, so that tabs go here and there as on a real wall.
    step = next(step for step in (5, 3, 7, 2, 1) if number % step or step == 1)
    gone = {(place * step + 1) % number for place in range(torn)}
    return tuple(place not in gone for place in range(number))


def counted(tabs: Tabs) -> str:
    """« 3 versions sur 7 », and how many people are on it."""
    words = ngettext("%(made)s version of %(wanted)s", "%(made)s versions of %(wanted)s", tabs.made) % {
        "made": tabs.made,
        "wanted": tabs.wanted,
    }
    if tabs.held:
        on_it = ngettext("%(held)s in hand", "%(held)s in hand", tabs.held) % {"held": tabs.held}
        return f"{words}, {on_it}"
    return words


def why(notice: Notice) -> str:
    """Why the notice stands here: the seat's place, and what the wall already has."""
    place = notice.priority
    if not place.seat or place.rank is None:
        return ""
    if not place.works:
        return _("%(rank)s closest seat, nothing on the wall yet.") % {"rank": rank(place.rank)}
    works = ngettext("%(number)s work on the wall", "%(number)s works on the wall", place.works)
    return _("%(rank)s closest seat, %(works)s.") % {
        "rank": rank(place.rank),
        "works": works % {"number": place.works},
    }


def places(brief: Brief) -> list[tuple[str, str, str]]:
    """Code, name of the seat and candidate of each target."""
    return [(one.seat, short_seat(seat(one.seat)), one.candidate) for one in brief.targets.all()]


def until(brief: Brief) -> str:
    """« avant dimanche 18 avril, 20 h 00 », or nothing."""
    return _("before %(hour)s") % {"hour": hour(brief.deadline)} if brief.deadline else ""
