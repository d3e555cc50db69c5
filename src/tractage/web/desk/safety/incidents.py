"""Incidents: what the guard saw, what it rests on, what a person says of it."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from tractage.hq.safety.guard_models import RuleAction
from tractage.hq.safety.models import Incident, Source, State
from tractage.hq.safety.sealing import unseal
from tractage.hq.safety.selectors import IncidentFilter, incidents, sanctions
from tractage.hq.safety.services import handle_incident, reopen_incident
from tractage.web.desk.access import for_members, member_of
from tractage.web.desk.safety.guard_words import rule_words, why_words
from tractage.web.desk.safety.shown import action_done, evidence_lines

PAGE = 30
FILTERS = {"etat": "state", "source": "source", "action": "action", "regle": "rule", "vague": "wave"}


@for_members("safety.see_desk")
def index(request: HttpRequest) -> HttpResponse:
    """The list, by state, place, action, rule, wave, person."""
    given = {key: request.GET.get(key, "").strip()[:120] for key in FILTERS}
    if "etat" not in request.GET:
        given["etat"] = State.OPEN
    account = request.GET.get("personne", "")
    asked = IncidentFilter(
        **{FILTERS[key]: value for key, value in given.items() if value != "tous"},
        account=int(account) if account.isdigit() else None,
    )
    page = Paginator(incidents(asked), PAGE).get_page(request.GET.get("page"))
    kept = {key: value for key, value in {**given, "personne": account}.items() if value}
    context = {
        "page": page,
        "rows": [(one, rule_words(one.rule), action_done(one.action)) for one in page],
        "query": f"{urlencode(kept)}&" if kept else "",
        "given": given,
        "states": [*State.choices, ("tous", _("All"))],
        "sources": Source.choices,
        "actions": RuleAction.choices,
    }
    return render(request, "desk/safety/incidents.html", context)


@for_members("safety.see_desk")
def incident(request: HttpRequest, pk: int) -> HttpResponse:
    """One incident: evidence, text while it is kept, what was decided about it and about the person."""
    found = get_object_or_404(Incident.objects.select_related("account__member", "handled_by"), pk=pk)
    if request.method == "POST":
        actor, what = member_of(request), request.POST.get("do", "")
        if what == "reopen":
            reopen_incident(actor, found)
        elif what in ("handled", "dismissed"):
            handle_incident(actor, found, dismissed=what == "dismissed")
        messages.success(request, _("Kept. It can be opened again here."))
        return redirect("incident", pk)
    same = Incident.objects.exclude(pk=pk).filter(message_print=found.message_print)
    context = {
        "incident": found,
        "done": action_done(found.action),
        "rule": rule_words(found.rule),
        "why": why_words(found.why),
        "evidence": evidence_lines(found.evidence),
        "text": unseal(found.sealed),
        "own": found.sanctions.select_related("account__member"),
        "others": sanctions(account=found.account_id)[:5] if found.account_id else [],
        "same": same.count() if found.message_print else 0,
    }
    return render(request, "desk/safety/incident.html", context)
