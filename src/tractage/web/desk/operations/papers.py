"""What one takes away: the briefing sheet, and the date for a phone's calendar."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from tractage.hq.campaigns.clock import now
from tractage.hq.operations.dates import date_of
from tractage.hq.operations.sheet import sheet_of
from tractage.web.desk.access import for_members
from tractage.web.desk.agenda.feed import to_ics
from tractage.web.desk.operations.pages import found_operation


@require_safe
@for_members("operations.list")
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """The briefing sheet as PDF, printed ahead; printed now if it is not yet."""
    operation = found_operation(request, pk)
    response = HttpResponse(sheet_of(operation), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="operation-{pk}.pdf"'
    return response


@require_safe
@for_members("operations.list")
def ics(request: HttpRequest, pk: int) -> HttpResponse:
    """RFC 5545: this operation alone."""
    operation = found_operation(request, pk)
    body = to_ics(operation.campaign, [date_of(operation)], now())
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'inline; filename="operation-{pk}.ics"'
    return response
