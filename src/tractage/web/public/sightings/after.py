"""What follows: say which work it is, take it back, put it back; held by an address that is signed."""

from typing import Any

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tractage.hq.library.models import Work
from tractage.hq.people.models import Member
from tractage.hq.people.refusals import Refused
from tractage.hq.sightings.kinds import SeenState
from tractage.hq.sightings.models import Sighting
from tractage.hq.sightings.prints import read_matches
from tractage.hq.sightings.selectors import with_small_picture, works_to_choose
from tractage.hq.sightings.services import name_work, reopen_sighting, withdraw_sighting
from tractage.web.campaign import served
from tractage.web.public.sightings.forms import platform_name
from tractage.web.public.sightings.pages import SEEN, member_who_sees

HELD_SECONDS = 24 * 3600


@require_safe
def seen(request: HttpRequest, token: str) -> HttpResponse:
    """It is noted; which work is it?"""
    sighting, _actor = held(request, token)
    return _show(request, token, sighting)


@require_POST
def choose(request: HttpRequest, token: str) -> HttpResponse:
    """The answer: one of the works offered."""
    sighting, actor = held(request, token)
    slug = request.POST.get("work", "")
    work = Work.objects.filter(campaign=served(request), slug=slug).first()
    try:
        if work is None:
            raise Refused(_("Choose one of the works of the wall."))
        name_work(actor, sighting, work)
    except Refused as refusal:
        return _show(request, token, sighting, str(refusal), 422)
    return redirect("seen", token)


@require_POST
def withdraw(request: HttpRequest, token: str) -> HttpResponse:
    """Take it back; the same button undoes it."""
    sighting, actor = held(request, token)
    try:
        if sighting.state == SeenState.WITHDRAWN:
            reopen_sighting(actor, sighting)
        else:
            withdraw_sighting(actor, sighting)
    except Refused as refusal:
        return _show(request, token, sighting, str(refusal), 409)
    return redirect("seen", token)


def held(request: HttpRequest, token: str) -> tuple[Sighting, Member | None]:
    """The sighting of a signed address, and who acts: its member, or the visitor who holds the address."""
    try:
        pk = signing.loads(token, salt=SEEN, max_age=HELD_SECONDS)
    except signing.BadSignature:
        raise Http404 from None
    rows = Sighting.objects.filter(post__campaign=served(request)).select_related("post", "work")
    sighting = rows.filter(pk=pk).first()
    member = member_who_sees(request)
    if sighting is None or (not sighting.visitor and (member is None or sighting.member_id != member.pk)):
        raise Http404
    return sighting, None if sighting.visitor else member


def offered(sighting: Sighting) -> list[tuple[Work, int, bool, bool]]:
    """The works that the prints offer, with their score in hundredths, whether sure, whether mirrored."""
    matches = {one.work: one for one in read_matches(sighting.matches)}
    works = {work.pk: work for work in with_small_picture(Work.objects.filter(pk__in=matches))}
    return [
        (works[pk], round(100 * one.score), one.sure, one.mirrored)
        for pk, one in matches.items()
        if pk in works
    ]


def _show(
    request: HttpRequest, token: str, sighting: Sighting, refused: str = "", status: int = 200
) -> HttpResponse:
    asked = request.GET.get("q", "")[:80]
    undecided = sighting.work is None and sighting.state == SeenState.PENDING
    candidates = [] if asked or "autre" in request.GET or not undecided else offered(sighting)
    reading = sighting.readings.first()
    context: dict[str, Any] = {
        "sighting": sighting,
        "token": token,
        "platform": platform_name(sighting.post.platform),
        "reading": reading,
        "undecided": undecided,
        "candidates": candidates,
        "works": works_to_choose(served(request), asked) if undecided and not candidates else [],
        "asked": asked,
        "withdrawn": sighting.state == SeenState.WITHDRAWN,
        "refused": refused,
    }
    response = render(request, "public/sightings/seen.html", context, status=status)
    add_never_cache_headers(response)
    return response
