"""Tables of polls: a file and its provenance in, errors in words, then shown by hand."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from tractage.hq.people.refusals import Refused
from tractage.hq.polls.models import PollTable
from tractage.hq.polls.refusals import left_out_words
from tractage.hq.polls.services import (
    COMPANIONS,
    MOST_BYTES,
    Brought,
    ask_again,
    bring_polls,
    remove_table,
    show_table,
)
from tractage.web.campaign import served
from tractage.web.desk.access import for_members, member_of

PAGE, MOST_LEFT_OUT = 10, 40
LAYOUTS = {"long format": gettext_lazy("long")}  # the others are names


class PollsForm(forms.Form):
    """A file and where it comes from."""

    table = forms.FileField(
        label=gettext_lazy("Table of polls (CSV)"),
        help_text=gettext_lazy("MieuxVoter, nsppolls, or the long format of “tractage polls import”."),
    )
    credit = forms.CharField(label=gettext_lazy("Who made the table"), max_length=120)
    licence = forms.CharField(
        label=gettext_lazy("Licence"), max_length=60, help_text=gettext_lazy("MIT, Licence Ouverte 2.0…")
    )
    url = forms.URLField(
        label=gettext_lazy("Address of the table"), required=False, max_length=300, assume_scheme="https"
    )
    companions = forms.FileField(
        label=gettext_lazy("MieuxVoter’s list of polls, if you have it"),
        required=False,
        help_text=gettext_lazy("mieuxvoter_polls.csv: it tells which polls asked a part of the population."),
    )
    hypotheses = forms.FileField(
        label=gettext_lazy("MieuxVoter’s list of line-ups, if you have it"),
        required=False,
        help_text=gettext_lazy("mieuxvoter_hypotheses.csv: it tells wishes from intentions."),
    )


@require_safe
@for_members("polls.bring")
def index(request: HttpRequest) -> HttpResponse:
    """What was brought, and the form."""
    return _show(request, PollsForm())


@require_POST
@for_members("polls.bring")
def bring(request: HttpRequest) -> HttpResponse:
    """Read a file; what is wrong in it is said with its line and column."""
    form = PollsForm(request.POST, request.FILES)
    if not form.is_valid():
        return _show(request, form, 422)
    given: dict[str, Any] = form.cleaned_data
    try:
        table = bring_polls(
            member_of(request),
            served(request),
            Brought(
                given["table"].name,
                given["table"].read(MOST_BYTES + 1),
                given["credit"],
                given["licence"],
                given["url"],
            ),
            _companions(given),
        )
    except Refused as refusal:
        form.add_error("table", str(refusal))
        return _show(request, form, 422)
    words = _("%(number)s line-ups tested are kept; their trends are on the way.") % {"number": table.polls}
    messages.success(request, words)
    return redirect("poll_tables")


@require_safe
@for_members("polls.bring")
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """How far the trends of a table are; the page asks again by itself."""
    return render(request, "desk/polls/progress.html", {"table": _table(request, pk)})


@require_POST
@for_members("polls.bring")
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a table to everyone, or no longer."""
    table = _table(request, pk)
    try:
        shown = show_table(member_of(request), table, not table.shown)
    except Refused as refusal:
        return _show(request, PollsForm(), 409, str(refusal))
    messages.success(request, _("Everyone can read it now.") if shown.shown else _("It is no longer shown."))
    return redirect("poll_tables")


@require_POST
@for_members("polls.bring")
def compute(request: HttpRequest, pk: int) -> HttpResponse:
    """Have the trends computed again."""
    ask_again(member_of(request), _table(request, pk))
    return redirect("poll_tables")


@for_members("polls.bring")
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then take the table away."""
    table = _table(request, pk)
    if request.method == "POST":
        remove_table(member_of(request), table)
        messages.success(request, _("Gone. Bringing the same file again brings it back."))
        return redirect("poll_tables")
    return render(request, "desk/polls/remove.html", {"table": table})


def _companions(given: dict[str, Any]) -> dict[str, bytes]:
    files = zip(COMPANIONS, (given.get("companions"), given.get("hypotheses")), strict=True)
    return {name: file.read(MOST_BYTES) for name, file in files if file}


def _table(request: HttpRequest, pk: int) -> PollTable:
    return get_object_or_404(PollTable.objects.filter(campaign=served(request)), pk=pk)


def _show(request: HttpRequest, form: PollsForm, status: int = 200, refused: str = "") -> HttpResponse:
    tables = PollTable.objects.filter(campaign=served(request)).select_related("brought_by")
    page = Paginator(tables, PAGE).get_page(request.GET.get("page"))
    rows = [
        (
            table,
            LAYOUTS.get(table.layout, table.layout),
            [(one["poll"], left_out_words(one)) for one in table.left_out[:MOST_LEFT_OUT]],
        )
        for table in page
    ]
    context = {"form": form, "page": page, "rows": rows, "query": "", "refused": refused}
    return render(request, "desk/polls/tables.html", context, status=status)
