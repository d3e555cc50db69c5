"""Containment: a mass action on a wave of raiders, within the rate limits, exactly once across restarts.

The machine is pure: it says which call comes next and when, and is told what became of it. Every intention
is written in a journal before it is sent and closed after the answer; after a restart, a call that was sent
but not closed is first looked up, and only what is missing is sent again.
"""

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from tractage.domain.guard.windows import Rate

LOT = 200  # members that one bulk ban takes at most
# The global limit is documented; by route Discord publishes none and answers with headers: these are assumed.
LIMITS: Mapping[str, Rate] = {
    "global": Rate(50, 1.0),
    "close": Rate(2, 10.0),
    "ban": Rate(1, 2.0),
    "look": Rate(2, 2.0),
}


class State(StrEnum):
    """What the journal says of a call."""

    SENT = "sent"
    DONE = "done"


class Record(NamedTuple):
    """One line of the journal."""

    call: str
    state: State


class Call(NamedTuple):
    """One call. id: the same for the same purpose across restarts; route: "close", "ban" or "look"."""

    id: str
    route: str
    members: tuple[str, ...] = ()


class Turn(NamedTuple):
    """What to do now: make a call (None: nothing is left) after waiting so many seconds."""

    call: Call | None
    wait: float


class RateLimiter:
    """The calls made by route, so that the next one waits just long enough."""

    def __init__(self, limits: Mapping[str, Rate] = LIMITS) -> None:
        self._limits = limits
        self._made: dict[str, deque[float]] = {
            route: deque(maxlen=rate.most) for route, rate in limits.items()
        }
        self._not_before = 0.0

    def wait(self, route: str, t: float) -> float:
        """Return the seconds to wait at time t before a call on a route."""
        free = [self._not_before]
        for name in ("global", route):
            made, rate = self._made[name], self._limits[name]
            if len(made) == rate.most:
                free.append(made[0] + rate.seconds)
        return max(0.0, max(free) - t)

    def take(self, route: str, t: float) -> None:
        """Write down a call made at time t."""
        for name in ("global", route):
            self._made[name].append(t)

    def settle(self, route: str, t: float) -> None:
        """Write down that the last call was answered at time t: it may have arrived as late as that."""
        for name in ("global", route):
            self._made[name][-1] = t

    def refuse(self, t: float, retry_after: float) -> None:
        """Write down that the server asked to wait (status 429)."""
        self._not_before = max(self._not_before, t + retry_after)


def plan_containment(wave: str, members: Iterable[str]) -> tuple[Call, ...]:
    """Return the calls that contain a wave: first the door is closed, then the raiders go out in lots."""
    each = tuple(dict.fromkeys(members))
    lots = [each[start : start + LOT] for start in range(0, len(each), LOT)]
    return (
        Call(f"{wave} close", "close"),
        *(Call(f"{wave} ban {n}", "ban", lot) for n, lot in enumerate(lots)),
    )


class Containment:
    """The progress of a plan. records: the journal of earlier runs, oldest first."""

    def __init__(
        self, calls: Sequence[Call], records: Iterable[Record] = (), limiter: RateLimiter | None = None
    ) -> None:
        states = {record.call: record.state for record in records}
        self._left = deque(call for call in calls if states.get(call.id) is not State.DONE)
        self._doubtful = {call.id for call in calls if states.get(call.id) is State.SENT}
        self._limiter = limiter or RateLimiter()

    def next_turn(self, t: float) -> Turn:
        """Return the call to make at time t, or the time to wait before it."""
        if not self._left:
            return Turn(None, 0.0)
        call = self._left[0]
        if call.id in self._doubtful and call.members:
            call = Call(call.id, "look", call.members)
        return Turn(call, self._limiter.wait(call.route, t))

    def send(self, call: Call, t: float) -> Record | None:
        """Say that a call is about to be sent; returns the record to write in the journal first."""
        self._limiter.take(call.route, t)
        return Record(call.id, State.SENT) if call.route != "look" else None

    def answered(self, call: Call, t: float) -> None:
        """Say that a call was answered at time t, whatever the answer."""
        self._limiter.settle(call.route, t)

    def close(self, call: Call) -> Record:
        """Say that a call succeeded; returns the record to write."""
        self._left.popleft()
        self._doubtful.discard(call.id)
        return Record(call.id, State.DONE)

    def found_banned(self, call: Call, banned: Iterable[str]) -> Record | None:
        """Say which members of a doubtful call are banned already: only the others are sent again."""
        gone = frozenset(banned)
        missing = tuple(member for member in call.members if member not in gone)
        self._doubtful.discard(call.id)
        if not missing:
            return self.close(call)
        self._left[0] = Call(call.id, "ban", missing)
        return None

    def refused(self, t: float, retry_after: float) -> None:
        """Say that the server asked to wait (status 429): the call stays next."""
        self._limiter.refuse(t, retry_after)

    def lost(self, call: Call) -> None:
        """Say that no answer came: the call is looked up before it is sent again."""
        self._doubtful.add(call.id)
