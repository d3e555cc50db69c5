"""The settings of gate, floods, raids and ladder: typed, checked at save, every state kept."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from tractage.domain.guard.ladder import Ladder, Level
from tractage.hq.campaigns.clock import now
from tractage.hq.people.models import Member
from tractage.hq.people.refusals import Refused
from tractage.hq.people.rules import require
from tractage.hq.safety.journal import write_safety_line
from tractage.hq.safety.models import GuardSettingsRow


@dataclass(frozen=True)
class GuardSettings:
    """What moderators may set. Each part begins in shadow: it is logged, and nothing is done."""

    gate: bool = False
    floods: bool = False
    raids: bool = False
    pictures: bool = False
    age_minutes: int = 5
    age_without_picture_minutes: int = 30
    names: bool = True
    lockdown_from: int = 15
    watch_minutes: int = 10
    slow_minutes: int = 10
    gate_minutes: int = 15
    lockdown_minutes: int = 10
    article: str = "1"
    text_days: int = 30
    incident_days: int = 180

    def holds(self) -> dict[Level, float]:
        """Seconds that each level of the ladder lasts without anything new."""
        minutes = (self.watch_minutes, self.slow_minutes, self.gate_minutes, self.lockdown_minutes)
        return dict(
            zip(
                (Level.WATCH, Level.SLOW, Level.GATE, Level.LOCKDOWN),
                (60.0 * m for m in minutes),
                strict=True,
            )
        )

    def ladder(self) -> Ladder:
        """A ladder at rest with these times."""
        return Ladder(self.holds())


BOUNDS = {
    "age_minutes": (0, 60 * 24 * 365),
    "age_without_picture_minutes": (0, 60 * 24 * 365),
    "lockdown_from": (5, 1000),
    "watch_minutes": (1, 24 * 60),
    "slow_minutes": (1, 24 * 60),
    "gate_minutes": (1, 24 * 60),
    "lockdown_minutes": (1, 4 * 60),
    "text_days": (1, 90),
    "incident_days": (7, 365),
}


def guard_settings() -> GuardSettings:
    """The settings of now."""
    row = GuardSettingsRow.objects.first()
    return _read(row.values) if row else GuardSettings()


@transaction.atomic
def change_guard_settings(actor: Member | None, settings: GuardSettings) -> GuardSettings:
    """Set the guard; what stood before stays in the table."""
    require(actor, "safety.change_settings")
    for name, (least, most) in BOUNDS.items():
        found = getattr(settings, name)
        if not least <= found <= most:
            words = _("%(name)s: found %(found)s, expected %(least)s to %(most)s.")
            raise Refused(words % {"name": name, "found": found, "least": least, "most": most})
    if not settings.article.strip():
        raise Refused(_("A quarantine of the guard names an article of the charter: choose one."))
    before = asdict(guard_settings())
    changed = {name: value for name, value in asdict(settings).items() if before[name] != value}
    if changed:
        row = GuardSettingsRow.objects.create(at=now(), by=actor, values=asdict(settings))
        write_safety_line(actor, "settings", row, **changed)
    return settings


def _read(values: Mapping[str, Any]) -> GuardSettings:
    known = {field.name for field in fields(GuardSettings)}
    return GuardSettings(**{name: value for name, value in values.items() if name in known})
