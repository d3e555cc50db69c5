"""Sanctions: proposed, confirmed by a second person, undone with a look at what comes back."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from tractage.domain.guard.sanctions import Kind, Standing
from tractage.hq.people.models import Member
from tractage.hq.people.refusals import Refused
from tractage.hq.people.rules import allowed
from tractage.hq.safety.models import KINDS, STANDINGS, Incident, Report, Sanction
from tractage.hq.safety.selectors import bans_to_confirm, sanctions, waves
from tractage.hq.safety.services import (
    confirm_ban,
    from_incident,
    guard_settings,
    preview_undo,
    propose_sanction,
    refuse_ban,
    undo_sanction,
)
from tractage.web.campaign import served
from tractage.web.desk.access import for_members, member_of
from tractage.web.desk.safety.forms import SanctionForm
from tractage.web.desk.safety.shown import article, evidence_lines, state_words

PAGE = 30


@for_members("safety.see_desk")
def index(request: HttpRequest) -> HttpResponse:
    """Bans that wait for a second person, waves, then all."""
    standing, kind = request.GET.get("etat", ""), request.GET.get("genre", "")
    standing = standing if standing in [one.value for one in Standing] else ""
    kind = kind if kind in [one.value for one in Kind] else ""
    page = Paginator(sanctions(standing, kind), PAGE).get_page(request.GET.get("page"))
    asked = {key: value for key, value in (("etat", standing), ("genre", kind)) if value}
    member = member_of(request)
    context = {
        "page": page,
        "query": f"{urlencode(asked)}&" if asked else "",
        "standing": standing,
        "kind": kind,
        "standings": [(one.value, STANDINGS[one]) for one in Standing],
        "kinds": [(one.value, KINDS[one]) for one in Kind],
        "to_confirm": [(one, allowed(member, "safety.confirm_ban", one)) for one in bans_to_confirm()[:20]],
        "waves": [one for one in waves() if one["live"] or one["proposed"]][:10],
    }
    return render(request, "desk/safety/sanctions.html", context)


@for_members("safety.see_desk")
def new(request: HttpRequest) -> HttpResponse:
    """Propose one, from an incident, a report, or a pseudonym."""
    incident, report = _linked_incident(request), _linked_report(request)
    account = incident.account if incident else report.account if report else None
    initial = {"article": guard_settings().article}
    if report:
        initial["where"] = f"{_('report')} {report.pk}"
    form = SanctionForm(
        request.POST or None, initial=initial, campaign=served(request), named=account is None
    )
    if request.method == "POST" and form.is_valid():
        seen = from_incident(incident) if incident else ()
        try:
            made = propose_sanction(
                member_of(request), account or form.account(), form.wanted(seen), incident=incident
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _said(made))
            return redirect("sanction", made.pk)
    context = {"form": form, "account": account, "incident": incident, "report": report}
    return render(request, "desk/safety/new_sanction.html", context, status=422 if form.errors else 200)


@for_members("safety.see_desk")
def sanction(request: HttpRequest, pk: int) -> HttpResponse:
    """One sanction: who, why, on what; the second person; undoing, with what the person gets back."""
    found = get_object_or_404(sanctions(), pk=pk)
    member, error, because = member_of(request), "", request.POST.get("because", "")[:400]
    if request.method == "POST":
        try:
            messages.success(request, _act(member, found, request.POST.get("do", ""), because))
        except Refused as refusal:
            error = str(refusal)
        else:
            return redirect("sanction", pk)
    preview = preview_undo([found])
    context = {
        "sanction": found,
        "article": article(served(request), found.article),
        "evidence": evidence_lines(found.evidence),
        "appeal": getattr(found, "appeal", None),
        "changes": [
            (one.account, state_words(one.before), state_words(one.after)) for one in preview.changes
        ],
        "confirms": allowed(member, "safety.confirm_ban", found),
        "proposed": found.standing == Standing.PROPOSED,
        "live": found.standing == Standing.IN_FORCE,
        "undoes": allowed(member, "safety.undo_sanction", found),
        "error": error,
        "because": because,
    }
    return render(request, "desk/safety/sanction.html", context, status=422 if error else 200)


def _act(member: Member, found: Sanction, what: str, because: str) -> str:
    if what == "confirm":
        confirm_ban(member, found)
        return _("Confirmed: two people have decided it.")
    if what == "refuse":
        refuse_ban(member, found, because)
        return _("Refused: nothing happens to the person.")
    if what == "undo":
        undo_sanction(member, found, because)
        return _("Undone: the person has again what they had.")
    raise Refused(_("Choose what to do."))


def _said(made: Sanction) -> str:
    if made.standing == Standing.PROPOSED:
        return _("Kept. It takes effect when a second person confirms it.")
    if made.emergency:
        return _("In force. It lapses in 24 hours unless a second person confirms it.")
    return _("In force. The person is told, with the article and how to appeal.")


def _linked_incident(request: HttpRequest) -> Incident | None:
    given = request.POST.get("incident") or request.GET.get("incident", "")
    if not given.isdigit():
        return None
    return get_object_or_404(Incident.objects.select_related("account__member"), pk=int(given))


def _linked_report(request: HttpRequest) -> Report | None:
    given = request.POST.get("signalement") or request.GET.get("signalement", "")
    if not given.isdigit():
        return None
    return get_object_or_404(Report.objects.select_related("account__member"), pk=int(given))
