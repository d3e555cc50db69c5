"""The page of the person concerned: what was decided about them, why, and how they appeal."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from tractage.domain.guard.sanctions import Standing
from tractage.hq.people.attempts import check_attempts, count_attempt, login_keys
from tractage.hq.people.models import Member
from tractage.hq.people.refusals import Refused, TooManyAttempts
from tractage.hq.people.selectors import member_named
from tractage.hq.safety.models import Account
from tractage.hq.safety.sealing import unseal
from tractage.hq.safety.selectors import sanctions_of
from tractage.hq.safety.services import account_of_link, account_of_member, appeal_path, appeal_sanction
from tractage.web.campaign import served
from tractage.web.desk.access import place_of
from tractage.web.desk.safety.shown import article, evidence_lines


@sensitive_post_parameters("password")
def door(request: HttpRequest) -> HttpResponse:
    """Who cannot come in any more opens their own page with the same password."""
    if request.user.is_authenticated:
        return redirect(appeal_path(account_of_member(request.user)))
    error, name = "", request.POST.get("pseudonym", "").strip()[:32]
    if request.method == "POST":
        keys = login_keys(name, place_of(request))
        try:
            check_attempts(keys)
        except TooManyAttempts as refusal:
            return render(request, "desk/safety/door.html", {"error": str(refusal), "name": name}, status=429)
        member = _known(name, request.POST.get("password", ""))
        if member is not None:
            return redirect(appeal_path(account_of_member(member)))
        count_attempt(keys)
        error = _("This pseudonym and this password do not go together.")
    return render(request, "desk/safety/door.html", {"error": error, "name": name})


def mine(request: HttpRequest, token: str) -> HttpResponse:
    """Each sanction with its article, its evidence, its end, and the appeal; the link is the key."""
    account = account_of_link(token)
    if account is None:
        raise Http404
    error, wrong, text = "", 0, ""
    if request.method == "POST":
        text, number = request.POST.get("text", ""), request.POST.get("sanction", "")
        chosen = sanctions_of(account).filter(pk=number).first() if number.isdigit() else None
        if chosen is None:
            raise Http404
        try:
            appeal_sanction(chosen, text, link=token)
        except Refused as refusal:
            error, wrong = str(refusal), chosen.pk
        else:
            return redirect("my_sanctions", token)
    response = render(request, "desk/safety/mine.html", _context(request, account, error, wrong, text))
    if error:
        response.status_code = 422
    add_never_cache_headers(response)
    response["X-Robots-Tag"] = "noindex"
    return response


def _context(request: HttpRequest, account: Account, error: str, wrong: int, text: str) -> dict[str, object]:
    campaign = served(request)
    rows = []
    for one in sanctions_of(account):
        appeal = getattr(one, "appeal", None)
        rows.append(
            {
                "sanction": one,
                "article": article(campaign, one.article),
                "evidence": evidence_lines(one.evidence),
                "appeal": appeal,
                "words": unseal(appeal.sealed) if appeal else "",
                "can_appeal": appeal is None and one.standing == Standing.IN_FORCE,
            }
        )
    return {"rows": rows, "error": error, "wrong": wrong, "text": text}


def _known(name: str, password: str) -> Member | None:
    member = member_named(name)
    return member if member is not None and member.check_password(password) else None
