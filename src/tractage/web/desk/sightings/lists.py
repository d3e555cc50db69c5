"""The posts that were seen, those that wait for a word, and what one does with a sighting."""

from typing import cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tractage.hq.library.models import Work
from tractage.hq.people.refusals import Refused
from tractage.hq.people.rules import allowed, require
from tractage.hq.sightings.kinds import How, SeenState
from tractage.hq.sightings.models import Post, Sighting
from tractage.hq.sightings.selectors import posts_seen, waiting_for_a_word, works_to_choose
from tractage.hq.sightings.services import (
    PLATFORM_NAMES,
    confirm_sighting,
    dismiss_sighting,
    reopen_sighting,
    withdraw_sighting,
)
from tractage.web.campaign import served
from tractage.web.desk.access import for_members, member_of, safe_next
from tractage.web.desk.sightings.words import list_name, post_line
from tractage.web.public.sightings.after import offered
from tractage.web.public.sightings.forms import platform_name

PAGE = 25


@require_safe
@for_members("sightings.see_list")
def index(request: HttpRequest) -> HttpResponse:
    """Posts, the latest first, of a platform or a list if asked."""
    platform, how = request.GET.get("plateforme", ""), request.GET.get("liste", "")
    posts = posts_seen(served(request))
    if platform in PLATFORM_NAMES:
        posts = posts.filter(platform=platform)
    if how in How.values:
        posts = posts.filter(sightings__how=how).distinct()
    if "moi" in request.GET:
        posts = posts.filter(sightings__member=member_of(request)).distinct()
    page = Paginator(posts, PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "page": page,
        "posts": [post_line(post) for post in page],
        "query": f"{query.urlencode()}&" if query else "",
        "filtered": bool(query),
        "platforms": [(name, platform_name(name), name == platform) for name in _platforms(request)],
        "lists": [(value, list_name(value), value == how) for value in How.values],
        "mine": "moi" in request.GET,
        "waiting": waiting_for_a_word(served(request)).count(),
        "confirms": allowed(member_of(request), "sightings.confirm"),
    }
    return render(request, "desk/sightings/list.html", context)


@require_safe
@for_members("sightings.confirm")
def waiting(request: HttpRequest) -> HttpResponse:
    """Sightings of visitors, and those whose work nobody named."""
    return show_waiting(request)


def show_waiting(request: HttpRequest, refused: str = "", status: int = 200) -> HttpResponse:
    """The queue, with what was refused if something was."""
    asked = request.GET.get("q", "")[:80]
    page = Paginator(waiting_for_a_word(served(request)), 10).get_page(request.GET.get("page"))
    rows = [(one, platform_name(one.post.platform), list_name(one.how), offered(one)) for one in page]
    context = {
        "page": page,
        "rows": rows,
        "query": "",
        "works": works_to_choose(served(request), asked, 60),
        "asked": asked,
        "refused": refused,
    }
    return render(request, "desk/sightings/waiting.html", context, status=status)


@require_POST
@for_members("sightings.confirm")
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which work it is: the sighting counts."""
    work = Work.objects.filter(campaign=served(request), slug=request.POST.get("work", "")).first()
    try:
        if work is None:
            raise Refused(_("Choose one of the works of the wall."))
        confirm_sighting(member_of(request), found(request, pk), work)
    except Refused as refusal:
        return show_waiting(request, str(refusal), 422)
    messages.success(request, _("Confirmed: it counts."))
    return redirect(safe_next(request, "sightings_waiting"))


@require_POST
@for_members("sightings.confirm")
def dismiss(request: HttpRequest, pk: int) -> HttpResponse:
    """Not one of ours; undone from the post's page."""
    sighting = dismiss_sighting(member_of(request), found(request, pk))
    messages.success(request, _("Set aside: it does not count. The post’s page can undo it."))
    return redirect("post_seen", sighting.post_id)


@require_POST
@for_members()
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a sighting back, or make it count again."""
    sighting, member = found(request, pk), member_of(request)
    if sighting.state in (SeenState.WITHDRAWN, SeenState.NOT_OURS):
        reopen_sighting(member, sighting)
        messages.success(request, _("It is back."))
    else:
        withdraw_sighting(member, sighting)
        messages.success(request, _("Taken back. The same button undoes it."))
    return redirect("post_seen", sighting.post_id)


@require_safe
@for_members()
def proof(request: HttpRequest, pk: int) -> HttpResponse:
    """The screenshot that was kept on purpose, for coordinators and who sent it."""
    sighting = found(request, pk)
    require(member_of(request), "sightings.undo", sighting)
    if not sighting.proof:
        raise Http404
    return cast("HttpResponse", FileResponse(sighting.proof.open("rb"), filename=f"capture-{pk}.png"))


def found(request: HttpRequest, pk: int) -> Sighting:
    """The sighting of this campaign."""
    rows = Sighting.objects.filter(post__campaign=served(request)).select_related("post", "work")
    sighting = rows.filter(pk=pk).first()
    if sighting is None:
        raise Http404
    return sighting


def _platforms(request: HttpRequest) -> list[str]:
    seen = Post.objects.filter(campaign=served(request)).order_by().values_list("platform", flat=True)
    known = set(seen.distinct())
    return [name for name in PLATFORM_NAMES if name in known]
