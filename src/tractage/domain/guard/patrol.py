"""One server under guard: events in, decisions with evidence out. It never bans."""

import math
from collections.abc import Iterable, Iterator, Mapping

from tractage.domain.guard.check import Checker, Message
from tractage.domain.guard.decisions import Action, Decision, Evidence
from tractage.domain.guard.events import Event, Join, Leave, Post
from tractage.domain.guard.floods import FloodLimits, FloodWatch
from tractage.domain.guard.gate import GateRules, judge_arrival
from tractage.domain.guard.ladder import Ladder, Level, Step
from tractage.domain.guard.pictures import Distance, KnownPicture, hamming, match_picture
from tractage.domain.guard.raids import Alarm, RaidLimits, RaidWatch, Surge
from tractage.domain.guard.rhythm import Rhythm
from tractage.domain.guard.rules import Rules, Verdict
from tractage.domain.guard.shared_lists import SharedList, match_member
from tractage.domain.guard.words import WordGuard

_LOCKDOWN_FROM = 15  # raiders in one wave
_ACTIONS = {Verdict.FLAG: Action.FLAG, Verdict.REMOVE: Action.REMOVE, Verdict.QUARANTINE: Action.QUARANTINE}

_GATE_WHY = {
    Action.FLAG: "an arrival that a shared list knows",
    Action.QUARANTINE: "an arrival waits until a person lets them in",
}


class Patrol:
    """The guard of one server; events must come in the order of time."""

    def __init__(
        self,
        rules: Rules,
        *,
        rhythm: Rhythm | None = None,
        raid_limits: RaidLimits | None = None,
        flood_limits: FloodLimits | None = None,
        gate_rules: GateRules | None = None,
        pictures: Iterable[KnownPicture] = (),
        distance: Distance = hamming,
        lists: Iterable[SharedList] = (),
        list_keys: Mapping[str, bytes] | None = None,
        ladder: Ladder | None = None,
        lockdown_from: int = _LOCKDOWN_FROM,
    ) -> None:
        self._checker = Checker(rules)
        self._names = WordGuard(rules)
        self._floods = FloodWatch(flood_limits, distance)
        self._raids = RaidWatch(rhythm, raid_limits)
        self._gate = gate_rules or GateRules()
        self._pictures = tuple(pictures)
        self._distance = distance
        self._lists = tuple(lists)
        self._list_keys = dict(list_keys or {})
        self._ladder = ladder or Ladder()
        self._lockdown_from = lockdown_from
        self._waves = 0
        self._wave_members: set[str] = set()
        self._quarantined: set[str] = set()

    @property
    def level(self) -> Level:
        """Return the level of the ladder."""
        return self._ladder.level

    def use_rules(self, rules: Rules) -> None:
        """Go by other rules on words from now on; what was seen of arrivals and floods is kept."""
        self._checker = Checker(rules)
        self._names = WordGuard(rules)

    def use_rhythm(self, rhythm: Rhythm) -> None:
        """Judge arrivals against another rhythm from now on."""
        self._raids.use_rhythm(rhythm)

    def use_pictures(self, pictures: Iterable[KnownPicture]) -> None:
        """Go by other known pictures from now on."""
        self._pictures = tuple(pictures)

    def see(self, event: Event) -> list[Decision]:
        """Take one event in; returns what is decided because of it, and the steps that time has brought."""
        decisions = [_step(step) for step in self._ladder.advance(event.t)]
        if isinstance(event, Join):
            decisions += self._see_join(event)
        elif isinstance(event, Post):
            decisions += self._see_post(event)
        elif isinstance(event, Leave):
            self._quarantined.discard(event.member)
        return decisions

    def settle(self) -> list[Decision]:
        """Return the steps down that time alone would bring, if nothing more happened."""
        return [_step(step) for step in self._ladder.advance(math.inf)]

    def _see_join(self, join: Join) -> Iterator[Decision]:
        told = self._raids.see_join(join)
        if isinstance(told, Alarm):
            yield from self._answer(told)
        elif isinstance(told, Surge):
            yield from self._steps(Level.WATCH, told.t, "many arrivals, no sign of a raid", told.evidence)
        if join.member in self._quarantined:
            return
        listed = match_member(join.member, self._lists, self._list_keys, join.t)
        admission = judge_arrival(join, self._gate, self._ladder.level, self._names.read(join.name), listed)
        if admission.action is not None:
            if admission.action is Action.QUARANTINE:
                self._quarantined.add(join.member)
            wave = f"wave-{self._waves}" if self._ladder.level >= Level.GATE else ""
            yield Decision(
                join.t,
                admission.action,
                "gate",
                _GATE_WHY[admission.action],
                admission.evidence,
                (join.member,),
                wave=wave,
            )

    def _see_post(self, post: Post) -> Iterator[Decision]:
        checked = self._checker.check(Message(post.id, post.author, post.text, post.t, post.channel))
        for finding in checked.findings:
            told = Evidence("found", finding.found, finding.rule)
            hidden = tuple(Evidence("disguise", disguise) for disguise in finding.disguises)
            why = f"the rule {finding.rule!r} is met"
            messages = finding.messages or (post.id,)
            action = _ACTIONS[finding.action]
            yield Decision(post.t, action, finding.rule, why, (told, *hidden), (post.author,), messages)
        yield from self._known_pictures(post)
        floods = self._floods.see(post)
        yield from floods
        alarm = self._raids.see_post(post)
        if alarm:
            yield from self._answer(alarm)
        elif any(decision.rule.startswith("authors-") for decision in floods):
            evidence = floods[-1].evidence
            yield from self._steps(Level.SLOW, post.t, "the same from several members", evidence)

    def _known_pictures(self, post: Post) -> Iterator[Decision]:
        for fingerprint in post.pictures:
            match = match_picture(fingerprint, self._pictures, distance=self._distance)
            if match:
                evidence = (
                    Evidence("distance, bits", match.distance, match.threshold),
                    Evidence("known from", match.known.source),
                    Evidence("reason", match.known.reason),
                )
                why = "a picture that was removed before"
                yield Decision(
                    post.t, match.action, "known-picture", why, evidence, (post.author,), (post.id,)
                )

    def _answer(self, alarm: Alarm) -> Iterator[Decision]:
        """Go up the ladder and put the raiders in quarantine, as one wave that can be undone."""
        if self._ladder.level < Level.GATE:
            self._waves += 1
            self._wave_members = set()
        wave = f"wave-{self._waves}"
        self._wave_members.update(alarm.members)
        high = len(self._wave_members) >= self._lockdown_from
        level = Level.LOCKDOWN if high else Level.GATE
        why = f"a raid ({alarm.kind})"
        yield from self._steps(level, alarm.t, why, (*alarm.evidence, Evidence("wave", wave)))
        fresh = tuple(member for member in alarm.members if member not in self._quarantined)
        if fresh:
            self._quarantined.update(fresh)
            yield Decision(
                alarm.t,
                Action.QUARANTINE,
                "raid",
                f"{why}: {len(fresh)} arrivals wait in quarantine",
                alarm.evidence,
                fresh,
                alarm.messages,
                wave,
            )

    def _steps(self, level: Level, t: float, why: str, evidence: tuple[Evidence, ...]) -> Iterator[Decision]:
        yield from map(_step, self._ladder.raise_to(level, t, why, evidence))


def _step(step: Step) -> Decision:
    told = (Evidence("from", step.before.name.lower()), Evidence("to", step.level.name.lower()))
    held = (Evidence("until", step.until),) if step.until is not None else ()
    return Decision(step.t, Action.STEP, "ladder", step.why, (*told, *held, *step.evidence))
