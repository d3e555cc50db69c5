"""The ladder of measures: watch, slow mode, gate, lockdown; every step says why and goes down by itself."""

from collections.abc import Mapping
from enum import IntEnum
from typing import NamedTuple

from tractage.domain.guard.decisions import Evidence


class Level(IntEnum):
    """The measures, from none to all; each includes those below it."""

    CALM = 0
    WATCH = 1
    SLOW = 2
    GATE = 3
    LOCKDOWN = 4


MEANING = {
    Level.CALM: "nothing unusual",
    Level.WATCH: "moderators are told, nothing changes for members",
    Level.SLOW: "slow mode in the open channels",
    Level.GATE: "arrivals wait in quarantine until a person lets them in",
    Level.LOCKDOWN: "nobody comes in and newcomers cannot write",
}
_HOLD = {Level.WATCH: 600.0, Level.SLOW: 600.0, Level.GATE: 900.0, Level.LOCKDOWN: 600.0}


class Step(NamedTuple):
    """One step, up or down. until: when the next one goes down if nothing new happens."""

    t: float
    level: Level
    before: Level
    why: str
    evidence: tuple[Evidence, ...]
    until: float | None


class Ladder:
    """The level of one server. hold: seconds that a level lasts without new evidence for it; level, until:
    where an earlier run, or a person, has left it."""

    def __init__(
        self, hold: Mapping[Level, float] | None = None, level: Level = Level.CALM, until: float = 0.0
    ) -> None:
        self._hold = {**_HOLD, **(hold or {})}
        self._until = until
        self.level = level

    def hold(self, level: Level) -> float:
        """Return the seconds that a level lasts without anything new."""
        return self._hold.get(level, 0.0)

    def put(self, level: Level, until: float) -> None:
        """Stand where a person has put the ladder, until a time in seconds."""
        self.level, self._until = level, until

    def raise_to(self, level: Level, t: float, why: str, evidence: tuple[Evidence, ...]) -> list[Step]:
        """Go up to a level for a reason, or stay there longer; returns the steps taken, those down first."""
        steps = self.advance(t)
        if level < self.level or level is Level.CALM:
            return steps
        before, self.level = self.level, level
        self._until = t + self._hold[level]
        if level > before:
            steps.append(Step(t, level, before, f"{why}: {MEANING[level]}", evidence, self._until))
        return steps

    def advance(self, t: float) -> list[Step]:
        """Let time pass: goes down one level each time that one has held long enough."""
        steps = []
        while self.level is not Level.CALM and t >= self._until:
            before, self.level = self.level, Level(self.level - 1)
            at = self._until
            held = self._hold[before]
            self._until = at + self._hold.get(self.level, 0.0)
            quiet = (Evidence("seconds without anything new", held, held),)
            until = self._until if self.level else None
            why = f"nothing new for {held:g} s: {MEANING[self.level]}"
            steps.append(Step(at, self.level, before, why, quiet, until))
        return steps
