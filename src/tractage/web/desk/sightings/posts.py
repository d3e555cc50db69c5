"""One post: who saw it how, its views and how old they are, the posts that were merged into it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tractage.hq.people.refusals import Refused
from tractage.hq.people.rules import allowed
from tractage.hq.sightings.addresses import root_of
from tractage.hq.sightings.keeping import YOUTUBE_DAYS
from tractage.hq.sightings.kinds import SeenState, Source
from tractage.hq.sightings.models import Post
from tractage.hq.sightings.selectors import days_since, whole_post
from tractage.hq.sightings.services import add_reading, merge_posts, unmerge_post
from tractage.web.campaign import served
from tractage.web.desk.access import for_members, member_of
from tractage.web.desk.sightings.words import list_name, number
from tractage.web.public.sightings.forms import platform_name


@require_safe
@for_members("sightings.see_list")
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """All about a post, except who posted it: that is not known."""
    return show(request, found(request, pk))


@require_POST
@for_members("sightings.read_views")
def read_views(request: HttpRequest, pk: int) -> HttpResponse:
    """Note its views as read today."""
    post = found(request, pk)
    try:
        add_reading(
            member_of(request), post, request.POST.get("views", "")[:40], request.POST.get("source", "")
        )
    except Refused as refusal:
        return show(request, post, {"views": str(refusal)}, 422)
    messages.success(request, _("Noted, with today’s date."))
    return redirect("post_seen", pk)


@require_POST
@for_members("sightings.merge")
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """It is the same post as that of another link."""
    post = found(request, pk)
    try:
        kept = merge_posts(member_of(request), post, request.POST.get("link", "")[:1000])
    except Refused as refusal:
        return show(request, post, {"link": str(refusal)}, 422)
    messages.success(request, _("Merged: they count as one. This can be undone below."))
    return redirect("post_seen", kept.pk)


@require_POST
@for_members("sightings.merge")
def unmerge(request: HttpRequest, pk: int) -> HttpResponse:
    """It was another post after all."""
    unmerge_post(member_of(request), found(request, pk))
    messages.success(request, _("Parted: each counts on its own again."))
    return redirect("post_seen", pk)


def found(request: HttpRequest, pk: int) -> Post:
    """The post of this campaign."""
    post = whole_post(served(request), pk)
    if post is None:
        raise Http404
    return post


def show(
    request: HttpRequest, post: Post, refused: dict[str, str] | None = None, status: int = 200
) -> HttpResponse:
    """The page, with what was refused beside its field."""
    member = member_of(request)
    sightings = [
        {
            "one": one,
            "list": list_name(one.how),
            "undoes": allowed(member, "sightings.undo", one)
            or (one.state == SeenState.NOT_OURS and allowed(member, "sightings.confirm")),
            "gone": one.state in (SeenState.WITHDRAWN, SeenState.NOT_OURS),
            "proof": bool(one.proof) and allowed(member, "sightings.undo", one),
        }
        for one in post.sightings.all()
    ]
    readings = [(one, number(one.views), days_since(one.day)) for one in post.readings.all()]
    context = {
        "post": post,
        "platform": platform_name(post.platform),
        "sightings": sightings,
        "readings": readings,
        "sources": Source.choices,
        "youtube_days": YOUTUBE_DAYS,
        "merges": allowed(member, "sightings.merge"),
        "kept_as": root_of(post) if post.merged_into_id else None,
        "refused": refused or {},
        "typed": {name: request.POST.get(name, "") for name in ("views", "link")},
    }
    return render(request, "desk/sightings/post.html", context, status=status)
