"""What the moderators' room shows of a decision: why, on what evidence, buttons for a person to decide."""

from collections.abc import Iterable

import discord
from django.utils.translation import gettext as _

from tractage.bot.answers import CANARI, LILAS, SAUMON, Answer, card
from tractage.bot.controls import Control, Push, Style
from tractage.bot.guarding import Judged
from tractage.bot.replies.figures import moment
from tractage.domain.guard.decisions import Action, Decision, Evidence
from tractage.domain.guard.ladder import Level, Step


def level_name(level: Level) -> str:
    """A level of the ladder in words."""
    return {
        Level.CALM: _("calm"),
        Level.WATCH: _("watch"),
        Level.SLOW: _("slow mode"),
        Level.GATE: _("gate"),
        Level.LOCKDOWN: _("lockdown"),
    }[level]


def evidence_lines(evidence: Iterable[Evidence], most: int = 12) -> str:
    """Evidence, one fact a line."""
    lines = []
    for one in list(evidence)[:most]:
        limit = f" (/ {one.limit})" if one.limit not in (None, "") else ""
        lines.append(f"• {one.what}\u00a0: {one.found}{limit}"[:300])
    return "\n".join(lines)


def decision_card(
    judged: Judged, who: str, where: str, incident: int | None
) -> tuple[discord.Embed, list[Control]]:
    """One decision about one person or many."""
    decision = judged.decision
    title = {
        Action.FLAG: _("To look at"),
        Action.REMOVE: _("A message was removed"),
        Action.QUARANTINE: _("Put in quarantine"),
        Action.STEP: _("The ladder"),
    }[decision.action if judged.active else Action.FLAG]
    if not judged.active:
        title = _("In shadow: nothing was done")
    fields = [(_("Who"), who), (_("Where"), where), (_("Evidence"), evidence_lines(decision.evidence))]
    told = Answer(
        f"{decision.why}\n`{decision.rule}`",
        title,
        tuple(one for one in fields if one[1]),
        colour=SAUMON if judged.active and decision.action is not Action.FLAG else CANARI,
    )
    return card(told), _buttons(judged, decision, incident)


def _buttons(judged: Judged, decision: Decision, incident: int | None) -> list[Control]:
    if incident is None:
        return []
    key = str(incident)
    if judged.active and decision.action is Action.QUARANTINE:
        if decision.wave:
            return [
                Push("wave_ban", decision.wave, _("Ban the wave"), Style.danger),
                Push("wave_ban_now", decision.wave, _("Ban at once"), Style.danger),
                Push("wave_undo", decision.wave, _("Undo the whole wave")),
            ]
        return [
            Push("let_in", key, _("Let in"), Style.success),
            Push("inc_ban", key, _("Propose a ban"), Style.danger),
        ]
    return [
        Push("inc_fine", key, _("Nothing wrong"), Style.success),
        Push("inc_warn", key, _("Warn")),
        Push("inc_quarantine", key, _("Quarantine")),
        Push("inc_ban", key, _("Propose a ban"), Style.danger),
    ]


def step_card(step: Step, *, active: bool, failed: list[str]) -> discord.Embed:
    """One step of the ladder, up or down, with what it rests on."""
    words = _("From %(before)s to %(level)s.") % {
        "before": level_name(step.before),
        "level": level_name(step.level),
    }
    if not active:
        words = f"{_('In shadow: nothing was done')}. {words}"
    if step.until is not None:
        from datetime import UTC, datetime

        end = moment(datetime.fromtimestamp(step.until, UTC), "R")
        words += " " + _("It goes down by itself %(when)s if nothing new happens.") % {"when": end}
    fields = [(_("Why"), step.why), (_("Evidence"), evidence_lines(step.evidence))]
    if failed:
        fields.append((_("Could not be done"), "\n".join(failed)))
    colour = SAUMON if step.level > step.before else LILAS
    return card(Answer(words, _("The ladder"), tuple(one for one in fields if one[1]), colour=colour))
