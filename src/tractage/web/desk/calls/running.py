"""Coordinators open a call, close it, choose; the jury sees what there is to read."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from tractage.hq.calls import services
from tractage.hq.calls.models import PosterCall, State
from tractage.hq.calls.selectors import call_for, calls_of, jury_order, results, voted
from tractage.hq.people.refusals import Refused
from tractage.hq.people.rules import allowed, require
from tractage.web.campaign import served
from tractage.web.desk.access import for_members, member_of

PAGE = 20
STEPS = {
    State.OPEN: gettext_lazy("Open it to everyone"),
    State.JURY: gettext_lazy("Give it to the jury"),
    State.SHOWN: gettext_lazy("Show the results"),
    State.DRAFT: gettext_lazy("Back to preparation"),
}
BACK = {
    State.OPEN: gettext_lazy("Open it again"),
    State.JURY: gettext_lazy("Hide the results again"),
}


class CallForm(forms.Form):
    """What a coordinator writes."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=120)
    subject = forms.CharField(
        label=gettext_lazy("Subject and rules"),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("What is looked for, what is not, what happens to the chosen ones."),
    )
    closes_at = forms.DateTimeField(
        label=gettext_lazy("Open until"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
        help_text=gettext_lazy("Paris time. The call closes by itself."),
    )


@for_members("calls.sit_on_jury")
def index(request: HttpRequest) -> HttpResponse:
    """Every call, the latest first."""
    page = Paginator(calls_of(served(request)), PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "query": "", "runs": allowed(member_of(request), "calls.run_call")}
    return render(request, "desk/calls/index.html", context)


@for_members("calls.run_call")
def new(request: HttpRequest) -> HttpResponse:
    """Prepare a call."""
    return _form(request, None)


@for_members("calls.run_call")
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change its words, before the jury has it."""
    return _form(request, found_call(request, pk))


def _form(request: HttpRequest, call: PosterCall | None) -> HttpResponse:
    known = {name: getattr(call, name) for name in ("title", "subject", "closes_at")} if call else {}
    form = CallForm(request.POST if request.method == "POST" else None, initial=known)
    if request.method == "POST" and form.is_valid():
        try:
            kept = services.write_call(
                member_of(request), served(request), services.CallContent(**form.cleaned_data), call
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Kept."))
            return redirect("poster_call", kept.pk)
    status = 422 if form.errors else 200
    return render(request, "desk/calls/form.html", {"form": form, "call": call}, status=status)


@for_members("calls.sit_on_jury")
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """Where a call stands; the marks once the jury is at work, for who runs it, and for all once shown."""
    return _show(request, found_call(request, pk))


@require_POST
@for_members("calls.run_call")
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """One step on, or one step back."""
    call = found_call(request, pk)
    try:
        services.move_call(member_of(request), call, request.POST.get("vers", ""))
    except Refused as refusal:
        return _show(request, call, str(refusal), 409)
    return redirect("poster_call", pk)


@require_POST
@for_members("calls.run_call")
def choose(request: HttpRequest, pk: int, entry: int) -> HttpResponse:
    """Make a work of a poster: the reviewers read it like any other."""
    call = found_call(request, pk)
    found = call.entries.filter(pk=entry).first()
    if found is None:
        raise Http404
    try:
        work = services.choose_entry(member_of(request), found)
    except Refused as refusal:
        return _show(request, call, str(refusal), 409)
    messages.success(request, _("Chosen: two persons read it now, as they do any work."))
    return redirect("desk_work", work.pk)


def found_call(request: HttpRequest, pk: int) -> PosterCall:
    """The call of this campaign."""
    call = call_for(served(request), pk)
    if call is None:
        raise Http404
    return call


def _show(request: HttpRequest, call: PosterCall, error: str = "", status: int = 200) -> HttpResponse:
    member = member_of(request)
    require(member, "calls.sit_on_jury")
    runs, state = allowed(member, "calls.run_call"), State(call.state)
    before, *after = services.NEXT[state] if state != State.DRAFT else (None, State.OPEN)
    # A juror who runs the call sees the marks only once all of their own are given.
    order = jury_order(call, member)
    left = len(set(order) - voted(call, member)) if state == State.JURY else 0
    marks = state == State.SHOWN or (state == State.JURY and runs and not left)
    context: dict[str, Any] = {
        "call": call,
        "number": call.entries.count(),
        "left": left,
        "reads": state == State.JURY and bool(order),
        "runs": runs,
        "changes": runs and state in (State.DRAFT, State.OPEN),
        "before": (before, BACK.get(before, STEPS[before])) if before else None,
        "after": (after[0], STEPS[after[0]]) if after else None,
        "results": results(call) if marks else [],
        "least": services.LEAST_VOTES,
        "error": error,
    }
    return render(request, "desk/calls/one.html", context, status=status)
