"""Sort a request, take it, hand over, take back: each a button, each undone by another."""

from collections.abc import Callable
from pathlib import Path

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tractage.adapters.media import MediaError
from tractage.hq.library.submission import MOVING, CleanFile, read_upload
from tractage.hq.people.refusals import Refused
from tractage.hq.people.rules import require
from tractage.hq.requests import services
from tractage.hq.requests.models import Stage, TeamRequest
from tractage.hq.requests.selectors import deliverable_works
from tractage.web.desk.access import for_members, member_of
from tractage.web.desk.requests.pages import found_request, show


@require_POST
@for_members("requests.see_requests")
def triage(request: HttpRequest, pk: int) -> HttpResponse:
    """Open it to volunteers, refuse it with a reason, or close it."""
    stage, reason = request.POST.get("etape", ""), request.POST.get("raison", "")
    done = {
        Stage.OPEN: _("Volunteers see it now."),
        Stage.REFUSED: _("Refused; the team reads your reason."),
        Stage.CLOSED: _("Closed. The receipt stays open to the team."),
    }
    found = found_request(request, pk)
    return _do(
        request,
        found,
        lambda: services.triage_request(member_of(request), found, stage, reason),
        done.get(Stage(stage), "") if stage in Stage.values else "",
    )


@require_POST
@for_members("requests.see_requests")
def contact(request: HttpRequest, pk: int) -> HttpResponse:
    """Open the contact, once, on this page; the log keeps who did."""
    found = found_request(request, pk)
    return show(request, found, opened=services.read_contact(member_of(request), found))


@require_POST
@for_members("requests.see_requests")
def take(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it, each of the three points ticked by oneself."""
    found = found_request(request, pk)
    return _do(
        request,
        found,
        lambda: services.take_request(member_of(request), found, request.POST.getlist("point")),
        _("It is yours, with the others who took it. Thank you."),
    )


@require_POST
@for_members("requests.see_requests")
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Give it back."""
    found = found_request(request, pk)
    return _do(
        request,
        found,
        lambda: services.leave_request(member_of(request), found),
        _("Given back. What you handed over stays."),
    )


@require_POST
@for_members("requests.see_requests")
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """A work that two people read, or a file, read in the sandbox."""
    found, member = found_request(request, pk), member_of(request)
    require(member, "requests.deliver", found)
    try:
        file = _file(request)
    except MediaError as refusal:
        return show(request, found, refusal.in_words(_), 422)
    wanted = request.POST.get("oeuvre", "")
    works = deliverable_works(found.campaign, found.seat)
    work = works.filter(pk=wanted).first() if wanted.isdigit() else None
    return _do(
        request,
        found,
        lambda: services.deliver(member, found, request.POST.get("titre", ""), work, file),
        _("Handed over: the team finds it on its page."),
    )


@require_POST
@for_members("requests.see_requests")
def take_back(request: HttpRequest, pk: int, delivery: int) -> HttpResponse:
    """Undo what one handed over."""
    found = found_request(request, pk)
    given = next((one for one in found.deliveries.all() if one.pk == delivery), None)
    if given is None:
        raise Http404
    return _do(request, found, lambda: services.take_back(member_of(request), given), _("It is undone."))


def _do(request: HttpRequest, found: TeamRequest, act: Callable[[], object], done: str) -> HttpResponse:
    try:
        act()
    except Refused as refusal:
        return show(request, found, str(refusal), 409)
    messages.success(request, done)
    return redirect("team_request", found.pk)


def _file(request: HttpRequest) -> CleanFile | None:
    upload = request.FILES.get("fichier")
    if not upload:
        return None
    path = getattr(upload, "temporary_file_path", None)
    source = Path(path()) if path else upload.read()
    return read_upload(source, upload.name or "", MOVING)
