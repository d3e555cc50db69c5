"""One question, one pure answer: is this content frozen, by which article, since when, until when?"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from tractage.domain.errors import InputError
from tractage.domain.law.calendar import Round
from tractage.domain.law.content import Content
from tractage.domain.law.windows import ALWAYS, FOREVER, Window, binding, warnings
from tractage.domain.law.zones import Zone


class Span(NamedTuple):
    """A stretch of time, `since` ≤ t < `until`, both aware; None means without end."""

    since: datetime | None
    until: datetime | None


class Status(NamedTuple):
    """Whether a content is frozen, with its evidence.

    `rules`: ids of the rules that bind now. `since`, `until`: the unbroken stretch around the moment, UTC,
    None when it has no end (a failure counts as frozen) or when nothing is frozen. `reasons`: the windows
    that bind.
    `notices`: rules that ask for care without freezing. `following`: the next frozen stretch, when not
    frozen.
    """

    frozen: bool
    rules: tuple[str, ...]
    since: datetime | None
    until: datetime | None
    reasons: tuple[Window, ...]
    notices: tuple[Window, ...]
    following: Span | None


class Proposal(NamedTuple):
    """The answer to a planned operation.

    `lawful`: it touches no frozen stretch. Otherwise `reasons` holds the windows it touches, `before` and
    `after` the nearest lawful windows of the same length, and `nearest` the closer of the two, if any.
    """

    lawful: bool
    reasons: tuple[Window, ...]
    before: Span | None
    after: Span | None
    nearest: Span | None


def _aware(at: datetime, what: str) -> datetime:
    if at.tzinfo is None or at.utcoffset() is None:
        raise InputError(f"{what} {at.isoformat()} has no time zone: write it with an offset, like +02:00")
    return at


def _open(moment: datetime) -> datetime | None:
    return None if moment in {ALWAYS, FOREVER} else moment


def stretches(windows: Iterable[Window]) -> list[tuple[datetime, datetime]]:
    """Return the union of windows as disjoint stretches in order; stretches that touch become one."""
    merged: list[tuple[datetime, datetime]] = []
    for window in sorted(windows):
        if merged and window.since <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], window.until))
        else:
            merged.append((window.since, window.until))
    return merged


def status(
    content: Content,
    rounds: Sequence[Round],
    zones: Sequence[str | Zone],
    at: datetime,
    *,
    added: Sequence[Window] = (),
) -> Status:
    """Tell whether `content` may reach the public of `zones` at the aware time `at`.

    A content is frozen from the earliest zone that it targets to the latest closing. An unknown zone, a
    polling day that is not known inside its election week, missing time-zone data, no zone or no round:
    frozen. `added`: windows of the owner's own, that tighten the pack and can never loosen it.

    Raises: InputError when `at` has no time zone.
    Source: Code électoral, art. L48-2, L49, L52-1, L52-2; loi 77-808, art. 11.
    """
    _aware(at, "time")
    asked = (content, tuple(rounds), tuple(zones))
    found = tuple(sorted({*binding(*asked), *added}))
    now = tuple(window for window in found if window.covers(at))
    notices = tuple(window for window in warnings(*asked) if window.covers(at))
    around = stretches(found)
    if not now:
        coming = next((Span(since, _open(until)) for since, until in around if since > at), None)
        return Status(False, (), None, None, (), notices, coming)
    since, until = next(stretch for stretch in around if stretch[0] <= at < stretch[1])
    names = tuple(dict.fromkeys(window.rule for window in now))
    return Status(True, names, _open(since), _open(until), now, notices, None)


def next_window(
    content: Content,
    rounds: Sequence[Round],
    zones: Sequence[str | Zone],
    start: datetime,
    end: datetime,
    *,
    not_before: datetime | None = None,
    added: Sequence[Window] = (),
) -> Proposal:
    """Tell whether an operation from `start` to `end` is lawful, and else the nearest lawful windows of that
    length.

    `not_before`: no window is proposed that starts earlier (usually the present). `added`: as in `status`.
    Raises: InputError when a time has no zone or `end` is not after `start`.
    """
    _aware(start, "start")
    _aware(end, "end")
    if end <= start:
        raise InputError(f"end {end.isoformat()} is not after start {start.isoformat()}")
    start, end = start.astimezone(UTC), end.astimezone(UTC)
    found = tuple(sorted({*binding(content, tuple(rounds), tuple(zones)), *added}))
    touched = tuple(window for window in found if window.since < end and start < window.until)
    if not touched:
        return Proposal(True, (), None, None, Span(start, end))
    length, around = end - start, stretches(found)
    before, after = _before(around, start, length), _after(around, start, length)
    if before and not_before and before.since and before.since < not_before:
        before = None
    near = min((span for span in (before, after) if span), key=lambda span: _gap(span, start), default=None)
    return Proposal(False, touched, before, after, near)


def _gap(span: Span, start: datetime) -> timedelta:
    return abs(span.since - start) if span.since else timedelta.max


def _after(around: list[tuple[datetime, datetime]], start: datetime, length: timedelta) -> Span | None:
    for since, until in around:
        if start < until and since - start < length:
            if until == FOREVER:
                return None
            start = until
    return Span(start, start + length)


def _before(around: list[tuple[datetime, datetime]], start: datetime, length: timedelta) -> Span | None:
    for since, until in reversed(around):
        if since - start < length and start < until:
            if since == ALWAYS:
                return None
            start = since - length
    return Span(start, start + length)
