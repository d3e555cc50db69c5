"""The lines of the safety log in words."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy

from tractage.domain.guard.appeals import Outcome
from tractage.domain.guard.ladder import Level
from tractage.domain.guard.sanctions import Kind, Standing
from tractage.hq.safety.guard_models import RuleAction, Trusted
from tractage.hq.safety.models import KINDS, OUTCOMES, STANDINGS, ReportReason, State
from tractage.web.desk.safety.shown import LEVELS, SUBJECTS

LOGGED = {
    "sanction.propose": gettext_lazy("sanction decided"),
    "sanction.confirm": gettext_lazy("ban confirmed"),
    "sanction.refuse": gettext_lazy("ban refused"),
    "sanction.undo": gettext_lazy("sanction undone"),
    "sanction.end": gettext_lazy("sanction ended"),
    "quarantine": gettext_lazy("quarantine by the guard"),
    "wave": gettext_lazy("wave seen"),
    "wave.contain": gettext_lazy("containment decided"),
    "wave.confirm": gettext_lazy("containment confirmed"),
    "wave.undo": gettext_lazy("wave undone"),
    "appeal": gettext_lazy("appeal received"),
    "appeal.decide": gettext_lazy("appeal answered"),
    "report": gettext_lazy("report received"),
    "report.answer": gettext_lazy("report answered"),
    "incident.handle": gettext_lazy("incident dealt with"),
    "incident.reopen": gettext_lazy("incident opened again"),
    "ladder": gettext_lazy("step of the ladder"),
    "ladder.person": gettext_lazy("step decided by a person"),
    "rule.write": gettext_lazy("rule written"),
    "rule.on": gettext_lazy("rule switched on"),
    "rule.shadow": gettext_lazy("rule back in shadow"),
    "rule.remove": gettext_lazy("rule taken away"),
    "rules.import": gettext_lazy("rules imported"),
    "rules.restore": gettext_lazy("rules put back"),
    "settings": gettext_lazy("settings changed"),
    "call.done": gettext_lazy("carried out on Discord"),
    "call.failed": gettext_lazy("refused by Discord"),
    "list.partner": gettext_lazy("partner added"),
    "list.receive": gettext_lazy("list received"),
    "list.trust": gettext_lazy("trust in a list changed"),
    "list.remove": gettext_lazy("partner removed"),
    "picture.remember": gettext_lazy("picture remembered"),
    "picture.forget": gettext_lazy("picture forgotten"),
}


FACTS = {
    "account": gettext_lazy("person"),
    "article": gettext_lazy("article"),
    "kind": gettext_lazy("kind:"),
    "standing": gettext_lazy("state:"),
    "state": gettext_lazy("state:"),
    "emergency": gettext_lazy("emergency"),
    "wave": gettext_lazy("wave"),
    "people": gettext_lazy("people:"),
    "rule": gettext_lazy("rule"),
    "rules": gettext_lazy("rules:"),
    "key": gettext_lazy("key"),
    "level": gettext_lazy("to"),
    "before": gettext_lazy("from"),
    "reason": gettext_lazy("reason:"),
    "which": gettext_lazy("number"),
    "sanction": gettext_lazy("sanction"),
    "outcome": gettext_lazy("answer:"),
    "seen": gettext_lazy("messages:"),
    "hits": gettext_lazy("hits:"),
    "judged": gettext_lazy("judged:"),
    "wrong": gettext_lazy("wrong:"),
    "rule_action": gettext_lazy("action:"),
    "entries": gettext_lazy("entries:"),
    "trust": gettext_lazy("trust:"),
    "revision": gettext_lazy("change"),
}


def log_action(action: str) -> str:
    """A line of the log, in words."""
    return str(LOGGED.get(action, action))


def facts_words(facts: Mapping[str, Any]) -> str:
    """The facts of a line of the log, in words."""
    return ", ".join(
        str(FACTS.get(key, key)) if value is True else f"{FACTS.get(key, key)} {_fact(key, value)}"
        for key, value in facts.items()
        if value is not False and value not in ("", None)
    )


def _fact(key: str, value: Any) -> str:
    if key in ("level", "before") and value in iter(Level):
        return str(LEVELS[Level(value)]).lower()
    known: dict[str, Any] = {
        "kind": {one.value: KINDS[one] for one in Kind} | SUBJECTS,
        "standing": {one.value: STANDINGS[one] for one in Standing},
        "outcome": {one.value: OUTCOMES[one] for one in Outcome},
        "state": dict(State.choices),
        "reason": dict(ReportReason.choices),
        "rule_action": dict(RuleAction.choices),
        "trust": dict(Trusted.choices),
    }
    return str(known.get(key, {}).get(value, value))
