"""Safety in words: articles, evidence, levels, intervals."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tractage.domain.guard.ladder import Level
from tractage.domain.guard.shadow import ShadowReport
from tractage.hq.campaigns.models import Campaign
from tractage.web.templatetags.words import grouped

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
WORDS = {
    "found": gettext_lazy("found"),
    "disguise": gettext_lazy("disguise"),
    "account age, seconds": gettext_lazy("age of the account, seconds"),
    "gate is closed": gettext_lazy("the gate is closed"),
    "name": gettext_lazy("name"),
    "known from": gettext_lazy("known from"),
    "reason": gettext_lazy("reason"),
    "distance, bits": gettext_lazy("distance, bits"),
    "from": gettext_lazy("from"),
    "to": gettext_lazy("to"),
    "wave": gettext_lazy("wave"),
    "where": gettext_lazy("where"),
    "incident": gettext_lazy("incident"),
    "seen by a person": gettext_lazy("seen by a person"),
    "decided by a person": gettext_lazy("decided by a person"),
    "seconds without anything new": gettext_lazy("seconds without anything new"),
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
        Line(str(WORDS.get(row["what"], row["what"])), _figure(row["found"]), _figure(row.get("limit")))
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
