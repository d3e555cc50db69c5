"""The board: what is missing tonight, and what a newcomer can do first."""

from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from tractage.hq.library.selectors import works_by_seat
from tractage.hq.missions.selectors import Board, BoardFilter, Notice, first_missions, held_by, offered_to
from tractage.hq.people.models import Craft, Standing
from tractage.hq.people.rules import allowed
from tractage.web.campaign import served
from tractage.web.desk.access import for_members, member_of
from tractage.web.desk.missions.shown import shown

PAGE, SHORT, MINE = 24, 10, "moi"


def asked_of(query: QueryDict, crafts: list[str]) -> tuple[BoardFilter, dict[str, str]]:
    """The filter that an address asks for, and the part of it that is understood."""
    craft, short, seat = query.get("metier", ""), query.get("minutes", ""), query.get("siege", "")[:6]
    kept: dict[str, str] = {}
    wanted: tuple[str, ...] = ()
    if craft == MINE and crafts:
        wanted, kept["metier"] = tuple(crafts), MINE
    elif craft in Craft.values:
        wanted, kept["metier"] = (craft,), craft
    if short == str(SHORT):
        kept["minutes"] = short
    if seat:
        kept["siege"] = seat
    return BoardFilter(wanted, SHORT if "minutes" in kept else None, seat=seat), kept


@for_members("missions.see_board")
def board(request: HttpRequest) -> HttpResponse:
    """Open briefs, the close and empty seats first."""
    campaign, member = served(request), member_of(request)
    asked, kept = asked_of(request.GET, member.crafts)
    newcomer = member.standing == Standing.NEWCOMER
    found = Board(campaign, asked, works_by_seat, newcomer)
    page: Page[Notice] = Paginator(found, PAGE).get_page(request.GET.get("page"))  # type: ignore[arg-type]
    held = list(held_by(member))
    context = {
        "page": page,
        "query": f"{urlencode(kept)}&" if kept else "",
        "total": len(found),
        "notices": shown(list(page), member, {claim.brief_id for claim in held}),
        "held": held[:3],
        "offers": list(offered_to(member)[:3]),
        "kept": kept,
        "crafts": Craft,
        "newcomer": newcomer,
        "writes": allowed(member, "missions.write_brief"),
    }
    return render(request, "desk/missions/board.html", context)


@for_members("missions.see_board")
def first(request: HttpRequest) -> HttpResponse:
    """Where a newcomer lands: one short mission a craft, theirs first."""
    campaign, member = served(request), member_of(request)
    held = {claim.brief_id for claim in held_by(member)}
    notices = shown(first_missions(campaign, member.crafts), member, held)
    mine = [one for one in notices if one.brief.craft in member.crafts]
    context = {
        "notices": notices,
        "mine": len(mine),
        "codes_left": member.recovery_codes.count(),
    }
    return render(request, "desk/missions/first.html", context)
