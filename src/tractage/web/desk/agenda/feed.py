"""A member's calendar for their phone, behind an address that only they know."""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_safe
from icalendar import Calendar, Event

from tractage.hq.campaigns.agenda import AgendaDate, dates, sources
from tractage.hq.campaigns.clock import now
from tractage.hq.campaigns.models import Campaign
from tractage.hq.people.calendar_keys import member_of_calendar
from tractage.hq.people.rules import allowed
from tractage.web.campaign import served

BEFORE, AFTER = timedelta(days=31), timedelta(days=400)


@require_safe
def ics(request: HttpRequest, secret: str) -> HttpResponse:
    """RFC 5545: what the member may see, from a month ago to a year ahead; 404 once the address is closed."""
    campaign, member = served(request), member_of_calendar(secret)
    if member is None:
        raise Http404("no such calendar")
    moment = now()
    found = dates(campaign, moment - BEFORE, moment + AFTER, lambda one: allowed(member, one))
    response = HttpResponse(to_ics(campaign, found, moment), content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'inline; filename="{campaign.slug}-agenda.ics"'
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Referrer-Policy"] = "no-referrer"
    add_never_cache_headers(response)
    return response


def to_ics(campaign: Campaign, found: list[AgendaDate], moment: datetime) -> bytes:
    """An event a date; a deadline is a moment that takes no time."""
    calendar = Calendar()
    calendar.add("prodid", "-//Tractage//agenda//FR")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", campaign.name)
    for one in found:
        event = Event()
        event.add("uid", f"{one.key}@{campaign.slug}.tractage")
        event.add("dtstamp", moment.astimezone(UTC))
        event.add("dtstart", one.since.astimezone(UTC))
        event.add("dtend", (one.until or one.since).astimezone(UTC))
        event.add("summary", one.text)
        event.add("categories", [str(sources[one.kind].label)])
        event.add("transp", "TRANSPARENT")
        if one.url:
            event.add("url", f"{settings.TRACTAGE.site_url}{one.url}")
        calendar.add_component(event)
    return bytes(calendar.to_ical())
