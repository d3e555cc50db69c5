"""Doors between the server and the site: the bot gives the address, a press of a button goes through."""

from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from tractage.hq.people.discord_links import account_at_door, link_discord, member_at_door
from tractage.hq.people.refusals import Refused
from tractage.web.desk.access import for_members, member_of, safe_next

BACKEND = "django.contrib.auth.backends.ModelBackend"


def enter(request: HttpRequest, token: str) -> HttpResponse:
    """Come in from Discord: once, by a button, so that a preview of the address opens nothing."""
    try:
        member = member_at_door(token)
    except Refused as refusal:
        response = render(request, "desk/people/discord_closed.html", {"why": str(refusal)}, status=410)
    else:
        if request.method == "POST":
            login(request, member, backend=BACKEND)
            return HttpResponseRedirect(safe_next(request, "board"))
        context = {"member": member, "next": request.GET.get("next", "")}
        response = render(request, "desk/people/discord_enter.html", context)
    add_never_cache_headers(response)
    return response


@for_members(charter=False)
def link(request: HttpRequest, token: str) -> HttpResponse:
    """Say that a Discord account speaks for oneself."""
    try:
        uid = account_at_door(token)
        if request.method == "POST":
            link_discord(member_of(request), member_of(request), uid)
            messages.success(request, _("Linked: on the server, this Discord account now speaks for you."))
            return redirect("account")
    except Refused as refusal:
        return render(request, "desk/people/discord_closed.html", {"why": str(refusal)}, status=410)
    return render(request, "desk/people/discord_link.html", {"ending": uid[-4:]})
