"""An operation while it runs, and once it is over."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tractage.hq.campaigns.clock import now
from tractage.hq.library.selectors import public_works
from tractage.hq.operations.lessons import PARTS, write_post_mortem
from tractage.hq.operations.models import Operation, PostMortem
from tractage.hq.operations.selectors import advice, figures, versions_of, words_of
from tractage.hq.people.refusals import Refused
from tractage.hq.people.rules import allowed
from tractage.web.desk.access import for_members, member_of
from tractage.web.desk.operations.counters import counters, reach_of
from tractage.web.desk.operations.forms import PostMortemForm
from tractage.web.desk.operations.pages import found_operation
from tractage.web.desk.operations.shown import advice_words, state, when

SECONDS = 15
"""Between two looks of the live page."""
MOST = 12


@require_safe
@for_members("operations.list")
def live(request: HttpRequest, pk: int) -> HttpResponse:
    """The figures of the moment; htmx asks for the same address and gets the figures alone."""
    operation, moment = found_operation(request, pk), now()
    found = figures(operation)
    newest = public_works(operation.campaign).filter(pk__in=versions_of(operation).values("pk"))
    context = {
        "operation": operation,
        "figures": found,
        "counters": counters(operation),
        "advice": advice_words(advice(operation, found)),
        "works": newest[:MOST],
        "state": state(operation, moment),
        "when": when(operation.starts_at, operation.ends_at),
        "runs": operation.runs(moment),
        "over": operation.is_over(moment),
        "moment": moment,
        "seconds": SECONDS,
    }
    template = "figures" if request.headers.get("HX-Request") else "live"
    return render(request, f"desk/operations/{template}.html", context)


@require_safe
@for_members("operations.list")
def post_mortem(request: HttpRequest, pk: int) -> HttpResponse:
    """What was planned, what was made, what was seen, what people said, what we keep."""
    operation = found_operation(request, pk)
    found = figures(operation)
    works = public_works(operation.campaign).filter(pk__in=versions_of(operation).values("pk"))
    context = {
        "operation": operation,
        "kept": _kept(operation),
        "figures": found,
        "counters": counters(operation),
        "reach": reach_of(operation),
        "sees_reach": allowed(member_of(request), "sightings.see_reach"),
        "words": words_of(operation),
        "works": works[:MOST],
        "when": when(operation.starts_at, operation.ends_at),
        "begun": now() >= operation.starts_at,
        "over": operation.is_over(now()),
        "plans": allowed(member_of(request), "operations.plan"),
        "language": get_language(),
    }
    return render(request, "desk/operations/post_mortem.html", context)


@for_members("operations.plan")
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """Coordinators write it; what was there is kept in the form."""
    operation = found_operation(request, pk)
    kept = _kept(operation)
    known = {name: getattr(kept, name) for name in PARTS} if kept else {}
    form = PostMortemForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        try:
            write_post_mortem(member_of(request), operation, form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Kept."))
            return redirect("post_mortem", pk)
    context = {"operation": operation, "form": form, "words": words_of(operation)}
    status = 422 if form.errors else 200
    return render(request, "desk/operations/write_post_mortem.html", context, status=status)


def _kept(operation: Operation) -> PostMortem | None:
    return PostMortem.objects.filter(operation=operation).select_related("edited_by").first()
