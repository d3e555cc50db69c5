"""Safety in words: articles, evidence, levels, intervals."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tractage.domain.guard.ladder import Level
from tractage.domain.guard.sanctions import MemberState
from tractage.domain.guard.shadow import ShadowReport
from tractage.hq.campaigns.models import Campaign
from tractage.hq.safety.guard_models import LadderStep, RuleAction, RuleState
from tractage.hq.safety.models import Report
from tractage.hq.safety.trial import Tried
from tractage.web.desk.safety.guard_words import evidence_words, found_words, why_words
from tractage.web.templatetags.words import grouped, hour

LEVELS = {
    Level.CALM: gettext_lazy("Calm"),
    Level.WATCH: gettext_lazy("Watch"),
    Level.SLOW: gettext_lazy("Slow mode"),
    Level.GATE: gettext_lazy("Gate"),
    Level.LOCKDOWN: gettext_lazy("Closed"),
}
MEANING = {
    Level.CALM: gettext_lazy("Nothing unusual."),
    Level.WATCH: gettext_lazy("Moderators are told; nothing changes for members."),
    Level.SLOW: gettext_lazy("Messages are spaced out in the open channels."),
    Level.GATE: gettext_lazy("Arrivals wait in quarantine until a person lets them in."),
    Level.LOCKDOWN: gettext_lazy("Nobody comes in, and newcomers cannot write."),
}
PAPERS = {
    Level.CALM: "p-menthe",
    Level.WATCH: "p-ciel",
    Level.SLOW: "p-canari",
    Level.GATE: "p-saumon",
    Level.LOCKDOWN: "p-saumon",
}


@dataclass(frozen=True)
class Line:
    """One piece of evidence: what, what was found, the limit that it passed."""

    what: str
    found: str
    limit: str


@dataclass(frozen=True)
class Rate:
    """A false-positive rate in words, with its interval."""

    share: str
    interval: str
    per_message: str
    ready: bool
    judged: int
    left: int


def article(campaign: Campaign, number: str) -> str:
    """« Article 3, Jamais contre une personne privée », or the words of one that is gone."""
    articles = campaign.charter
    if number.isdigit() and 1 <= int(number) <= len(articles):
        words = _("Article %(number)s, %(title)s")
        return words % {"number": number, "title": articles[int(number) - 1]["title"]}
    return number


def articles(campaign: Campaign) -> list[tuple[str, str]]:
    """The articles of the charter, as a form offers them."""
    return [(str(number), f"{number}. {one['title']}") for number, one in enumerate(campaign.charter, 1)]


def evidence_lines(rows: Iterable[Mapping[str, Any]]) -> list[Line]:
    """Evidence as a table shows it."""
    return [
        Line(
            evidence_words(row["what"]),
            _found(row["what"], row["found"]),
            _figure(row.get("limit")),
        )
        for row in rows
    ]


def rate(report: ShadowReport, needed: int = 30) -> Rate:
    """The share of wrong hits among those judged, and what it makes of all messages."""
    wrong, each = report.wrong_hits, report.false_positives
    interval = _("%(low)s to %(high)s of its hits, at 95 %%") % {
        "low": _percent(wrong.low),
        "high": _percent(wrong.high),
    }
    per_message = _("at most %(number)s wrong in 100 000 messages") % {
        "number": _decimal(each.high * 100_000)
    }
    return Rate(
        _percent(wrong.share),
        interval,
        per_message,
        report.judged >= needed and each.high <= 1e-5,
        report.judged,
        max(0, needed - report.judged),
    )


ACTIONS = {
    "flag": gettext_lazy("flagged"),
    "remove": gettext_lazy("message removed"),
    "quarantine": gettext_lazy("put in quarantine"),
    "step": gettext_lazy("step of the ladder"),
}
SUBJECTS = {
    "work": gettext_lazy("work"),
    "message": gettext_lazy("message"),
    "member": gettext_lazy("member"),
    "mission": gettext_lazy("mission"),
}


@dataclass(frozen=True)
class TriedLine:
    """What one rule finds in a message that is tried."""

    rule: str
    action: str
    found: str
    disguises: str
    active: bool


def action_done(action: str) -> str:
    """What the guard did, in words."""
    return str(ACTIONS.get(action, action))


def subject_word(subject: str) -> str:
    """The kind of thing that is reported."""
    return str(SUBJECTS.get(subject, subject))


def address_of(report: Report) -> str:
    """Where the thing can be seen, if it has a page here."""
    if report.subject == "work":
        return reverse("work", args=[report.subject_id])
    if report.subject == "mission" and report.subject_id.isdigit():
        return reverse("brief", args=[report.subject_id])
    if report.subject == "member" and report.subject_id.isdigit():
        return reverse("member", args=[report.subject_id])
    return ""


def step_why(step: LadderStep) -> str:
    """Why a step was taken; a person's words as they are, the guard's in those of the page."""
    return step.why if step.by_person else why_words(step.why)


def state_words(state: MemberState) -> str:
    """What somebody has: name, number of roles, what holds them back."""
    parts = [state.name] if state.name else []
    number = len(state.roles)
    parts.append(ngettext("%(number)s role", "%(number)s roles", number) % {"number": number})
    if state.muted:
        parts.append(_("silent"))
    if state.quarantined:
        parts.append(_("in quarantine"))
    if state.banned:
        parts.append(_("banned"))
    elif not state.present:
        parts.append(_("outside"))
    return ", ".join(parts)


def tried_lines(tried: Iterable[Tried]) -> list[TriedLine]:
    """The findings of the box, in words."""
    return [
        TriedLine(
            one.finding.rule,
            str(RuleAction(one.finding.action.value).label),
            one.finding.found,
            ", ".join(found_words("disguise", each) or each for each in one.finding.disguises),
            one.state == RuleState.ACTIVE,
        )
        for one in tried
    ]


def _found(what: str, found: Any) -> str:
    if what == "until" and isinstance(found, float):
        return hour(datetime.fromtimestamp(found, UTC))
    return found_words(what, found) or _figure(found)


def _figure(value: Any) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, float):
        return _decimal(value)
    return str(grouped(value)) if isinstance(value, int) and not isinstance(value, bool) else str(value)


def _percent(share: float) -> str:
    return f"{_decimal(100 * share)}\u202f%"


def _decimal(value: float) -> str:
    shown = f"{value:.1f}" if abs(value) < 100 else f"{value:.0f}"
    return shown.removesuffix(".0").replace(".", ",")
