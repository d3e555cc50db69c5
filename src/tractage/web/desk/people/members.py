"""Members seen by others: a page that is shut by default, and the list of coordinators."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from tractage.hq.library.selectors import public_works
from tractage.hq.people.models import Craft, Member, Standing
from tractage.hq.people.refusals import Refused
from tractage.hq.people.rules import allowed, require, standings_to_give
from tractage.hq.people.selectors import counts_by_standing, members
from tractage.hq.people.services import change_standing
from tractage.web.campaign import served
from tractage.web.desk.access import for_members, member_of
from tractage.web.public.tiles import tiles

PAGE, WORKS = 50, 24


def page(request: HttpRequest, pk: int) -> HttpResponse:
    """A member's page; one that is shut does not say that it exists."""
    found = Member.objects.filter(pk=pk, is_active=True).first()
    if found is None or not allowed(request.user, "people.see_member", found):
        raise Http404
    works = public_works(served(request)).filter(author=found)[:WORKS]
    context = {
        "member": found,
        "crafts": [Craft(craft).label for craft in found.crafts],
        "works": tiles(works) if found.shown or found == request.user else [],
    }
    return render(request, "desk/people/member.html", context)


@for_members("people.list_members")
def index(request: HttpRequest) -> HttpResponse:
    """Everyone, the newest first."""
    standing, craft = request.GET.get("rang", ""), request.GET.get("metier", "")
    standing = standing if standing in Standing.values else ""
    craft = craft if craft in Craft.values else ""
    name = request.GET.get("q", "").strip()[:32]
    asked = {key: value for key, value in (("rang", standing), ("metier", craft), ("q", name)) if value}
    found = Paginator(members(standing, craft, name), PAGE).get_page(request.GET.get("page"))
    counts = counts_by_standing()
    context = {
        "page": found,
        "rows": [(one, [Craft(value).label for value in one.crafts]) for one in found],
        "query": f"{urlencode(asked)}&" if asked else "",
        "standings": [(one, counts.get(one.value, 0)) for one in Standing],
        "total": sum(counts.values()),
        "crafts": Craft,
        "standing": standing,
        "craft": craft,
        "name": name,
    }
    return render(request, "desk/people/members.html", context)


@for_members("people.list_members")
def standing(request: HttpRequest, pk: int) -> HttpResponse:
    """One member, and the standing that the actor may give them."""
    actor = member_of(request)
    found = get_object_or_404(Member, pk=pk, is_active=True)
    error, wanted, reason = "", request.POST.get("standing", ""), request.POST.get("reason", "")
    if request.method == "POST":
        require(actor, "people.change_standing", found)
        try:
            change_standing(actor, found, wanted, reason)
        except Refused as refusal:
            error = str(refusal)
        else:
            messages.success(request, _("Done, and written in the log."))
            return redirect("members")
    context = {
        "member": found,
        "crafts": [Craft(craft).label for craft in found.crafts],
        "choices": standings_to_give(actor, found),
        "wanted": wanted or found.standing,
        "reason": reason,
        "error": error,
    }
    return render(request, "desk/people/standing.html", context)
