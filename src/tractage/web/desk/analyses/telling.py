"""Two analysts agree that figures are told to the public; one takes them back; an analysis is removed."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tractage.hq.analyses import services
from tractage.hq.people.refusals import Refused
from tractage.hq.people.rules import require
from tractage.web.desk.access import for_members, member_of
from tractage.web.desk.analyses.reading import found


@require_POST
@for_members("analyses.agree")
def agree(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that one has read the report."""
    try:
        analysis = services.agree_to_publish(member_of(request), found(request, pk))
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        told = (
            _("Its figures are public.") if analysis.published_at else _("Noted. A second person must agree.")
        )
        messages.success(request, told)
    return redirect("analysis", pk)


@require_POST
@for_members("analyses.agree")
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the figures back, and the agreements with them."""
    services.withdraw_analysis(member_of(request), found(request, pk))
    messages.success(request, _("Its figures are private again."))
    return redirect("analysis", pk)


@for_members("analyses.analyse")
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then remove for good."""
    analysis, member = found(request, pk), member_of(request)
    require(member, "analyses.remove", analysis)
    if request.method != "POST":
        return render(request, "desk/analyses/remove.html", {"analysis": analysis})
    services.remove_analysis(member, analysis)
    messages.success(request, _("Removed, with its file and its results."))
    return redirect("analyses")
