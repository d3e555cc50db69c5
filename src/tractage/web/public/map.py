"""The hex map of the home page: what it says of each seat, drawn once and kept."""

from dataclasses import dataclass
from functools import lru_cache

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tractage.domain.elections.catalogue import election
from tractage.domain.elections.hexmap import layout
from tractage.domain.elections.hexmap_svg import INSET_NAME, ROW_NAMES, Mark, draw
from tractage.domain.elections.pivots import ObservedPivot
from tractage.domain.elections.seats import Seat, all_seats
from tractage.hq.campaigns.models import Campaign
from tractage.hq.campaigns.ranking import EXPECTED, RankedSeat, last_pivots, ranked_seats
from tractage.web.templatetags.words import grouped, size

FAR = 2.5  # the third band reaches this many times the votes that make a pivot
RANKS = (50, 100, 200)


@dataclass(frozen=True)
class Band:
    """One colour of the map: its class, how many seats have it, and what it means."""

    tone: str
    number: int
    label: str


@dataclass(frozen=True)
class SeatMap:
    """The drawing and its key."""

    svg: SafeString
    bands: tuple[Band, ...]


def seat_map(campaign: Campaign) -> SeatMap:
    """The map of the campaign's ranking, in the language of the page."""
    return _draw(
        ranked_seats(campaign),
        _pivots(campaign),
        campaign.method == EXPECTED,
        campaign.within,
        election(campaign.results).first_day.year,
        get_language() or "fr",
    )


def _pivots(campaign: Campaign) -> tuple[ObservedPivot, ...]:
    return tuple(last_pivots(campaign).values())


@lru_cache(maxsize=8)
def _draw(
    ranked: tuple[RankedSeat, ...],
    pivots: tuple[ObservedPivot, ...],
    expected: bool,
    within: int,
    year: int,
    language: str,
) -> SeatMap:
    ranks = {one.seat.code: one.rank for one in ranked} if expected else {}
    by_seat = {pivot.seat: pivot for pivot in pivots}
    marks: dict[str, Mark] = {}
    numbers = dict.fromkeys(("c1", "c2", "c3", "c0"), 0)
    for seat in all_seats():
        pivot = by_seat.get(seat.code)
        tone = _rank_tone(ranks.get(seat.code)) if expected else _gap_tone(pivot, within)
        numbers[tone] += 1
        label = _label(seat, pivot, ranks.get(seat.code), year)
        marks[seat.code] = Mark(tone, label, reverse("seat", args=[seat.code]))
    drawing = draw(
        layout(),
        marks,
        title=_("The 577 seats"),
        desc=_("One hexagon a seat, each a link. The table further down gives the figures of the closest."),
        row_names=ROW_NAMES,
        inset_name=INSET_NAME if language == "fr" else _("Paris and its ring, magnified"),
    )
    labels = _rank_labels() if expected else _gap_labels(within)
    bands = tuple(Band(tone, numbers[tone], label) for tone, label in labels.items())
    return SeatMap(mark_safe(drawing), bands)  # noqa: S308 - made by the domain, its texts are escaped there


def _gap_tone(pivot: ObservedPivot | None, within: int) -> str:
    gap = abs(pivot.margin) if pivot else None
    if gap is None or gap >= FAR * within:
        return "c0"
    return "c1" if gap < within / 2 else "c2" if gap < within else "c3"


def _rank_tone(rank: int | None) -> str:
    if rank is None or rank > RANKS[2]:
        return "c0"
    return "c1" if rank <= RANKS[0] else "c2" if rank <= RANKS[1] else "c3"


def _gap_labels(within: int) -> dict[str, str]:
    under = _("under %(votes)s votes")
    return {
        "c1": under % {"votes": grouped(within // 2)},
        "c2": under % {"votes": grouped(within)},
        "c3": under % {"votes": grouped(int(FAR * within))},
        "c0": _("further, or no finalist"),
    }


def _rank_labels() -> dict[str, str]:
    upto = _("the first %(number)s")
    labels = {tone: upto % {"number": rank} for tone, rank in zip(("c1", "c2", "c3"), RANKS, strict=True)}
    return labels | {"c0": _("the others")}


def _label(seat: Seat, pivot: ObservedPivot | None, rank: int | None, year: int) -> str:
    place = seat.label.replace(" circonscription", "")
    said = ""
    if pivot and pivot.won:
        said = _("won by %(votes)s votes in %(year)s") % {"votes": size(pivot.margin), "year": year}
    elif pivot:
        said = _("lost by %(votes)s votes in %(year)s") % {"votes": size(pivot.margin), "year": year}
    if rank:
        said = ", ".join(filter(None, [_("number %(rank)s") % {"rank": rank}, said]))
    return f"{place}{_(':')} {said}" if said else place
