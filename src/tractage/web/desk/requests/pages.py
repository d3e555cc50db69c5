"""What teams ask for, and the page of one request."""

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from tractage.domain.elections.seats import seat
from tractage.domain.law.pack import rule
from tractage.hq.people.rules import allowed, is_coordinator, require
from tractage.hq.requests.models import Stage, TeamRequest
from tractage.hq.requests.receipt import receipt_pdf
from tractage.hq.requests.selectors import (
    acceptance_of,
    deliverable_works,
    hold,
    request_for_desk,
    requests_for,
)
from tractage.hq.requests.services import Point
from tractage.web.campaign import served
from tractage.web.desk.access import for_members, member_of

PAGE, CHOICE = 20, 100


@for_members("requests.see_requests")
def index(request: HttpRequest) -> HttpResponse:
    """The requests, the latest first; coordinators also see those to sort."""
    member = member_of(request)
    stage = request.GET.get("etape", "")
    page = Paginator(requests_for(served(request), member, stage), PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "requests": [(one, seat(one.seat)) for one in page],
        "stages": [one for one in Stage if is_coordinator(member) or one in (Stage.OPEN, Stage.CLOSED)],
        "stage": stage,
        "query": f"{urlencode({'etape': stage})}&" if stage else "",
    }
    return render(request, "desk/requests/index.html", context)


@for_members("requests.see_requests")
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One request: what is asked, who took it, what was handed over."""
    return show(request, found_request(request, pk))


@for_members("requests.see_requests")
def receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """The receipt, as the team gets it."""
    found = found_request(request, pk)
    answer = HttpResponse(receipt_pdf(found), content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="recu-{found.pk}.pdf"'
    return answer


def found_request(request: HttpRequest, pk: int) -> TeamRequest:
    """The request of this campaign; 403 for who may not see it yet."""
    found = request_for_desk(served(request), pk)
    if found is None:
        raise Http404
    require(member_of(request), "requests.see_request", found)
    return found


def show(
    request: HttpRequest, found: TeamRequest, error: str = "", status: int = 200, **more: Any
) -> HttpResponse:
    """The page, with what was refused if something was."""
    member = member_of(request)
    taken = acceptance_of(member, found)
    law = hold(found.campaign, found.seat)
    context = {
        "asked": found,
        "seat": seat(found.seat),
        "taken": taken,
        "people": [one for one in found.acceptances.all() if one.withdrawn_at is None],
        "given": list(found.deliveries.all()),
        "points": [(point.value, point.label) for point in Point],
        "takes": taken is None and allowed(member, "requests.take_request", found),
        "delivers": allowed(member, "requests.deliver", found),
        "works": deliverable_works(found.campaign, found.seat)[:CHOICE] if taken else [],
        "sorts": allowed(member, "requests.triage", found),
        "sealed": found.contact is not None,
        "held": law if law.frozen else None,
        "article": rule(law.rules[0]).article if law.frozen else "",
        "l528": rule("L52-8").article,
        "error": error,
    } | more
    return render(request, "desk/requests/one.html", context, status=status)
