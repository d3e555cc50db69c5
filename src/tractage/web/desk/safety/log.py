"""The safety log: its lines, its end to write down, and the check of the whole chain."""

import json
from datetime import UTC, datetime
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from tractage.domain.guard.audit import Anchor
from tractage.hq.people.models import Member
from tractage.hq.safety.models import LogLine
from tractage.hq.safety.services import log_end, verify_log
from tractage.web.desk.access import for_members, member_of
from tractage.web.desk.safety.log_words import facts_words, log_action

PAGE = 50


@for_members("safety.see_desk")
def log(request: HttpRequest) -> HttpResponse:
    """The lines, the latest first; the button reads all of them again and says what does not hold."""
    page = Paginator(LogLine.objects.all(), PAGE).get_page(request.GET.get("page"))
    names = _names(page)
    end, error, faults = log_end(), "", None
    noted = request.POST.get("noted", "").strip()
    if request.method == "POST":
        anchor = _anchor(noted)
        if noted and anchor is None:
            error = _("An end is written as a number, a space and 64 signs.")
        else:
            faults = verify_log(member_of(request), anchor)
    context = {
        "page": page,
        "query": "",
        "rows": [_row(line, names) for line in page],
        "end": end,
        "faults": faults,
        "noted": noted,
        "error": error,
    }
    return render(request, "desk/safety/log.html", context, status=422 if error else 200)


def _row(line: LogLine, names: dict[str, str]) -> dict[str, Any]:
    facts = json.loads(line.facts)
    personal = json.loads(line.personal) if line.personal else {}
    return {
        "line": line,
        "at": datetime.fromtimestamp(line.at, UTC),
        "who": names.get(line.actor) or _who(line.actor),
        "what": log_action(line.action),
        "facts": facts_words(facts),
        "words": personal.get("because") or personal.get("reason") or personal.get("answer") or "",
        "expired": line.commitment and line.personal is None,
    }


def _who(actor: str) -> str:
    if actor == "guard":
        return _("the guard")
    if actor == "visitor":
        return _("a visitor")
    return _("the person concerned") if actor.startswith("account:") else _("someone who left")


def _names(lines: Any) -> dict[str, str]:
    numbers = {int(line.actor.split(":")[1]) for line in lines if line.actor.startswith("member:")}
    found = Member.objects.filter(pk__in=numbers).values_list("pk", "pseudonym")
    return {f"member:{pk}": name for pk, name in found}


def _anchor(text: str) -> Anchor | None:
    length, _blank, digest = text.partition(" ")
    whole = length.isdigit() and len(digest.strip()) == 64
    return Anchor(int(length), digest.strip()) if whole else None
