"""The rules on words: the list, a box to try them, one rule with what it did in shadow."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tractage.hq.people.refusals import Refused
from tractage.hq.safety.guard_models import RuleState
from tractage.hq.safety.models import AllowedWord, GuardRule, ShadowHit
from tractage.hq.safety.sealing import unseal
from tractage.hq.safety.services import (
    judge_hit,
    remove_rule,
    report_of,
    set_allowed,
    switch_rule,
    write_rule,
)
from tractage.hq.safety.trial import try_message
from tractage.web.desk.access import for_members, member_of
from tractage.web.desk.safety.forms import RuleForm
from tractage.web.desk.safety.shown import rate, tried_lines

PAGE = 50
SAMPLE = 10


@for_members("safety.see_desk")
def index(request: HttpRequest) -> HttpResponse:
    """The rules by state and text; a message pasted into the box is judged and forgotten."""
    state, words = request.GET.get("etat", ""), request.GET.get("q", "").strip()[:80]
    found = GuardRule.objects.all()
    if state in RuleState.values:
        found = found.filter(state=state)
    if words:
        found = found.filter(text__icontains=words)
    asked = {key: value for key, value in (("etat", state), ("q", words)) if value}
    pasted, error = request.POST.get("message", "")[:4000], ""
    tried = None
    if request.method == "POST":
        try:
            tried = tried_lines(try_message(pasted))
        except Refused as refusal:
            error = str(refusal)
    context = {
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "query": f"{urlencode(asked)}&" if asked else "",
        "state": state,
        "words": words,
        "states": RuleState.choices,
        "total": GuardRule.objects.count(),
        "pasted": pasted,
        "tried": tried,
        "error": error,
    }
    return render(request, "desk/safety/rules.html", context)


@for_members("safety.write_rules")
def new(request: HttpRequest) -> HttpResponse:
    """Write a rule; it begins in shadow."""
    form = RuleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            rule = write_rule(member_of(request), form.content())
        except Refused as refusal:
            form.add_error("text", str(refusal))
        else:
            messages.success(request, _("Kept, in shadow: it counts what it would do, and does nothing."))
            return redirect("guard_rule", rule.pk)
    return render(request, "desk/safety/rule_form.html", {"form": form}, status=422 if form.errors else 200)


@for_members("safety.write_rules")
def rule(request: HttpRequest, pk: int) -> HttpResponse:
    """One rule: its text, what it did in shadow with its interval, hits to judge, the switch."""
    found = get_object_or_404(GuardRule, pk=pk)
    error = ""
    given = request.POST if request.POST.get("do") == "change" else None
    initial = {
        "kind": found.kind,
        "text": found.text,
        "action": found.action,
        "scope": ", ".join(found.scope),
    }
    form = RuleForm(given, initial=initial)
    if request.method == "POST":
        try:
            answer = _act(request, found, form)
        except Refused as refusal:
            error = str(refusal)
        else:
            if answer is not None:
                return answer
    report = report_of(found)
    left = found.sample.filter(right=None)[:SAMPLE]
    context = {
        "rule": found,
        "form": form,
        "report": report,
        "rate": rate(report),
        "sample": [(hit, unseal(hit.sealed)) for hit in left],
        "judged": found.sample.exclude(right=None).select_related("judged_by").order_by("-pk")[:SAMPLE],
        "active": found.state == RuleState.ACTIVE,
        "error": error,
    }
    return render(request, "desk/safety/rule.html", context, status=422 if error or form.errors else 200)


@require_POST
@for_members("safety.write_rules")
def judge(request: HttpRequest, pk: int) -> HttpResponse:
    """Say whether one hit of the sample is right."""
    hit = get_object_or_404(ShadowHit, pk=pk)
    verdicts = {"right": True, "wrong": False, "back": None}
    given = request.POST.get("do", "")
    if given in verdicts:
        judge_hit(member_of(request), hit, right=verdicts[given])
    return redirect("guard_rule", hit.rule_id)


@for_members("safety.write_rules")
def allowed_words(request: HttpRequest) -> HttpResponse:
    """Innocent look-alikes, one a line."""
    if request.method == "POST":
        set_allowed(member_of(request), request.POST.get("words", "")[:20000].splitlines())
        messages.success(request, _("Kept. These words and phrases are let through."))
        return redirect("allowed_words")
    words = "\n".join(AllowedWord.objects.values_list("text", flat=True))
    return render(request, "desk/safety/allowed.html", {"words": words})


def _act(request: HttpRequest, found: GuardRule, form: RuleForm) -> HttpResponse | None:
    actor, what = member_of(request), request.POST.get("do", "")
    if what in ("on", "shadow"):
        switch_rule(actor, found, active=what == "on")
        words = (
            _("Switched on. It acts from now on.") if what == "on" else _("Back in shadow: it only counts.")
        )
        messages.success(request, words)
    elif what == "remove":
        remove_rule(actor, found)
        messages.success(request, _("Taken away. The history of the rules brings it back."))
        return redirect("guard_rules")
    elif what == "change":
        if not form.is_valid():
            return None
        write_rule(actor, form.content(found.key))
        messages.success(request, _("Changed: it begins again in shadow."))
    return redirect("guard_rule", found.pk)
