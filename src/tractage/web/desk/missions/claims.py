"""Tabs: take one, give it back, pass it on; each by one button."""

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from tractage.hq.missions import claims
from tractage.hq.missions.models import Claim
from tractage.hq.missions.selectors import held_by, offered_to, past_claims
from tractage.hq.people.models import Member
from tractage.hq.people.refusals import Refused
from tractage.hq.people.rules import require
from tractage.hq.people.selectors import member_named
from tractage.web.campaign import served
from tractage.web.desk.access import for_members, member_of
from tractage.web.desk.missions.pages import found_brief, show_brief

PAGE = 20


@for_members("missions.see_board")
def mine(request: HttpRequest) -> HttpResponse:
    """What one holds, what is held out to one, what is done."""
    return _show_mine(request)


@require_POST
@for_members("missions.see_board")
def take(request: HttpRequest, pk: int) -> HttpResponse:
    """Tear off a tab."""
    brief = found_brief(request, pk)
    try:
        claims.claim_brief(member_of(request), brief)
    except Refused as refusal:
        return show_brief(request, brief, str(refusal), 409)
    words = ngettext(
        "It is yours for %(hours)s hour. You can give it back at any time.",
        "It is yours for %(hours)s hours. You can give it back at any time.",
        brief.hold_hours,
    )
    messages.success(request, words % {"hours": brief.hold_hours})
    return redirect("brief", pk)


@require_POST
@for_members("missions.see_board")
def give_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a tab back; taking the mission again undoes it."""
    return _act(request, pk, "missions.hold_claim", claims.release_claim, _("Given back. Someone else will."))


@require_POST
@for_members("missions.see_board")
def keep(request: HttpRequest, pk: int) -> HttpResponse:
    """No longer hold it out."""
    return _act(request, pk, "missions.hold_claim", claims.withdraw_offer, _("It stays with you."))


@require_POST
@for_members("missions.see_board")
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Take what is held out."""
    return _act(request, pk, "missions.answer_offer", claims.accept_offer, _("It is yours now."))


@require_POST
@for_members("missions.see_board")
def decline(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave it."""
    return _act(request, pk, "missions.answer_offer", claims.decline_offer, _("It stays where it was."))


@require_POST
@for_members("missions.see_board")
def pass_on(request: HttpRequest, pk: int) -> HttpResponse:
    """Hold a tab out to someone by their pseudonym."""
    member = member_of(request)
    claim = get_object_or_404(Claim.objects.select_related("brief__campaign"), pk=pk)
    require(member, "missions.hold_claim", claim)
    name = request.POST.get("pseudonym", "").strip()
    to = member_named(name)
    try:
        if to is None or not to.is_active:
            raise Refused(_("Nobody here has this pseudonym. Check a letter?"))
        claims.offer_claim(member, claim, to)
    except Refused as refusal:
        return _show_mine(request, pk, str(refusal), name)
    words = _("Held out to %(name)s. It stays with you until they take it.")
    messages.success(request, words % {"name": to.pseudonym})
    return redirect("my_missions")


def _act(
    request: HttpRequest, pk: int, permission: str, write: Callable[[Member, Claim], Claim], words: str
) -> HttpResponse:
    member = member_of(request)
    claim = get_object_or_404(Claim.objects.select_related("brief__campaign"), pk=pk)
    require(member, permission, claim)
    try:
        write(member, claim)
    except Refused as refusal:
        return _show_mine(request, pk, str(refusal))
    messages.success(request, words)
    return redirect("my_missions")


def _show_mine(request: HttpRequest, wrong: int = 0, error: str = "", name: str = "") -> HttpResponse:
    from tractage.hq.campaigns.clock import now

    member, moment = member_of(request), now()
    held = []
    for claim in held_by(member, moment):
        whole = (claim.until - claim.taken_at).total_seconds() or 1
        gone = (moment - claim.taken_at).total_seconds()
        held.append((claim, max(0, min(100, round(100 * gone / whole))), claim.until - moment))
    context = {
        "campaign": served(request),
        "held": [(claim, share, _left(left.total_seconds())) for claim, share, left in held],
        "offers": list(offered_to(member, moment)),
        "page": Paginator(past_claims(member), PAGE).get_page(request.GET.get("page")),
        "query": "",
        "wrong": wrong,
        "error": error,
        "name": name,
    }
    return render(request, "desk/missions/mine.html", context, status=409 if error else 200)


def _left(seconds: float) -> str:
    minutes = max(1, int(seconds // 60))
    if minutes < 60:
        return ngettext("%(number)s minute", "%(number)s minutes", minutes) % {"number": minutes}
    hours = minutes // 60
    return ngettext("%(number)s hour", "%(number)s hours", hours) % {"number": hours}
