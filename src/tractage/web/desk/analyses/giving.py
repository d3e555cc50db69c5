"""Analysts give a file, stop its analysis, ask for it again."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tractage.domain.errors import InputError
from tractage.hq.analyses import services
from tractage.hq.people.refusals import Refused
from tractage.web.campaign import served
from tractage.web.desk.access import for_members, member_of
from tractage.web.desk.analyses.forms import AnalysisForm
from tractage.web.desk.analyses.reading import found
from tractage.web.desk.analyses.saying import said


@for_members("analyses.analyse")
def new(request: HttpRequest) -> HttpResponse:
    """Choose a file and how to look at it."""
    sent = request.method == "POST"
    form = AnalysisForm(request.POST, request.FILES) if sent else AnalysisForm()
    if sent and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            analysis = services.start_analysis(
                member_of(request),
                served(request),
                form.cleaned_data["title"],
                file.name,
                file.chunks(),
                form.look(),
            )
        except InputError as error:
            form.add_error("file", said(error.worded))
        else:
            return redirect("analysis", analysis.pk)
    return render(request, "desk/analyses/form.html", {"form": form}, status=422 if sent else 200)


@require_POST
@for_members("analyses.analyse")
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop it; its file is kept, so that it can be asked for again."""
    services.stop_analysis(member_of(request), found(request, pk))
    messages.success(request, _("Stopped. Nothing half-made is left."))
    return redirect("analysis", pk)


@require_POST
@for_members("analyses.analyse")
def restart(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for it again."""
    try:
        services.restart_analysis(member_of(request), found(request, pk))
    except Refused as refusal:
        messages.warning(request, str(refusal))
    return redirect("analysis", pk)
