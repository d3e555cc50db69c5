"""What happens now: the ladder with what it rests on, what waits, what the bot still has to do."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tractage.domain.guard.ladder import Level
from tractage.hq.people.refusals import Refused
from tractage.hq.people.rules import allowed
from tractage.hq.safety.models import Call
from tractage.hq.safety.selectors import calls_that_failed, mass_actions, timeline, waiting
from tractage.hq.safety.services import guard_settings, ladder_now, step_ladder
from tractage.web.desk.access import for_members, member_of
from tractage.web.desk.safety.shown import LEVELS, MEANING, PAPERS, evidence_lines, step_why

MINUTES = (15, 60, 240)


@for_members("safety.see_desk")
def safety(request: HttpRequest) -> HttpResponse:
    """The level, its evidence, the way here."""
    return _show(request)


@require_POST
@for_members("safety.see_desk")
def step(request: HttpRequest) -> HttpResponse:
    """Put the ladder on another level, for a time and a reason."""
    given, minutes = request.POST.get("level", ""), request.POST.get("minutes", "")
    reason = request.POST.get("reason", "")[:300]
    try:
        if given not in [str(one.value) for one in Level] or not minutes.isdigit():
            raise Refused(_("Choose a level and a time."))
        step_ladder(member_of(request), Level(int(given)), reason, int(minutes[:5]))
    except Refused as refusal:
        return _show(request, str(refusal), reason, given)
    messages.success(request, _("Done. It goes down by itself when its time is up."))
    return redirect("safety")


def _show(request: HttpRequest, error: str = "", reason: str = "", level: str = "") -> HttpResponse:
    here = ladder_now()
    context = {
        "here": here,
        "label": LEVELS[here.level],
        "meaning": MEANING[here.level],
        "paper": PAPERS[here.level],
        "why": step_why(here.step) if here.step and here.level else "",
        "evidence": evidence_lines(here.step.evidence) if here.step and here.level else [],
        "levels": [(one.value, LEVELS[one], MEANING[one], one == here.level) for one in Level],
        "minutes": MINUTES,
        "steps": [
            (one, LEVELS[Level(one.before)], LEVELS[Level(one.level)], step_why(one)) for one in timeline(20)
        ],
        "waiting": waiting(),
        "actions": mass_actions()[:5],
        "failed": calls_that_failed()[:10],
        "due": Call.objects.filter(state="planned").count(),
        "settings": guard_settings(),
        "sets": allowed(member_of(request), "safety.change_settings"),
        "error": error,
        "reason": reason,
        "chosen": level,
    }
    return render(request, "desk/safety/now.html", context, status=422 if error else 200)
