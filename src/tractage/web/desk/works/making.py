"""Members bring a work: keep it as a draft, or send it to the reviewers."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from tractage.hq.library.models import Work
from tractage.hq.library.selectors import public_works
from tractage.hq.library.submission import change_work, draft_work, submit_work
from tractage.hq.people.refusals import Refused
from tractage.hq.people.rules import require
from tractage.web.campaign import served
from tractage.web.desk.access import for_members, member_of
from tractage.web.desk.works.forms import RightForms, WorkForm, content_from, initial_of
from tractage.web.desk.works.pages import found_work


@for_members()
def new(request: HttpRequest) -> HttpResponse:
    """A work from nothing, from a mission (`?mission=`) or after another (`?version=`)."""
    campaign, member = served(request), member_of(request)
    require(member, "library.submit_work", campaign)
    known: dict[str, Any] = {"credit": member.pseudonym, "brief": request.GET.get("mission")}
    if (version := request.GET.get("version", "")).isdigit():
        known["parent"] = public_works(campaign).filter(pk=version).first()
    return _form(request, None, known)


@for_members()
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """The same work, said or made better."""
    work = found_work(request, pk)
    require(member_of(request), "library.change_work", work)
    return _form(request, work, initial_of(work))


def _form(request: HttpRequest, work: Work | None, known: dict[str, Any]) -> HttpResponse:
    campaign, member = served(request), member_of(request)
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = WorkForm(data, files, initial=known, campaign=campaign, member=member, work=work)
    rows = RightForms(data, initial=work.rights if work else [], prefix="droits")
    lacking = ""
    # Both are read, so that all that is missing is said at once.
    if data is not None and all([rows.is_valid(), form.is_valid()]):
        content = content_from(form, rows)
        if form.sends and not content.rights:
            lacking = _("Its rights sheet is empty: say where each part comes from.")
        else:
            pieces = form.cleaned_data["clean_file"], form.cleaned_data["clean_captions"]
            if work is None:
                work = draft_work(member, campaign, content, *pieces)
            else:
                work = change_work(member, work, content, *pieces)
            return _go_on(request, work, form.sends)
    context = {
        "form": form,
        "rows": rows,
        "work": work,
        "lacking": lacking,
        "parent": form.initial.get("parent"),
        "kept_formats": form.kept_formats,
    }
    return render(request, "desk/works/form.html", context, status=422 if data is not None else 200)


def _go_on(request: HttpRequest, work: Work, sends: bool) -> HttpResponse:
    if sends:
        try:
            submit_work(member_of(request), work)
        except Refused as refusal:
            messages.warning(request, str(refusal))
            return redirect("change_work", work.pk)
        messages.success(request, _("Sent. Two people who did not make it will read it."))
    else:
        messages.success(request, _("Kept as a draft: only you see it."))
    return redirect("desk_work", work.pk)
