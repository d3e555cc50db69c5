"""The express plan: a day, a look at what it gives, one click."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tractage.hq.operations.express import (
    Preview,
    current_plan,
    make_express_plan,
    preview,
    undo_express_plan,
)
from tractage.hq.people.refusals import Refused
from tractage.web.campaign import served
from tractage.web.desk.access import for_members, member_of
from tractage.web.desk.operations.forms import ExpressForm
from tractage.web.desk.operations.shown import when


@for_members("operations.express")
def page(request: HttpRequest) -> HttpResponse:
    """Ask for a day; show what one click would make, or the plan in force."""
    campaign = served(request)
    form = ExpressForm(request.GET) if "dissolution" in request.GET else ExpressForm()
    shown: Preview | None = None
    if form.is_bound and form.is_valid():
        try:
            shown = preview(campaign, form.cleaned_data["dissolution"], form.cleaned_data["first_round"])
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return _show(request, form, shown, 422 if form.errors else 200)


@require_POST
@for_members("operations.express")
def make(request: HttpRequest) -> HttpResponse:
    """Write it, all as drafts."""
    campaign, form = served(request), ExpressForm(request.POST)
    if form.is_valid():
        try:
            made = make_express_plan(
                member_of(request),
                campaign,
                form.cleaned_data["dissolution"],
                form.cleaned_data["first_round"],
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            words = _(
                "Drafted: %(briefs)s missions, %(operations)s operations; the dates are in the calendar."
            )
            numbers = {"briefs": made.briefs.count(), "operations": made.operations.count()}
            messages.success(request, words % numbers)
            return redirect("express_plan")
    return _show(request, form, None, 409)


@require_POST
@for_members("operations.express")
def undo(request: HttpRequest) -> HttpResponse:
    """Take the drafts and the dates back."""
    plan = current_plan(served(request))
    if plan is not None:
        briefs, operations = undo_express_plan(member_of(request), plan)
        words = _(
            "Undone: %(briefs)s missions and %(operations)s operations that were still drafts are gone."
        )
        messages.success(request, words % {"briefs": briefs, "operations": operations})
    return redirect("express_plan")


def _show(request: HttpRequest, form: ExpressForm, shown: Preview | None, status: int) -> HttpResponse:
    plan = current_plan(served(request))
    english = get_language() == "en"
    context = {
        "form": form,
        "preview": shown,
        "steps": [(one, one.en if english else one.fr) for one in shown.plan.steps] if shown else [],
        "drafts": [(one, when(one.starts_at, one.ends_at)) for one in shown.operations] if shown else [],
        "briefs": [words["title"] for _origin, words in shown.briefs] if shown else [],
        "plan": plan,
        "operations": [(one, when(one.starts_at, one.ends_at)) for one in plan.operations.all()]
        if plan
        else [],
        "plan_briefs": plan.briefs.order_by("pk") if plan else [],
    }
    return render(request, "desk/operations/express.html", context, status=status)
