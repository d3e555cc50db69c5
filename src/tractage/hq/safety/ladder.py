"""The ladder as it stands: the guard's steps and people's, and the way down that time alone brings."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from tractage.domain.guard.decisions import Evidence
from tractage.domain.guard.ladder import Ladder, Level, Step
from tractage.hq.campaigns.clock import now
from tractage.hq.people.models import Member
from tractage.hq.people.refusals import Refused
from tractage.hq.people.rules import require
from tractage.hq.safety.accounts import evidence_rows
from tractage.hq.safety.guard_settings import guard_settings
from tractage.hq.safety.journal import write_safety_line
from tractage.hq.safety.models import LadderStep

LONGEST = 24 * 60
"""Minutes that a person may hold a level: they can always say so again."""


@dataclass(frozen=True)
class LadderNow:
    """The level of this minute. until: when it goes down by itself; step: the last one that was written."""

    level: Level
    until: datetime | None
    step: LadderStep | None
    by_person: bool = False


def ladder_now() -> LadderNow:
    """The level now, even if the bot does not run: what was written, and what time has brought since."""
    step = LadderStep.objects.select_related("by").first()
    if step is None:
        return LadderNow(Level.CALM, None, None)
    until = step.until.timestamp() if step.until else 0.0
    ladder = Ladder(guard_settings().holds(), Level(step.level), until)
    down = ladder.advance(now().timestamp())
    end = down[-1].until if down else (until or None)
    moment = datetime.fromtimestamp(end, UTC) if end and ladder.level else None
    return LadderNow(ladder.level, moment, step, step.by_person and not down)


@transaction.atomic
def record_steps(steps: Iterable[Step]) -> list[LadderStep]:
    """Write down the steps that the guard has taken, with their evidence, once they are carried out."""
    made = []
    for step in steps:
        row = LadderStep.objects.create(
            at=datetime.fromtimestamp(step.t, UTC),
            level=step.level,
            before=step.before,
            why=step.why[:300],
            evidence=evidence_rows(step.evidence),
            until=datetime.fromtimestamp(step.until, UTC) if step.until is not None else None,
        )
        write_safety_line(None, "ladder", row, level=step.level, before=step.before)
        made.append(row)
    return made


@transaction.atomic
def step_ladder(actor: Member | None, level: Level, reason: str, minutes: int) -> LadderStep:
    """Put the ladder where a person wants it, for so many minutes; it then goes down by itself."""
    require(actor, "safety.step_ladder")
    if not reason.strip():
        raise Refused(_("Write why: the others read it, and the log keeps it."))
    if level is not Level.CALM and not 1 <= minutes <= LONGEST:
        raise Refused(_("Between one minute and 24 hours: it goes down by itself afterwards."))
    moment, before = now(), ladder_now().level
    step = LadderStep.objects.create(
        at=moment,
        level=level,
        before=before,
        why=reason.strip()[:300],
        evidence=evidence_rows([Evidence("decided by a person", reason.strip()[:200])]),
        until=moment + timedelta(minutes=minutes) if level else None,
        by=actor,
        by_person=True,
    )
    write_safety_line(
        actor, "ladder.person", step, level=level, before=before, personal={"reason": reason.strip()}
    )
    return step
