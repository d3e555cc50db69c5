"""Searches drawn by lot: take one, log what one sees or that nothing is there; coordinators draw."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from tractage.adapters.media import MediaError
from tractage.hq.people.refusals import Refused
from tractage.hq.people.rules import allowed, require
from tractage.hq.sightings.audits import draw_round, finish_task, give_back_task, reopen_task, take_task
from tractage.hq.sightings.kinds import How, SeenState, TaskStatus
from tractage.hq.sightings.models import AuditRound, AuditTask
from tractage.hq.sightings.refusals import FieldRefused
from tractage.hq.sightings.selectors import audit_counts, searches_of, works_to_choose
from tractage.hq.sightings.services import PLATFORM_NAMES, log_sighting
from tractage.web.campaign import served
from tractage.web.desk.access import for_members, member_of
from tractage.web.public.sightings.forms import SeenForm, platform_name, recognise

MINE = 10


class DrawForm(forms.Form):
    """What a draw is made from."""

    seed = forms.CharField(
        label=gettext_lazy("Seed"),
        max_length=80,
        required=False,
        help_text=gettext_lazy("Said aloud before the draw: a date, three dice, a headline. Used once."),
    )
    count = forms.IntegerField(label=gettext_lazy("How many searches"), initial=20, required=False)
    platforms = forms.MultipleChoiceField(
        label=gettext_lazy("Platforms"), required=False, widget=forms.CheckboxSelectMultiple
    )
    places = forms.BooleanField(
        label=gettext_lazy("Draw names of constituencies too"), initial=True, required=False
    )
    queries = forms.CharField(
        label=gettext_lazy("Words, one a line"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    sounds = forms.CharField(
        label=gettext_lazy("Sounds, one a line"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, **words: Any) -> None:
        """Offer the platforms that have posts; the web at large cannot be searched."""
        super().__init__(*args, **words)
        names = [(name, platform_name(name)) for name in PLATFORM_NAMES if name != "web"]
        self.fields["platforms"].choices = names  # type: ignore[attr-defined]
        self.fields["platforms"].initial = ["tiktok", "instagram", "x"]


@require_safe
@for_members("sightings.take_audit")
def index(request: HttpRequest) -> HttpResponse:
    """The search in one's hands, how many wait, what one did."""
    return show_index(request)


def show_index(request: HttpRequest, refused: str = "", status: int = 200) -> HttpResponse:
    """The page, with what was refused if something was."""
    campaign, member = served(request), member_of(request)
    mine = list(searches_of(campaign, member)[:MINE])
    context = {
        "counts": audit_counts(campaign),
        "held": next((one for one in mine if one.status == TaskStatus.TAKEN), None),
        "done": [(one, platform_name(one.platform)) for one in mine if one.status == TaskStatus.DONE],
        "rounds": AuditRound.objects.filter(campaign=campaign)[:5],
        "draws": allowed(member, "sightings.draw_audit"),
        "refused": refused,
    }
    return render(request, "desk/sightings/audits.html", context, status=status)


@for_members("sightings.draw_audit")
def draw(request: HttpRequest) -> HttpResponse:
    """Draw searches from a seed."""
    form = DrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = draw_round(
                member_of(request),
                served(request),
                given["seed"],
                given["count"] or 0,
                given["platforms"],
                places=given["places"],
                queries=given["queries"].splitlines(),
                sounds=given["sounds"].splitlines(),
            )
        except FieldRefused as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            words = _("Drawn: %(number)s searches wait for members.")
            messages.success(request, words % {"number": made.tasks.count()})
            return redirect("audits")
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "desk/sightings/draw.html", {"form": form}, status=status)


@require_POST
@for_members("sightings.take_audit")
def take(request: HttpRequest) -> HttpResponse:
    """Take the next search."""
    try:
        task = take_task(member_of(request), served(request))
    except Refused as refusal:
        return show_index(request, str(refusal), 409)
    return redirect("audit_task", task.pk)


@for_members("sightings.take_audit")
def task_page(request: HttpRequest, pk: int) -> HttpResponse:
    """What to look up, where, how; and the form to log what is there."""
    task, member = found(request, pk), member_of(request)
    require(member, "sightings.hold_audit", task)
    words: dict[str, Any] = {"campaign": served(request), "member": False}
    if request.method != "POST":
        return _show(request, task, SeenForm(initial={"platform": task.platform}, **words))
    given = request.POST.copy()
    given["platform"] = task.platform
    form = SeenForm(given, request.FILES, **words)
    if not form.is_valid():
        return _show(request, task, form, 422)
    try:
        capture = form.cleaned_data["capture"]
        matches = recognise(form.campaign, capture) if capture else []
        seen = form.seen(matches)
        log_sighting(member, form.campaign, _of_task(seen, task))
    except FieldRefused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
    except MediaError as refusal:
        form.add_error("capture", refusal.in_words(_))
    except Refused as refusal:
        form.add_error(None, str(refusal))
    else:
        messages.success(request, _("Noted in this search. Go on, or say that you are done."))
        return redirect("audit_task", pk)
    return _show(request, task, form, 422)


@require_POST
@for_members("sightings.take_audit")
def finish(request: HttpRequest, pk: int) -> HttpResponse:
    """Done, with what was logged or nothing; the same address takes it up again."""
    task, member = found(request, pk), member_of(request)
    if task.status == TaskStatus.DONE:
        try:
            reopen_task(member, task)
        except Refused as refusal:
            return show_index(request, str(refusal), 409)
        return redirect("audit_task", pk)
    done = finish_task(member, task)
    text = _("Done, with nothing seen: that counts as much.") if done.nothing else _("Done. Thank you.")
    messages.success(request, text)
    return redirect("audits")


@require_POST
@for_members("sightings.take_audit")
def give_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Put it back for someone else."""
    give_back_task(member_of(request), found(request, pk))
    messages.success(request, _("Put back for someone else."))
    return redirect("audits")


def found(request: HttpRequest, pk: int) -> AuditTask:
    """The drawn search of this campaign."""
    rows = AuditTask.objects.filter(round__campaign=served(request)).select_related("round")
    task = rows.filter(pk=pk).first()
    if task is None:
        raise Http404
    return task


def _of_task(seen: Any, task: AuditTask) -> Any:
    from dataclasses import replace

    return replace(seen, how=How.AUDIT, task=task, query=task.subject)


def _show(request: HttpRequest, task: AuditTask, form: SeenForm, status: int = 200) -> HttpResponse:
    logged = task.sightings.exclude(state=SeenState.WITHDRAWN).select_related("post", "work")
    context = {
        "task": task,
        "platform": platform_name(task.platform),
        "form": form,
        "works": works_to_choose(served(request), most=40),
        "logged": logged,
    }
    return render(request, "desk/sightings/task.html", context, status=status)
