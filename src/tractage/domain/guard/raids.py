"""Raids told from organic surges, with the evidence.

Three alarms: arrivals whose marks add up (a CUSUM of log-likelihood ratios), arrivals faster than any surge
that is to be welcomed, and newcomers who all say the same.
"""

from typing import NamedTuple

from tractage.domain.guard.arrivals import DAY, Mark, Newcomers
from tractage.domain.guard.decisions import Evidence
from tractage.domain.guard.events import Join, Post
from tractage.domain.guard.floods import link_keys, shared_key
from tractage.domain.guard.rhythm import Rhythm
from tractage.domain.guard.windows import KeyedWindows, Window

_LONG_TEXT = 30  # letters: shorter ones are slogans and first words that people share
_MEMBERS = 50_000  # newcomers that are remembered


class RaidLimits(NamedTuple):
    """From where an alarm is raised.

    score: sum of weights, in nats; fewest: arrivals that make a raid; memory: seconds that an arrival
    counts; bursts: so many arrivals in so many seconds, beyond any surge to be welcomed (600 an hour, and
    then some); voices: newcomers who say the same, or short_voices for a short text, within voice_seconds;
    new: seconds since the join that make a newcomer; surge: −log₁₀ of the chance of the arrivals of `memory`
    from which one speaks of a surge.
    """

    score: float = 14.0
    fewest: int = 4
    memory: float = 600.0
    bursts: tuple[tuple[float, int], ...] = ((3.0, 9), (10.0, 16), (60.0, 45))
    voices: int = 4
    short_voices: int = 8
    voice_seconds: float = 60.0
    new: float = 2 * DAY
    surge: float = 4.0


class Alarm(NamedTuple):
    """A raid that is under way: its kind, the members taken for raiders, and why."""

    t: float
    kind: str
    members: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    messages: tuple[str, ...] = ()


class Surge(NamedTuple):
    """Many arrivals that do not look like a raid."""

    t: float
    evidence: tuple[Evidence, ...]


class RaidWatch:
    """The arrivals of one server, judged one by one."""

    def __init__(self, rhythm: Rhythm | None = None, limits: RaidLimits | None = None) -> None:
        self._rhythm = rhythm or Rhythm()
        self._limits = limits or RaidLimits()
        self._newcomers = Newcomers()
        self._score = 0.0
        self._suspects: list[tuple[Join, float]] = []
        self._joined: dict[str, float] = {}
        self._arrivals = Window[Join](self._limits.memory)
        self._texts = KeyedWindows[Post](self._limits.voice_seconds)

    def use_rhythm(self, rhythm: Rhythm) -> None:
        """Judge arrivals against another rhythm from now on."""
        self._rhythm = rhythm

    def see_join(self, join: Join) -> Alarm | Surge | None:
        """Take one arrival in."""
        self._joined[join.member] = join.t
        if len(self._joined) > _MEMBERS:
            del self._joined[next(iter(self._joined))]
        self._arrivals.add(join.t, join)
        self._newcomers.forget(join.t - self._limits.memory)
        marks = self._newcomers.marks(join)
        self._add(join, sum(mark.weight for mark in marks))
        return self._by_marks(join, marks) or self._by_speed(join) or self._surge(join)

    def see_post(self, post: Post) -> Alarm | None:
        """Take one message in; only those of newcomers count."""
        joined = self._joined.get(post.author)
        if joined is None or post.t - joined > self._limits.new:
            return None
        keys = [*link_keys(post.text), *filter(None, [shared_key(post.text)])]
        for key in keys:
            same = self._texts.add(key, post.t, post)
            voices = tuple(dict.fromkeys(each.author for each in same))
            enough = (
                self._limits.voices if "/" in key or len(key) >= _LONG_TEXT else self._limits.short_voices
            )
            if len(voices) >= enough:
                seconds = round(post.t - same[0].t, 3)
                evidence = (
                    Evidence("newcomers saying the same", len(voices), enough),
                    Evidence("seconds", seconds, self._limits.voice_seconds),
                    Evidence("text", post.text[:120]),
                )
                return Alarm(post.t, "same words", voices, evidence, tuple(each.id for each in same))
        return None

    def _add(self, join: Join, weight: float) -> None:
        """Add an arrival to the sum, which starts anew when nothing speaks for a raid any more."""
        if self._suspects and join.t - self._suspects[-1][0].t > self._limits.memory:
            self._score, self._suspects = 0.0, []
        self._score += weight
        if weight > 0:
            self._suspects.append((join, weight))
        if self._score <= 0:
            self._score, self._suspects = 0.0, []
        self._score = min(self._score, 3 * self._limits.score)

    def _by_marks(self, join: Join, marks: list[Mark]) -> Alarm | None:
        if self._score < self._limits.score or len(self._suspects) < self._limits.fewest:
            return None
        told = sorted((mark for mark in marks if mark.weight > 0), key=lambda mark: -mark.weight)
        evidence = (
            Evidence("weight of the marks, nats", round(self._score, 1), self._limits.score),
            Evidence("arrivals", len(self._suspects), self._limits.fewest),
            *self._newcomers.evidence(),
            *(Evidence(mark.name, round(mark.weight, 1)) for mark in told[:4]),
        )
        return Alarm(
            join.t, "alike", tuple(dict.fromkeys(each.member for each, _ in self._suspects)), evidence
        )

    def _by_speed(self, join: Join) -> Alarm | None:
        for seconds, most in self._limits.bursts:
            burst = self._arrivals.since(join.t - seconds)
            if len(burst) >= most:
                evidence = (
                    Evidence("arrivals", len(burst), most),
                    Evidence("seconds", seconds),
                    Evidence("expected at this hour", round(self._rhythm.expected(join.t, seconds), 3)),
                )
                return Alarm(join.t, "too fast", tuple(each.member for each in burst), evidence)
        return None

    def _surge(self, join: Join) -> Surge | None:
        count = len(self._arrivals)
        if count < 3 or self._rhythm.surprise(count, join.t, self._limits.memory) < self._limits.surge:
            return None
        old = sum(1 for each in self._arrivals.items() if each.age is not None and each.age > 60 * DAY)
        evidence = (
            Evidence("arrivals in ten minutes", count),
            Evidence("expected at this hour", round(self._rhythm.expected(join.t, self._limits.memory), 2)),
            Evidence("share of old accounts", round(old / count, 2)),
            Evidence("weight of the marks, nats", round(self._score, 1), self._limits.score),
        )
        return Surge(join.t, evidence)
