"""The 577 seats, and the page of one."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from tractage.domain.elections.catalogue import election
from tractage.domain.elections.results import Candidacy, RoundResult
from tractage.domain.elections.seats import Seat, all_seats, seat
from tractage.domain.errors import InputError
from tractage.hq.campaigns.models import Campaign
from tractage.hq.campaigns.ranking import (
    SeatYear,
    campaign_pack,
    last_pivots,
    ranked_seat,
    seat_history,
    seats_by_department,
)
from tractage.hq.library.selectors import GalleryFilter, gallery, works_by_seat
from tractage.web.campaign import served
from tractage.web.pages import kept
from tractage.web.public.charts import history_chart
from tractage.web.public.quantities import in_people
from tractage.web.public.tiles import tiles

SHELF = 12


@dataclass(frozen=True)
class CandidateRow:
    """A candidate in a round, as the table shows it."""

    candidacy: Candidacy
    share: float
    own: bool
    rank: int


@kept
def index(request: HttpRequest) -> HttpResponse:
    """Every seat by department; a text narrows the list to departments and codes that hold it."""
    campaign = served(request)
    asked = request.GET.get("q", "").strip()
    if asked and len(found := _matching(asked)) == 1:
        return redirect("seat", code=found[0].code)
    wanted = {one.code for one in _matching(asked)} if asked else None
    gaps = {code: abs(pivot.margin) for code, pivot in last_pivots(campaign).items()}
    counts = works_by_seat(campaign)
    departments = [
        (name, seats[0].department, [(one, gaps.get(one.code), counts.get(one.code, 0)) for one in kept])
        for name, seats in seats_by_department().items()
        if (kept := [one for one in seats if wanted is None or one.code in wanted])
    ]
    return render(
        request,
        "public/seats.html",
        {
            "departments": departments,
            "asked": asked,
            "within": campaign.within,
            "year": election(campaign.results).first_day.year,
        },
    )


def _matching(asked: str) -> list[Seat]:
    text = _plain(asked)
    code = asked.strip().upper()
    return [one for one in all_seats() if (text and text in _plain(one.label)) or one.code.startswith(code)]


def _plain(text: str) -> str:
    """Letters and digits alone, without accents: « Val d’Oise 1 » finds « Val-d’Oise, 1ʳᵉ »."""
    import unicodedata

    return "".join(filter(str.isalnum, unicodedata.normalize("NFKD", text.casefold())))


@kept
def seat_page(request: HttpRequest, code: str) -> HttpResponse:
    campaign = served(request)
    try:
        found = seat(code.upper())
    except InputError:
        raise Http404("no such seat") from None
    if found.code != code:
        return redirect("seat", code=found.code, permanent=True)
    years = seat_history(campaign, code)
    last = years[-1] if years else None
    neighbours = [one for one in seats_by_department()[found.department_name] if one.code != code]
    return render(
        request,
        "public/seat.html",
        {
            "seat": found,
            "years": years,
            "last": last,
            "image": in_people(last.gap) if last else "",
            "tipping": last.gap // 2 + 1 if last else 0,
            "bloc": campaign_pack(campaign, campaign.results).bloc(campaign.bloc),
            "ranked": ranked_seat(campaign, code),
            "pivot": last_pivots(campaign).get(code),
            "chart": history_chart(years),
            "rounds": [(held, candidates(campaign, last, held)) for held in reversed(last.rounds)]
            if last
            else [],
            "works": tiles(gallery(campaign, GalleryFilter(seat=code))[:SHELF]),
            "neighbours": neighbours,
        },
    )


def candidates(campaign: Campaign, year: SeatYear, held: RoundResult) -> list[CandidateRow]:
    """The candidates of a round by votes, those of the campaign's bloc marked."""
    own = campaign_pack(campaign, year.election.id)
    cast = held.cast or 1
    return [
        CandidateRow(one, one.votes / cast, own.bloc_of(one.nuance) == campaign.bloc, rank)
        for rank, one in enumerate(held.ranked(), 1)
    ]
