"""A modelled Discord server for containment: rate limits, delays, lost answers, on a modelled clock."""

from collections import Counter
from collections.abc import Mapping, Sequence
from random import Random
from typing import NamedTuple

from tractage.domain.guard.containment import LIMITS, Call, Containment, RateLimiter, Record
from tractage.domain.guard.windows import Rate


class Contained(NamedTuple):
    """What a modelled containment came to: seconds, bans by member, calls refused, restarts."""

    seconds: float
    bans: Counter[str]
    refused: int
    restarts: int
    closed: int


class ModelServer:
    """The server's side. limits: what it enforces; delay: seconds that a call takes, least and most."""

    def __init__(
        self, seed: int, limits: Mapping[str, Rate] = LIMITS, delay: tuple[float, float] = (0.15, 0.6)
    ) -> None:
        self.chance = Random(f"server {seed}")
        self.bans: Counter[str] = Counter()
        self.closed = 0
        self._limiter = RateLimiter(limits)
        self._delay = delay

    def answer(self, call: Call, t: float) -> tuple[float, float | None]:
        """Take one call in; returns the time of the answer, and seconds to wait if it was refused."""
        at = t + self.chance.uniform(*self._delay)
        wait = self._limiter.wait(call.route, at)
        if wait > 0:
            return at, wait
        self._limiter.take(call.route, at)
        if call.route == "close":
            self.closed += 1
        elif call.route == "ban":
            self.bans.update(call.members)
        return at, None


def contain(
    calls: Sequence[Call], server: ModelServer, *, crash: float = 0.0, restart: float = 1.0
) -> Contained:
    """Run a containment to its end on the modelled clock.

    crash: chance that the bot dies at each call, before it is sent, before it arrives, or before its answer;
    restart: seconds that a restart takes. The journal is all that outlives a crash.
    """
    journal: list[Record] = []
    t, refused, restarts = 0.0, 0, 0
    machine = Containment(calls)
    while (turn := machine.next_turn(t)).call is not None:
        t += turn.wait
        call = turn.call
        record = machine.send(call, t)
        if record:
            journal.append(record)
        dies = server.chance.random() < crash
        before = dies and server.chance.random() < 0.5
        if not before:
            t, wait = server.answer(call, t)
            machine.answered(call, t)
            if wait is not None:
                refused += 1
                machine.refused(t, wait)
        if dies:
            t, restarts = t + restart, restarts + 1
            machine = Containment(calls, journal)
            continue
        if wait is None:
            done = machine.found_banned(call, server.bans) if call.route == "look" else machine.close(call)
            if done:
                journal.append(done)
    return Contained(t, server.bans, refused, restarts, server.closed)
