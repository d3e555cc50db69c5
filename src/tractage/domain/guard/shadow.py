"""Shadow mode: what a rule would have done, how often, and how often wrongly, before it is switched on."""

import math
from collections.abc import Iterable
from random import Random
from typing import NamedTuple

from tractage.domain.errors import InputError


class Interval(NamedTuple):
    """A share and its interval of confidence."""

    share: float
    low: float
    high: float


class Hit(NamedTuple):
    """One time that a rule in shadow would have acted."""

    message: str
    found: str


class ShadowReport(NamedTuple):
    """What a rule did in shadow.

    seen: messages; hits: times it would have acted; judged, wrong: of the hits that a person judged;
    wrong_hits: share of wrong ones among the hits; false_positives: wrong hits per message, both with their
    interval; sample: hits to judge.
    """

    rule: str
    seen: int
    hits: int
    judged: int
    wrong: int
    wrong_hits: Interval
    false_positives: Interval
    sample: tuple[Hit, ...]


def wilson(successes: int, trials: int, z: float = 1.959964) -> Interval:
    """Return a share with its Wilson score interval (Wilson 1927); z = 1.96 gives 95 %.

    Raises InputError unless 0 ≤ successes ≤ trials.
    """
    if not 0 <= successes <= trials:
        raise InputError(f"expected 0 ≤ successes ≤ trials, found {successes} of {trials}")
    if trials == 0:
        return Interval(0.0, 0.0, 1.0)
    share = successes / trials
    centre = share + z * z / (2 * trials)
    half = z * math.sqrt(share * (1 - share) / trials + z * z / (4 * trials * trials))
    scale = 1 + z * z / trials
    low = 0.0 if successes == 0 else max(0.0, (centre - half) / scale)
    high = 1.0 if successes == trials else min(1.0, (centre + half) / scale)
    return Interval(share, low, high)


class Shadow:
    """The log of one rule in shadow: counts, and a sample drawn evenly from all hits (reservoir, Vitter
    1985)."""

    def __init__(self, rule: str, sample: int = 50, seed: int = 0) -> None:
        self._rule = rule
        self._room = sample
        self._chance = Random(f"{rule} {seed}")
        self._seen = 0
        self._hits = 0
        self._sample: list[Hit] = []
        self._judged: dict[str, bool] = {}

    def see(self, hit: Hit | None) -> None:
        """Take one message in: the hit, or None where the rule is silent."""
        self._seen += 1
        if hit is None:
            return
        self._hits += 1
        if len(self._sample) < self._room:
            self._sample.append(hit)
        elif (place := self._chance.randrange(self._hits)) < self._room:
            self._sample[place] = hit

    def judge_hit(self, message: str, *, right: bool) -> None:
        """Write down a person's judgement on one hit of the sample.

        Raises InputError if the message is not in the sample.
        """
        if message not in {hit.message for hit in self._sample}:
            raise InputError(f"rule {self._rule!r}: message {message!r} is not in the sample to judge")
        self._judged[message] = right

    def report(self) -> ShadowReport:
        """Return the counts, the rate of wrong hits with its interval, and what is still to judge."""
        in_sample = {hit.message for hit in self._sample}
        judged = {message: right for message, right in self._judged.items() if message in in_sample}
        wrong = sum(1 for right in judged.values() if not right)
        left = (hit for hit in self._sample if hit.message not in judged)
        return shadow_report(self._rule, self._seen, self._hits, len(judged), wrong, left)


def shadow_report(
    rule: str, seen: int, hits: int, judged: int, wrong: int, sample: Iterable[Hit] = ()
) -> ShadowReport:
    """Return the report of counts: messages seen, hits, hits judged by a person, wrong ones among these."""
    wrong_hits = wilson(wrong, judged)
    rate = hits / seen if seen else 0.0
    per_message = Interval(*(rate * share for share in wrong_hits))
    return ShadowReport(rule, seen, hits, judged, wrong, wrong_hits, per_message, tuple(sample))


def ready_rules(reports: Iterable[ShadowReport], most: float = 1e-5, judged: int = 30) -> list[str]:
    """Return the rules that can be switched on: enough hits judged, and surely few false positives a
    message."""
    return [each.rule for each in reports if each.judged >= judged and each.false_positives.high <= most]
