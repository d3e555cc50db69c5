"""Coordinators plan: new, changed, planned, called off, opened to the public."""

from collections.abc import Callable, Sequence
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tractage.hq.operations.models import Operation, OperationStatus
from tractage.hq.operations.services import (
    PLAIN,
    OperationContent,
    cancel_operation,
    change_operation,
    content_of,
    plan_operation,
    publish_operation,
    set_public,
)
from tractage.hq.operations.window import WindowRefused
from tractage.hq.people.refusals import Refused
from tractage.web.campaign import served
from tractage.web.desk.access import for_members, member_of
from tractage.web.desk.missions.forms import MOMENT
from tractage.web.desk.operations.forms import OperationForm
from tractage.web.desk.operations.pages import found_operation, show_operation
from tractage.web.desk.operations.shown import WindowAnswer, window_answer

Write = Callable[[OperationContent, Sequence[str], bool], Operation]


@for_members("operations.plan")
def new(request: HttpRequest) -> HttpResponse:
    """An operation from nothing."""
    campaign, member = served(request), member_of(request)

    def write(content: OperationContent, steps: Sequence[str], draft: bool) -> Operation:
        return plan_operation(member, campaign, content, steps=steps, draft=draft)

    return _form(request, _("Plan an operation"), None, write)


@for_members("operations.plan")
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """The same, said better or at another hour."""
    operation, member = found_operation(request, pk), member_of(request)

    def write(content: OperationContent, _steps: Sequence[str], _draft: bool) -> Operation:
        return change_operation(member, operation, content)

    return _form(request, _("Change the operation"), operation, write)


@require_POST
@for_members("operations.plan")
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Plan a draft, or take a cancelled one up again."""
    operation = found_operation(request, pk)
    try:
        publish_operation(member_of(request), operation)
    except Refused as refusal:
        return show_operation(request, operation, str(refusal), "head", 409)
    messages.success(request, _("Planned: members can join."))
    return redirect("operation", pk)


@for_members("operations.plan")
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for a reason, then call it off; the same page takes it up again."""
    operation, error = found_operation(request, pk), ""
    if request.method == "POST":
        try:
            cancel_operation(member_of(request), operation, request.POST.get("reason", ""))
        except Refused as refusal:
            error = str(refusal)
        else:
            messages.success(request, _("Called off. The button on this page takes it up again."))
            return redirect("operation", pk)
    context = {"operation": operation, "error": error, "reason": request.POST.get("reason", "")}
    return render(request, "desk/operations/cancel.html", context, status=409 if error else 200)


@require_POST
@for_members("operations.plan")
def public(request: HttpRequest, pk: int) -> HttpResponse:
    """One button that opens the public page, and shuts it."""
    operation = found_operation(request, pk)
    opened = operation.public_at is None
    try:
        set_public(member_of(request), operation, opened)
    except Refused as refusal:
        return show_operation(request, operation, str(refusal), "head", 409)
    words = _("Its public page is open.") if opened else _("Its public page is shut.")
    messages.success(request, words)
    return redirect("operation", pk)


def _form(request: HttpRequest, title: str, operation: Operation | None, write: Write) -> HttpResponse:
    initial = _initial(content_of(operation)) if operation else {}
    data = _with_offered_window(request.POST) if request.method == "POST" else None
    form = OperationForm(served(request), data, initial=initial, steps=operation is None)
    answer: WindowAnswer | None = None
    if data is not None and form.is_valid():
        content, steps = form.content()
        try:
            written = write(content, steps, "brouillon" in data)
        except WindowRefused as refusal:
            answer = window_answer(refusal)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            draft = written.status == OperationStatus.DRAFT
            messages.success(
                request,
                _("Kept as a draft: only coordinators see it.")
                if draft
                else _("Planned: the window is lawful."),
            )
            return redirect("operation", written.pk)
    context = {"form": form, "heading": title, "operation": operation, "answer": answer}
    return render(request, "desk/operations/form.html", context, status=422 if data is not None else 200)


def _initial(content: OperationContent) -> dict[str, object]:
    known: dict[str, object] = {name: getattr(content, name) for name in PLAIN}
    return known | {"works": list(content.works)}


def _with_offered_window(posted: QueryDict) -> QueryDict:
    """What was posted, with the offered window in place of the refused one if its button was used."""
    start, _sign, end = posted.get("fenetre", "").partition("/")
    try:
        since, until = (localtime(datetime.fromisoformat(text)) for text in (start, end))
    except ValueError:
        return posted
    found = posted.copy()
    found["starts_at"], found["ends_at"] = since.strftime(MOMENT), until.strftime(MOMENT)
    return found
