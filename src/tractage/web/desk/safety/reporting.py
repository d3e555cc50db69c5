"""Report a work: from its page, by a member or by anybody who passes."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from tractage.hq.library.models import Status, Work
from tractage.hq.people.models import Member
from tractage.hq.people.refusals import Refused, TooManyAttempts
from tractage.hq.people.rules import allowed
from tractage.hq.safety.models import ReportReason
from tractage.hq.safety.services import Thing, account_of_member, report_thing
from tractage.web.campaign import served
from tractage.web.desk.access import place_of


def report_work(request: HttpRequest, slug: str) -> HttpResponse:
    """Why, and a few words; it goes to the moderators' queue."""
    work = _seen_work(request, slug)
    member = request.user if isinstance(request.user, Member) else None
    error, status = "", 200
    reason, words = request.POST.get("reason", ""), request.POST.get("words", "")[:2000]
    if request.method == "POST":
        about = account_of_member(work.author) if work.author else None
        try:
            thing = Thing("work", work.slug, work.title)
            report_thing(member, thing, reason, words, place=place_of(request), about=about)
        except TooManyAttempts as refusal:
            error, status = str(refusal), 429
        except Refused as refusal:
            error, status = str(refusal), 422
        else:
            messages.success(request, _("Thank you. A moderator reads it, usually the same day."))
            return redirect(_back(work))
    context = {
        "work": work,
        "back": _back(work),
        "reasons": ReportReason.choices,
        "reason": reason,
        "words": words,
        "error": error,
    }
    response = render(request, "desk/safety/report_work.html", context, status=status)
    add_never_cache_headers(response)
    return response


def _seen_work(request: HttpRequest, slug: str) -> Work:
    """The work, if the public sees it, or this member does."""
    work = (
        Work.objects.select_related("author", "campaign").filter(campaign=served(request), slug=slug).first()
    )
    if work is None or (
        work.status != Status.RELEASED and not allowed(request.user, "library.see_work", work)
    ):
        raise Http404
    return work


def _back(work: Work) -> str:
    from django.urls import reverse

    return (
        reverse("work", args=[work.slug])
        if work.status == Status.RELEASED
        else reverse("desk_work", args=[work.pk])
    )
