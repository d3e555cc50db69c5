"""The guard in the bot's memory: rules, patrol and ladder, brought up to date from the headquarters."""

import gc
import logging
from collections import OrderedDict
from dataclasses import dataclass, replace

from tractage.domain.guard.check import Checker, Message
from tractage.domain.guard.decisions import Action, Decision
from tractage.domain.guard.events import Event, Post
from tractage.domain.guard.gate import GateRules
from tractage.domain.guard.ladder import Level, Step
from tractage.domain.guard.patrol import Patrol
from tractage.hq.campaigns.clock import now
from tractage.hq.safety.services import (
    GuardSettings,
    guard_settings,
    known_pictures,
    ladder_now,
    record_shadow,
    rules_in_force,
    rules_in_shadow,
    rules_revision,
    shared_lists,
)

log = logging.getLogger(__name__)
QUIET_SECONDS = 60.0
"""The same rule about the same person is told once in so many seconds."""
MOST_TOLD = 5_000


@dataclass(frozen=True)
class Judged:
    """A decision and whether its part of the guard is switched on; in shadow it is only written down."""

    decision: Decision
    active: bool

    @property
    def written(self) -> Decision:
        """The decision as it is written down: in shadow, a flag that says what would have been done."""
        if self.active or self.decision.action is Action.FLAG:
            return self.decision
        would = f"in shadow, would {self.decision.action.value}: {self.decision.why}"
        return replace_action(self.decision, would)


def replace_action(decision: Decision, why: str) -> Decision:
    """The same decision as a flag."""
    return decision._replace(action=Action.FLAG, why=why, wave="")


class Guard:
    """Events in, judged decisions out. Made and refreshed beside the database, asked on the event loop."""

    def __init__(self) -> None:
        self.settings: GuardSettings = guard_settings()
        self.revision = rules_revision()
        self.ladder = self.settings.ladder()
        standing = ladder_now()
        if standing.until is not None:
            self.ladder.put(standing.level, standing.until.timestamp())
        lists, keys = shared_lists()
        self.patrol = Patrol(
            rules_in_force(),
            gate_rules=gate_rules(self.settings),
            pictures=known_pictures(),
            lists=lists,
            list_keys=keys,
            ladder=self.ladder,
            lockdown_from=self.settings.lockdown_from,
        )
        self.shadow = Checker(rules_in_shadow())
        self._seen = 0
        self._hits: list[tuple[str, str, str, str]] = []
        self._told: OrderedDict[tuple[str, str], float] = OrderedDict()
        self._last = 0.0
        # The rules are many objects that never go: a full search through them would stall a message by 45 ms.
        gc.collect()
        gc.freeze()

    def moment(self) -> float:
        """The hour by the site's clock, in seconds, never going back."""
        self._last = max(self._last, now().timestamp())
        return self._last

    @property
    def level(self) -> Level:
        """Where the ladder stands."""
        return self.ladder.level

    def see(self, event: Event) -> list[Judged]:
        """Take one event in; a decision that was told a moment ago about the same people is left out."""
        if isinstance(event, Post):
            self._look_from_shadow(event)
        found = [Judged(one, self._acts(one)) for one in self.patrol.see(event)]
        return [one for one in found if self._is_news(one.decision)]

    def tick(self) -> list[Step]:
        """The steps down that time has brought."""
        return self.ladder.advance(self.moment())

    def _acts(self, decision: Decision) -> bool:
        rule = decision.rule
        if rule == "gate":
            return self.settings.gate or (self.settings.raids and self.level >= Level.GATE)
        if rule in ("raid", "ladder"):
            return self.settings.raids
        if rule == "known-picture":
            return self.settings.pictures
        if rule.startswith(("author-", "authors-")):
            return self.settings.floods
        return True

    def _is_news(self, decision: Decision) -> bool:
        if decision.action is not Action.FLAG:
            return True
        key = (decision.rule, ",".join(decision.members[:3]))
        last = self._told.get(key)
        if last is not None and decision.t - last < QUIET_SECONDS:
            return False
        self._told[key] = decision.t
        self._told.move_to_end(key)
        while len(self._told) > MOST_TOLD:
            self._told.popitem(last=False)
        return True

    def _look_from_shadow(self, post: Post) -> None:
        self._seen += 1
        checked = self.shadow.check(Message(post.id, post.author, post.text, post.t, post.channel))
        self._hits += [(one.rule, post.id, one.found, post.text) for one in checked.findings]

    def take_shadow(self) -> tuple[int, list[tuple[str, str, str, str]]]:
        """What the rules in shadow have counted since last time."""
        taken = (self._seen, self._hits)
        self._seen, self._hits = 0, []
        return taken


def gate_rules(settings: GuardSettings) -> GateRules:
    """The gate as the settings have it."""
    return GateRules(60.0 * settings.age_minutes, 60.0 * settings.age_without_picture_minutes, settings.names)


def refresh(guard: Guard, shadow: tuple[int, list[tuple[str, str, str, str]]]) -> Level | None:
    """Write down what shadow counted, read again what changed; the level that a person has set, if any."""
    if shadow[0]:
        record_shadow(*shadow)
    revision = rules_revision()
    if revision != guard.revision:
        guard.patrol.use_rules(rules_in_force())
        guard.shadow = Checker(rules_in_shadow())
        guard.revision = revision
        log.info("the guard goes by revision %s of the rules", revision)
    settings = guard_settings()
    if settings != guard.settings:
        guard.settings = replace(settings)
    guard.patrol.use_pictures(known_pictures())
    standing = ladder_now()
    if standing.by_person and standing.level != guard.level:
        guard.ladder.put(standing.level, standing.until.timestamp() if standing.until else 0.0)
        return standing.level
    return None


def step_of(decision: Decision) -> Step:
    """The step of the ladder that a decision tells."""
    told = {one.what: one.found for one in decision.evidence}
    until = told.get("until")
    return Step(
        decision.t,
        Level[str(told["to"]).upper()],
        Level[str(told["from"]).upper()],
        decision.why,
        decision.evidence,
        float(until) if until is not None else None,
    )
