"""Reports: what people point out, and the answer that is kept."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from tractage.hq.people.refusals import Refused
from tractage.hq.safety.models import Report, State
from tractage.hq.safety.sealing import unseal
from tractage.hq.safety.selectors import reports, reports_of_same
from tractage.hq.safety.services import answer_report
from tractage.web.desk.access import for_members, member_of
from tractage.web.desk.safety.shown import address_of, subject_word

PAGE = 30


@for_members("safety.see_desk")
def index(request: HttpRequest) -> HttpResponse:
    """The queue, those to look at first."""
    state = request.GET.get("etat", State.OPEN)
    page = Paginator(reports("" if state == "tous" else state), PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [(one, subject_word(one.subject)) for one in page],
        "query": f"{urlencode({'etat': state})}&",
        "state": state,
        "states": [*State.choices, ("tous", _("All"))],
    }
    return render(request, "desk/safety/reports.html", context)


@for_members("safety.see_desk")
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """One report, and the answer."""
    found = get_object_or_404(
        Report.objects.select_related("reporter__member", "account__member", "handled_by"), pk=pk
    )
    error, answer = "", request.POST.get("answer", "")[:400]
    if request.method == "POST":
        try:
            dismissed = request.POST.get("do") == "dismissed"
            answer_report(member_of(request), found, answer, dismissed=dismissed)
        except Refused as refusal:
            error = str(refusal)
        else:
            messages.success(request, _("Answered. The reports of the same thing are closed with it."))
            return redirect("reports")
    context = {
        "report": found,
        "subject": subject_word(found.subject),
        "address": address_of(found),
        "words": unseal(found.sealed),
        "message": unseal(found.sealed_subject),
        "same": reports_of_same(found),
        "error": error,
        "answer": answer,
    }
    return render(request, "desk/safety/report.html", context, status=422 if error else 200)
