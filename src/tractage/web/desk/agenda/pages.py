"""A month of dates, and the private address that brings them to a phone."""

from typing import NamedTuple
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tractage.hq.campaigns.agenda import dates, sources
from tractage.hq.campaigns.clock import now
from tractage.hq.people.calendar_keys import has_calendar_key, make_calendar_key, remove_calendar_key
from tractage.hq.people.rules import allowed
from tractage.web.campaign import served
from tractage.web.desk.access import for_members, member_of
from tractage.web.desk.agenda.month import first_day, month_of, window


class Chip(NamedTuple):
    """A kind of dates to keep alone."""

    label: str
    query: str
    chosen: bool


@for_members("missions.see_board")
def month_page(request: HttpRequest) -> HttpResponse:
    """The dates of a month, this one unless another is asked for."""
    return _show(request)


@require_POST
@for_members("missions.see_board")
def open_address(request: HttpRequest) -> HttpResponse:
    """Make a private address, shown this time only; the one before closes."""
    member = member_of(request)
    secret = make_calendar_key(member, member)
    address = f"{settings.TRACTAGE.site_url}{reverse('agenda_feed', args=[secret])}"
    return _show(request, address)


@require_POST
@for_members("missions.see_board")
def close_address(request: HttpRequest) -> HttpResponse:
    """Close it; another can be made at any time."""
    member = member_of(request)
    remove_calendar_key(member, member)
    messages.success(request, _("Closed: whoever has the address gets nothing any more."))
    return redirect("agenda")


def _show(request: HttpRequest, address: str = "") -> HttpResponse:
    member, today = member_of(request), localtime(now()).date()
    first = first_day(request.GET.get("mois", ""), today)
    kind = request.GET.get("type", "")
    kind = kind if kind in sources else ""
    since, until = window(first)
    found = dates(served(request), since, until, lambda one: allowed(member, one), [kind] if kind else ())
    shown = month_of(first, found, today)
    context = {
        "month": shown,
        "labels": {name: source.label for name, source in sources.items()},
        "kind": kind,
        "chips": _chips(first.strftime("%Y-%m"), kind),
        "today": today.strftime("%Y-%m"),
        "address": address,
        "open": has_calendar_key(member),
        "public": f"{settings.TRACTAGE.site_url}{reverse('calendar')}",
    }
    return render(request, "desk/agenda/month.html", context)


def _chips(month: str, kind: str) -> list[Chip]:
    every = [("", _("Everything")), *((name, str(source.label)) for name, source in sources.items())]
    return [
        Chip(label, urlencode({"mois": month} | ({"type": name} if name else {})), name == kind)
        for name, label in every
    ]
