"""What the campaign declares line by line: partners, costs, articles of the charter."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tractage.hq.people.campaign_settings import (
    PERMISSION,
    Cost,
    declare_partners,
    publish_charter,
    remove_cost,
    write_cost,
)
from tractage.hq.people.refusals import Refused
from tractage.web.campaign import served
from tractage.web.desk.access import for_members, member_of
from tractage.web.desk.campaign.forms import ArticleForms, CostForm, PartnerForms, VersionForm
from tractage.web.public.ledger import ledger


@for_members(PERMISSION)
def partners(request: HttpRequest) -> HttpResponse:
    """The communities that one works with, named in public."""
    campaign = served(request)
    rows, posted = _rows(request, PartnerForms, campaign.partners, "partenaires")
    error = ""
    if posted and rows.is_valid():
        found = [one for one in rows.cleaned_data if one.get("name")]
        try:
            declare_partners(member_of(request), campaign, found)
        except Refused as refusal:
            error = str(refusal)
        else:
            messages.success(request, _("Declared: the site names them from now on."))
            return redirect("settings_partners")
    context = {"rows": rows, "error": error}
    return render(request, "desk/campaign/partners.html", context, status=422 if posted else 200)


@for_members(PERMISSION)
def charter(request: HttpRequest) -> HttpResponse:
    """A new version, which every member is asked to accept at their next page."""
    campaign = served(request)
    rows, posted = _rows(request, ArticleForms, campaign.charter, "articles")
    version = VersionForm(request.POST if posted else None)
    error = ""
    if posted and rows.is_valid() and version.is_valid():
        found = [one for one in rows.cleaned_data if one.get("title")]
        try:
            publish_charter(member_of(request), campaign, version.cleaned_data["version"], found)
        except Refused as refusal:
            error = str(refusal)
        else:
            messages.success(request, _("In force: everyone reads it and accepts it at their next page."))
            return redirect("settings_charter")
    context = {"rows": rows, "version": version, "error": error}
    return render(request, "desk/campaign/charter.html", context, status=422 if posted else 200)


@for_members(PERMISSION)
def costs(request: HttpRequest) -> HttpResponse:
    """The public ledger, and a line to add."""
    return _show_costs(request, CostForm(request.POST or None))


def _show_costs(request: HttpRequest, form: CostForm, error: str = "") -> HttpResponse:
    campaign = served(request)
    if request.method == "POST" and not error and form.is_valid():
        try:
            write_cost(member_of(request), campaign, Cost(**form.cleaned_data))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Written in the ledger, which everyone reads."))
            return redirect("settings_costs")
    context = {"form": form, "ledger": ledger(campaign), "error": error}
    status = 422 if request.method == "POST" else 200
    return render(request, "desk/campaign/costs.html", context, status=status)


@require_POST
@for_members(PERMISSION)
def remove(request: HttpRequest) -> HttpResponse:
    """Take a mistaken line out; the log keeps it."""
    try:
        euros = float(request.POST.get("euros", ""))
    except ValueError:
        euros = -1.0
    row = {"date": request.POST.get("date", ""), "label": request.POST.get("label", ""), "euros": euros}
    try:
        remove_cost(member_of(request), served(request), row)
    except Refused as refusal:
        return _show_costs(request, CostForm(), str(refusal))
    messages.success(request, _("Taken out of the ledger; the log keeps what it said."))
    return redirect("settings_costs")


def _rows(request: HttpRequest, forms: Any, known: list[dict[str, str]], prefix: str) -> tuple[Any, bool]:
    posted = request.method == "POST"
    # Without what was known: a row that came back unchanged is still a row to keep.
    return forms(request.POST if posted else None, initial=None if posted else known, prefix=prefix), posted
