"""The list of operations, and the page of one."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tractage.hq.campaigns.clock import now
from tractage.hq.campaigns.silence import campaign_rounds
from tractage.hq.library.selectors import public_works
from tractage.hq.operations.models import Guest, Operation, OperationStatus
from tractage.hq.operations.reminders import reminders_for
from tractage.hq.operations.selectors import (
    advice,
    coming_operations,
    figures,
    operation_for,
    operations_of_member,
    past_operations,
)
from tractage.hq.operations.window import care
from tractage.hq.people.rules import allowed
from tractage.web.campaign import served
from tractage.web.desk.access import for_members, member_of
from tractage.web.desk.operations.shown import (
    advice_words,
    length_words,
    local_hours,
    place_names,
    state,
    when,
)

PAGE = 12


@for_members("operations.list")
def index(request: HttpRequest) -> HttpResponse:
    """What runs and comes, what one is reminded of, what is over."""
    campaign, member, moment = served(request), member_of(request), now()
    plans = allowed(member, "operations.plan")
    mine = set(operations_of_member(member).values_list("pk", flat=True))
    coming = coming_operations(campaign, drafts=plans)
    page = Paginator(past_operations(campaign, drafts=plans), PAGE).get_page(request.GET.get("page"))
    context = {
        "coming": [_row(one, one.pk in mine) for one in coming],
        "past": [_row(one, False) for one in page],
        "page": page,
        "query": "",
        "reminders": reminders_for(member, moment),
        "plans": plans,
        "founds": allowed(member, "operations.express"),
    }
    return render(request, "desk/operations/index.html", context)


def _row(operation: Operation, mine: bool) -> tuple[Operation, str, str, bool]:
    return operation, when(operation.starts_at, operation.ends_at), state(operation, now()), mine


@for_members("operations.list")
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """All that one needs to take part."""
    return show_operation(request, found_operation(request, pk))


def found_operation(request: HttpRequest, pk: int) -> Operation:
    """The operation of this campaign, if the member may see it; otherwise 404."""
    operation = operation_for(served(request), pk)
    if operation is None or not allowed(member_of(request), "operations.see", operation):
        raise Http404
    return operation


def show_operation(
    request: HttpRequest, operation: Operation, error: str = "", where: str = "", status: int = 200
) -> HttpResponse:
    """The page, with what was refused beside the place where it was asked (`where`)."""
    member, moment = member_of(request), now()
    plans = allowed(member, "operations.plan")
    present = operation.present  # type: ignore[attr-defined]
    mine = next((one for one in present if one.member_id == member.pk), None)
    found = figures(operation)
    counsel = advice(operation, found)
    english = get_language() == "en"
    works = public_works(operation.campaign).filter(pk__in=operation.works.values("pk"))
    context = {
        "operation": operation,
        "when": when(operation.starts_at, operation.ends_at),
        "state": state(operation, moment),
        "over": operation.is_over(moment),
        "begun": moment >= operation.starts_at,
        "places": place_names(operation),
        "local": local_hours(operation),
        "mine": mine,
        "may_join": allowed(member, "operations.join", operation) and not operation.is_over(moment),
        "present": present,
        "lines": [(one, allowed(member, "operations.tick", one)) for one in operation.lines],  # type: ignore[attr-defined]
        "figures": found,
        "counsel": counsel,
        "advice": advice_words(counsel),
        "spacing": length_words(counsel.spacing) if counsel.spacing else "",
        "reasons": [(one.platform, one.en if english else one.fr) for one in counsel.reasons],
        "care": [(one.en if english else one.fr, one.article) for one in _care(operation)],
        "works": works,
        "plans": plans,
        "draft": operation.status == OperationStatus.DRAFT,
        "cancelled": operation.status == OperationStatus.CANCELLED,
        "removed": _removed(operation) if plans else [],
        "reminders": operation.reminders.all() if plans else [],
        "error": error,
        "where": where,
        "posted": request.POST if error else {},
        "today": moment.date().isoformat(),
        "declared": (
            ("unpaid", _("Unpaid, without a gift")),
            ("paid", _("Paid")),
            ("gift", _("Gifted, or paid in kind")),
        ),
    }
    return render(request, "desk/operations/page.html", context, status=status)


def _care(operation: Operation) -> list:  # type: ignore[type-arg]
    turns = campaign_rounds(operation.campaign)
    return care(turns, operation.where, operation.starts_at, operation.ends_at)


def _removed(operation: Operation) -> list[Guest]:
    return list(operation.guests.filter(withdrawn_at__isnull=False))
