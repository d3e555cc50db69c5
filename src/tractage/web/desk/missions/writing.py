"""Coordinators write briefs: new, changed, a variant, closed."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tractage.hq.missions.models import Brief, BriefStatus
from tractage.hq.missions.services import (
    BriefContent,
    change_brief,
    content_of,
    fork_brief,
    set_brief_open,
    write_brief,
)
from tractage.hq.people.refusals import Refused
from tractage.web.campaign import served
from tractage.web.desk.access import for_members, member_of
from tractage.web.desk.missions.forms import BriefForm, FactForms, content_from, initial_of
from tractage.web.desk.missions.pages import found_brief


@for_members("missions.write_brief")
def new(request: HttpRequest) -> HttpResponse:
    """A brief from nothing."""
    campaign, member = served(request), member_of(request)
    return _form(request, _("New mission"), None, lambda content: write_brief(member, campaign, content))


@for_members("missions.write_brief")
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """The same brief, said better."""
    brief, member = found_brief(request, pk), member_of(request)
    return _form(
        request, _("Change the mission"), brief, lambda content: change_brief(member, brief, content)
    )


@for_members("missions.write_brief")
def fork(request: HttpRequest, pk: int) -> HttpResponse:
    """A variant that names where it comes from."""
    parent, member = found_brief(request, pk), member_of(request)
    return _form(
        request,
        _("A variant of “%(title)s”") % {"title": parent.title},
        parent,
        lambda content: fork_brief(member, parent, content),
    )


@require_POST
@for_members("missions.write_brief")
def open_or_close(request: HttpRequest, pk: int) -> HttpResponse:
    """One button, that undoes itself."""
    brief = found_brief(request, pk)
    opened = brief.status != BriefStatus.OPEN
    set_brief_open(member_of(request), brief, opened)
    words = _("Open again.") if opened else _("Closed: who holds a tab can finish. The same button opens it.")
    messages.success(request, words)
    return redirect("brief", pk)


def _asked_for(request: HttpRequest) -> dict[str, str]:
    """The seat that the page before asks a mission for: `?siege=24-03`."""
    wanted = request.GET.get("siege", "")[:6].strip().upper()
    return {"targets": wanted} if wanted else {}


def _form(
    request: HttpRequest, title: str, brief: Brief | None, write: Callable[[BriefContent], Brief]
) -> HttpResponse:
    known, facts_known = initial_of(content_of(brief)) if brief else (_asked_for(request), [])
    form = BriefForm(request.POST or None, initial=known)
    # Without what was known: a row that came back unchanged is still a fact to keep.
    posted = request.method == "POST"
    facts = FactForms(
        request.POST if posted else None, initial=None if posted else facts_known, prefix="faits"
    )
    if request.method == "POST" and form.is_valid() and facts.is_valid():
        try:
            written = write(content_from(form, facts))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Pinned on the board."))
            return redirect("brief", written.pk)
    context = {"form": form, "facts": facts, "heading": title, "brief": brief}
    status = 422 if request.method == "POST" else 200
    return render(request, "desk/missions/form.html", context, status=status)
