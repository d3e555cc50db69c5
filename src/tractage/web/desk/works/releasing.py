"""Coordinators put works on the wall, let them wait for the end of a silence, take them down."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tractage.hq.library import services
from tractage.hq.library.models import Status
from tractage.hq.library.refusals import ReleaseRefused
from tractage.hq.library.selectors import accepted_works
from tractage.hq.people.rules import require
from tractage.web.campaign import served
from tractage.web.desk.access import for_members, member_of
from tractage.web.desk.works.pages import found_work, show_work
from tractage.web.desk.works.shown import sentence

PAGE = 20


@for_members("library.see_shelf")
def shelf(request: HttpRequest) -> HttpResponse:
    """The accepted works that wait for a person or for the end of a silence."""
    page = Paginator(accepted_works(served(request)), PAGE).get_page(request.GET.get("page"))
    works = [(work, sentence(work)) for work in page]
    context = {"page": page, "works": works, "query": ""}
    return render(request, "desk/works/shelf.html", context)


@require_POST
@for_members()
def release(request: HttpRequest, pk: int) -> HttpResponse:
    """Put an accepted work on the wall, if the law lets it."""
    work = found_work(request, pk)
    try:
        services.release_work(member_of(request), work)
    except ReleaseRefused as refusal:
        return show_work(request, work, str(refusal), 409)
    messages.success(request, _("It is on the wall."))
    return redirect("desk_work", pk)


@require_POST
@for_members()
def schedule(request: HttpRequest, pk: int) -> HttpResponse:
    """Let it come out by itself after the silence; the same button undoes it."""
    work, member = found_work(request, pk), member_of(request)
    try:
        if work.release_after:
            services.unschedule_release(member, work)
            messages.success(request, _("It waits for someone again."))
        else:
            services.schedule_release(member, work)
            messages.success(request, _("It will come out by itself when the silence ends."))
    except ReleaseRefused as refusal:
        return show_work(request, work, str(refusal), 409)
    return redirect("desk_work", pk)


@require_POST
@for_members()
def restart(request: HttpRequest, pk: int) -> HttpResponse:
    """Take up the making of its files where it stopped."""
    services.restart_press(member_of(request), found_work(request, pk))
    return redirect("desk_work", pk)


@for_members()
def recall(request: HttpRequest, pk: int) -> HttpResponse:
    """Say why, then withdraw: the page asks before it acts."""
    work, member = found_work(request, pk), member_of(request)
    require(member, "library.recall_work", work)
    reason, error = request.POST.get("reason", "")[:1000], ""
    if request.method == "POST":
        try:
            services.recall_work(member, work, reason)
        except ReleaseRefused as refusal:
            error = str(refusal)
        else:
            messages.success(request, _("Withdrawn. Its page says why."))
            return redirect("desk_work", pk)
    elif work.status != Status.RELEASED:
        return redirect("desk_work", pk)
    context = {"work": work, "reason": reason, "error": error}
    return render(request, "desk/works/recall.html", context, status=422 if error else 200)
