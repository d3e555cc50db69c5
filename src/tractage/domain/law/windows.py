"""When each time rule binds a content, zone by zone: the windows from which every answer is made."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from tractage.domain.law.calendar import Round
from tractage.domain.law.content import Content, Kind
from tractage.domain.law.pack import rule
from tractage.domain.law.zones import Zone, clock, find, moment, territories

NATIONAL = "FR"
MIDNIGHT = time(0)
ALWAYS, FOREVER = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
LAW = "law"  # the other causes are failures that count as frozen
UNKNOWN_ZONE, MISSING_DATE, NO_TIME_ZONE, NO_ROUND = (
    "unknown-zone", "missing-date", "missing-time-zone", "no-round",
)  # fmt: skip


class Window(NamedTuple):
    """One rule that binds one zone for `since` ≤ t < `until` (UTC); `round` 0 means the whole election."""

    since: datetime
    until: datetime
    rule: str
    zone: str
    round: int
    cause: str = LAW

    def covers(self, at: datetime) -> bool:
        """Tell whether the window holds at an aware time."""
        return self.since <= at < self.until


class Poll(NamedTuple):
    """A zone's poll in one round; a day that is not `known` is the Sunday of the election week."""

    zone: Zone
    tz: ZoneInfo
    turn: Round
    day: date
    known: bool

    def at(self, days: int, hour: time = MIDNIGHT) -> datetime:
        """Return local `hour`, `days` after the polling day, in UTC."""
        return moment(self.tz, self.day + timedelta(days=days), hour).astimezone(UTC)

    @property
    def close(self) -> datetime:
        """The latest lawful closing; hour or day unknown: midnight or métropole's closing, the later."""
        if self.known and self.zone.closes:
            return self.at(0, self.zone.closes)
        return max(self.at(1), national_close(self.turn) or FOREVER)

    def window(self, since: datetime, until: datetime, rule_id: str) -> Window:
        """Return a window of this poll under a rule."""
        cause = LAW if self.known else MISSING_DATE
        return Window(since, until, rule_id, self.zone.id, self.turn.number, cause)


def national_close(turn: Round) -> datetime | None:
    """Return when métropole's last station closes on the national Sunday; None without time-zone data."""
    home = territories()[NATIONAL]
    tz = clock(home.tz)
    if tz is None or home.closes is None:
        return None
    return moment(tz, turn.day, home.closes).astimezone(UTC)


def polls(zone: Zone, turns: Iterable[Round]) -> Iterator[Poll]:
    """Yield a zone's polls; an unknown day becomes the national Sunday, marked as not known."""
    tz = clock(zone.tz)
    if tz is None:
        return
    for turn in turns:
        for day in turn.days(zone):
            yield Poll(zone, tz, turn, day or turn.day, day is not None)


def silence(poll: Poll) -> Window:
    """Art. L49: from the eve at 00:00 local to the last closing; the whole week when the day is not known."""
    days = -1 if poll.known else -poll.day.weekday()
    return poll.window(poll.at(days), poll.close, "L49")


def poll_freeze(poll: Poll) -> Window:
    """Loi 77-808, art. 11: the eve and the day, to midnight."""
    days = -1 if poll.known else -poll.day.weekday()
    return poll.window(poll.at(days), max(poll.at(1), poll.close), "L77-808-11")


def late_matter(poll: Poll) -> Window:
    """Art. L48-2: from the Wednesday of the election week at 20:00 local to the last closing."""
    start = rule("L48-2").params
    back = (poll.day.weekday() - start["weekday"]) % 7
    return poll.window(poll.at(-back, time(start["hour"])), poll.close, "L48-2")


def first_polling_moment(turn: Round) -> datetime | None:
    """Return the first midnight of a polling day on the national week-end, in the pack's own territories."""
    eve = turn.day - timedelta(days=1)
    firsts = [p.at(0) for z in territories().values() for p in polls(z, (turn,)) if p.known and p.day >= eve]
    return min(firsts, default=None)


def results_hold(poll: Poll) -> tuple[Window, Window]:
    """Art. L52-2: the zone's own polling day, and the national week-end until métropole closes."""
    own = poll.window(poll.at(0), poll.close, "L52-2")
    first = first_polling_moment(poll.turn) or poll.at(0)
    return own, poll.window(first, national_close(poll.turn) or FOREVER, "L52-2")


def months_before(day: date, months: int) -> date:
    """Return the first day of the month that lies `months` before the month of `day`."""
    index = day.year * 12 + day.month - 1 - months
    return date(index // 12, index % 12 + 1, 1)


def long_window(found: Sequence[Poll], rule_id: str) -> Iterator[Window]:
    """Yield the window that opens N months before the election's month and ends with the deciding round."""
    if found:
        first = min(found, key=lambda poll: poll.turn.day)
        start = months_before(first.turn.day, rule(rule_id).params["months"])
        since = moment(first.tz, start, MIDNIGHT).astimezone(UTC)
        yield Window(since, max(poll.close for poll in found), rule_id, first.zone.id, 0)


def _binding(content: Content, found: Sequence[Poll]) -> Iterator[Window]:
    if content.silenced:
        yield from map(silence, found)
    if Kind.POLL in content.kinds and Kind.PUBLIC not in content.kinds:
        yield from map(poll_freeze, found)
    if Kind.RESULT in content.kinds:
        for poll in found:
            yield from results_hold(poll)
    if Kind.ADVERTISING in content.kinds:
        yield from long_window(found, "L52-1")
    if Kind.TEAM_REQUEST in content.kinds:
        yield from map(late_matter, found)


def _warning(content: Content, found: Sequence[Poll]) -> Iterator[Window]:
    if content.silenced:
        yield from map(late_matter, found)
        yield from long_window(found, "L163-2")


def _concerned(content: Content) -> str | None:
    """Return the first rule that could bind this content; None: even an unknown zone does not matter."""
    candidates = {
        "L49": content.silenced,
        "L77-808-11": Kind.POLL in content.kinds and Kind.PUBLIC not in content.kinds,
        "L52-2": Kind.RESULT in content.kinds,
        "L52-1": Kind.ADVERTISING in content.kinds,
        "L48-2": Kind.TEAM_REQUEST in content.kinds,
    }
    return None if content.free else next((name for name, bound in candidates.items() if bound), None)


def _collect(
    content: Content,
    turns: tuple[Round, ...],
    zones: tuple[str | Zone, ...],
    make: Callable[[Content, Sequence[Poll]], Iterator[Window]],
) -> Iterator[Window]:
    concerned = _concerned(content)
    if concerned is None:
        return
    if not zones or not turns:
        yield Window(ALWAYS, FOREVER, concerned, "", 0, NO_ROUND if zones else UNKNOWN_ZONE)
    for named in zones:
        zone = find(named) if isinstance(named, str) else named
        if zone is None or clock(zone.tz) is None:
            cause = UNKNOWN_ZONE if zone is None else NO_TIME_ZONE
            yield Window(ALWAYS, FOREVER, concerned, zone.id if zone else str(named), 0, cause)
        else:
            yield from make(content, tuple(polls(zone, turns)))


@lru_cache(maxsize=512)
def binding(content: Content, turns: tuple[Round, ...], zones: tuple[str | Zone, ...]) -> tuple[Window, ...]:
    """Return the windows in which `content` is frozen, sorted; failures are windows without end."""
    return tuple(sorted(set(_collect(content, turns, zones, _binding))))


@lru_cache(maxsize=512)
def warnings(content: Content, turns: tuple[Round, ...], zones: tuple[str | Zone, ...]) -> tuple[Window, ...]:
    """Return the windows in which a rule asks for care without freezing, sorted."""
    known = tuple(zone for zone in zones if not isinstance(zone, str) or find(zone))
    found = _collect(content, turns, known, _warning) if known and turns else ()
    return tuple(sorted({window for window in found if window.cause in {LAW, MISSING_DATE}}))
