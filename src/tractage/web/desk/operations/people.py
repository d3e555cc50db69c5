"""Those who take part: come and go, tick, say a word; lines and public figures, by coordinators."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.timezone import make_aware
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tractage.hq.operations import taking_part
from tractage.hq.operations.models import Guest, Operation, Step
from tractage.hq.people.models import Member
from tractage.hq.people.refusals import Refused
from tractage.hq.people.rules import require
from tractage.hq.people.selectors import member_named
from tractage.web.campaign import served
from tractage.web.desk.access import for_members, member_of
from tractage.web.desk.operations.pages import found_operation, show_operation


@require_POST
@for_members("operations.list")
def join(request: HttpRequest, pk: int) -> HttpResponse:
    """Take part."""
    words = _("You take part. The briefing sheet has all that you need.")
    return _act(request, pk, "head", taking_part.join_operation, words)


@require_POST
@for_members("operations.list")
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """No longer take part."""
    words = _("You no longer take part. The button brings you back.")
    return _act(request, pk, "head", taking_part.leave_operation, words)


@require_POST
@for_members("operations.list")
def word(request: HttpRequest, pk: int) -> HttpResponse:
    """A word afterwards, for the post-mortem."""
    said = request.POST.get("word", "")

    def write(member: Member, operation: Operation) -> None:
        taking_part.say_word(member, operation, said)

    return _act(request, pk, "word", write, _("Thank you: it stands in the post-mortem."))


@require_POST
@for_members("operations.plan")
def new_line(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a line to the checklist."""
    posted = request.POST

    def write(member: Member, operation: Operation) -> None:
        name = posted.get("pseudonym", "").strip()
        assigned = member_named(name) if name else None
        if name and (assigned is None or not assigned.is_active):
            raise Refused(_("Nobody here has this pseudonym. Check a letter?"))
        due = _moment(posted.get("due", ""))
        taking_part.add_step(member, operation, posted.get("text", "")[:160], assigned=assigned, due_at=due)

    return _act(request, pk, "step", write, _("Added."), "#a-cocher")


@require_POST
@for_members("operations.plan")
def new_guest(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a public figure who agreed."""
    posted = request.POST

    def write(member: Member, operation: Operation) -> None:
        try:
            agreed = date.fromisoformat(posted.get("agreed_on", ""))
        except ValueError:
            raise Refused(_("On which day did they agree?")) from None
        taking_part.add_guest(
            member,
            operation,
            posted.get("name", "")[:80],
            known_as=posted.get("known_as", "")[:80],
            agreed_on=agreed,
            declared=posted.get("declared", ""),
            attested=posted.get("attested") == "oui",
        )

    return _act(request, pk, "guest", write, _("Added. One button takes them off."), "#qui")


@require_POST
@for_members("operations.list")
def tick(request: HttpRequest, pk: int) -> HttpResponse:
    """Tick a line, or take the tick back."""
    step = _step(request, pk)
    require(member_of(request), "operations.tick", step)
    taking_part.tick_step(member_of(request), step, request.POST.get("done") == "oui")
    return redirect(reverse("operation", args=[step.operation_id]) + "#a-cocher")


@require_POST
@for_members("operations.plan")
def remove_line(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a line off the checklist."""
    step = _step(request, pk)
    taking_part.remove_step(member_of(request), step)
    messages.success(request, _("“%(text)s” is off the checklist.") % {"text": step.text})
    return redirect(reverse("operation", args=[step.operation_id]) + "#a-cocher")


@require_POST
@for_members("operations.plan")
def guest_off(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a public figure off; the same button brings them back."""
    found = Guest.objects.filter(operation__campaign=served(request)).select_related("operation__campaign")
    guest = get_object_or_404(found, pk=pk)
    taking_part.set_guest_present(member_of(request), guest, guest.withdrawn_at is not None)
    return redirect(reverse("operation", args=[guest.operation_id]) + "#qui")


def _step(request: HttpRequest, pk: int) -> Step:
    found = Step.objects.filter(operation__campaign=served(request)).select_related("operation__campaign")
    return get_object_or_404(found, pk=pk)


def _act(
    request: HttpRequest,
    pk: int,
    where: str,
    write: Callable[[Member, Operation], Any],
    words: str,
    anchor: str = "",
) -> HttpResponse:
    operation = found_operation(request, pk)
    try:
        write(member_of(request), operation)
    except Refused as refusal:
        return show_operation(request, operation, str(refusal), where, 409)
    messages.success(request, words)
    return redirect(reverse("operation", args=[pk]) + anchor)


def _moment(text: str) -> datetime | None:
    if not text:
        return None
    try:
        return make_aware(datetime.fromisoformat(text))
    except ValueError:
        raise Refused(_("This date is not understood.")) from None
