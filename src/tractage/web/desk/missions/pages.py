"""The page of one brief."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from tractage.domain.law.pack import rule
from tractage.hq.missions.models import Brief, BriefStatus
from tractage.hq.missions.persons import RULE
from tractage.hq.missions.selectors import brief_for, held_by, tabs_of
from tractage.hq.people.rules import allowed, is_member
from tractage.web.campaign import served
from tractage.web.desk.access import for_members, member_of
from tractage.web.desk.missions.shown import counted, drawn, places, until


@for_members("missions.see_board")
def brief_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Goal, facts with their sources, what to do, and the tab."""
    return show_brief(request, found_brief(request, pk))


def found_brief(request: HttpRequest, pk: int) -> Brief:
    """The brief of this campaign, if the member may see it; otherwise 404."""
    brief = brief_for(served(request), pk)
    if brief is None or not allowed(member_of(request), "missions.see_brief", brief):
        raise Http404
    return brief


def show_brief(request: HttpRequest, brief: Brief, error: str = "", status: int = 200) -> HttpResponse:
    """The page, with what was refused if something was."""
    member = member_of(request)
    tabs = tabs_of(brief)
    claim = held_by(member).filter(brief=brief).first()
    context = {
        "brief": brief,
        "tabs": drawn(tabs),
        "left": tabs.left,
        "counted": counted(tabs),
        "places": places(brief),
        "until": until(brief),
        "claim": claim,
        "open": brief.status == BriefStatus.OPEN,
        "can_take": allowed(member, "missions.claim_brief", brief),
        "too_new": not brief.first and not is_member(member),
        "writes": allowed(member, "missions.write_brief"),
        "article": rule(RULE).article,
        "error": error,
    }
    return render(request, "desk/missions/brief.html", context, status=status)
