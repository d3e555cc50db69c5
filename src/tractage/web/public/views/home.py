"""The home page: how far, where, and what is on the wall tonight."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localtime

from tractage.domain.elections.catalogue import election
from tractage.hq.campaigns.clock import now
from tractage.hq.campaigns.models import Campaign
from tractage.hq.campaigns.ranking import EXPECTED, RankedSeat, campaign_pack, last_pivots, ranked_seats
from tractage.hq.campaigns.silence import coming_round
from tractage.hq.library.selectors import public_works, works_by_seat
from tractage.web.campaign import served
from tractage.web.pages import kept
from tractage.web.public.map import seat_map
from tractage.web.public.tiles import tiles

SHELF, TABLE = 8, 20


@dataclass(frozen=True)
class Countdown:
    """Days to the next round."""

    number: int
    day: date
    days: int


@kept
def home(request: HttpRequest) -> HttpResponse:
    campaign = served(request)
    ranked = ranked_seats(campaign)
    works = public_works(campaign)
    counts = works_by_seat(campaign)
    gaps = [abs(pivot.margin) for pivot in last_pivots(campaign).values()]
    return render(
        request,
        "public/home.html",
        {
            "countdown": countdown(campaign),
            "bloc": campaign_pack(campaign, campaign.results).bloc(campaign.bloc),
            "map": seat_map(campaign),
            "expected": campaign.method == EXPECTED,
            "year": election(campaign.results).first_day.year,
            "close": sum(gap < campaign.within // 2 for gap in gaps),
            "closest": campaign.within // 2,
            "pivots": sum(gap < campaign.within for gap in gaps),
            "rows": closest_rows(ranked[:TABLE], counts),
            "shelf": tiles(works[:SHELF]),
            "number_of_works": works.count(),
        },
    )


def closest_rows(
    ranked: Sequence[RankedSeat], counts: Mapping[str, int]
) -> list[tuple[RankedSeat, int, int]]:
    """Each seat with its number of works and the length of its bar, in hundredths of the longest."""
    longest = max((one.gap or 0 for one in ranked), default=0) or 1
    return [
        (one, counts.get(one.seat.code, 0), max(1, round(100 * (one.gap or 0) / longest))) for one in ranked
    ]


def countdown(campaign: Campaign) -> Countdown | None:
    """The next round and the days until it; None once the election is over."""
    turn = coming_round(campaign)
    if turn is None:
        return None
    return Countdown(turn.number, turn.day, (turn.day - localtime(now()).date()).days)
