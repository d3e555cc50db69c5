"""The legal dates of the campaign's election, for a phone's calendar."""

from django.http import Http404, HttpRequest, HttpResponse

from tractage.domain.errors import InputError
from tractage.domain.law.agenda import agenda
from tractage.domain.law.calendar import election
from tractage.domain.law.ics import ics as to_ics
from tractage.web.campaign import served
from tractage.web.pages import kept


@kept
def ics(request: HttpRequest) -> HttpResponse:
    """Every window of the law pack; the national hours, and the silence of every territory."""
    campaign = served(request)
    try:
        known = election(campaign.election)
    except InputError:
        raise Http404("the law pack has no date for this election") from None
    response = HttpResponse(to_ics(campaign.name, agenda(known)), content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'inline; filename="{campaign.slug}.ics"'
    return response
