"""The reviewers' table: what waits, one proof at a time, five points, a verdict. The author is not shown."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from tractage.hq.library.models import Status, Verdict, Work
from tractage.hq.library.reviewing import Point, review_work
from tractage.hq.library.scan import scan_work
from tractage.hq.library.selectors import review_queue
from tractage.hq.library.submission import CAPTIONS, ORIGINAL
from tractage.hq.people.refusals import Refused
from tractage.hq.people.rules import require
from tractage.web.campaign import served
from tractage.web.desk.access import for_members, member_of
from tractage.web.desk.works.pages import found_work

PAGE = 12
FINE, AGAIN = "oui", "non"


@for_members("library.see_queue")
def queue(request: HttpRequest) -> HttpResponse:
    """The first work that waits, or an empty table."""
    first = review_queue(served(request), member_of(request)).first()
    if first is not None:
        return redirect("review_work", first.pk)
    return render(request, "desk/works/queue.html", {"work": None})


@for_members("library.see_queue")
def read(request: HttpRequest, pk: int) -> HttpResponse:
    """One proof, and the verdict on it."""
    work, member = found_work(request, pk), member_of(request)
    require(member, "library.review_work", work)
    if request.method != "POST":
        return _show(request, work)
    points = {
        point.value: request.POST.get(point.value) == FINE for point in Point if point.value in request.POST
    }
    verdict, feedback = request.POST.get("verdict", ""), request.POST.get("feedback", "")[:4000]
    try:
        review_work(member, work, points, verdict, feedback)
    except Refused as refusal:
        return _show(request, work, str(refusal), 422)
    work.refresh_from_db()
    messages.success(request, _said(work, verdict))
    return redirect("review_queue")


def _said(work: Work, verdict: str) -> str:
    if work.status == Status.ACCEPTED:
        return _("Accepted: yours was the second yes. Its files are on the press.")
    return {
        Verdict.ACCEPT: _("Your yes is kept. One more reader is needed."),
        Verdict.CHANGES: _("Sent back with your words. It will come again as a new proof."),
        Verdict.REFUSE: _("Refused. The author reads your reason and may make another version."),
    }[Verdict(verdict)]


def _show(request: HttpRequest, work: Work, error: str = "", status: int = 200) -> HttpResponse:
    waiting = review_queue(served(request), member_of(request))
    page = Paginator(waiting, PAGE).get_page(request.GET.get("page"))
    around = list(page)
    places = [one.pk for one in around]
    place = places.index(work.pk) if work.pk in places else 0
    editions = {one.format: one for one in work.editions.all()}
    given = request.POST
    context = {
        "work": work,
        "page": page,
        "queue": around,
        "query": "",
        "total": page.paginator.count,
        "agreed": next((one.agreed for one in around if one.pk == work.pk), 0),  # type: ignore[attr-defined]
        "previous": places[place - 1] if place > 0 else None,
        "next": places[place + 1] if place + 1 < len(places) else None,
        "original": editions.get(ORIGINAL),
        "captions": editions.get(CAPTIONS),
        "points": [
            (number, one, _hint(work, one), given.get(one.value)) for number, one in enumerate(Point, 1)
        ],
        "feedback": given.get("feedback", ""),
        "flags": scan_work(work),
        "error": error,
        "before": [one for one in work.reviews.all() if one.proof < work.proof and one.feedback],
    }
    return render(request, "desk/works/queue.html", context, status=status)


def _hint(work: Work, point: Point) -> str:
    """What to look at for a point, with what the author declared."""
    return {
        Point.CHARTER: _("No private person, no account aimed at."),
        Point.RIGHTS: " · ".join(f"{one['what']} : {one['basis']}" for one in work.rights),
        Point.LAW: _("No poll or result without its label. Sources are shown."),
        Point.ACCESS: _("The alternative text says what one sees. Texts can be read."),
        Point.ORIGINALITY: _("Another idea than what is on the wall, not a copy."),
    }[point]
