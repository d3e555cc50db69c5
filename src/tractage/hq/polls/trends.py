"""From a table to trends that a page can show: values, mentions and drawing of each line-up."""

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from tractage.adapters.polls.mentions import mention_lines
from tractage.adapters.polls.sources import Import, read_polls
from tractage.domain.elections.polls import (
    LineUp,
    Poll,
    current_line_up,
    line_ups,
    mentions,
    missing_mentions,
    without_shared_interviews,
)
from tractage.domain.elections.polls_trend import FEWEST_POLLS, Trend, trend

MOST_LINE_UPS = 20
ROUNDS = (1, 2)
DIGITS = 2


@dataclass(frozen=True)
class ToDraw:
    """A line-up with enough polls: those that carry every legal mention, and how many lack one."""

    line_up: LineUp
    polls: tuple[Poll, ...]
    lacking: int
    current: bool


def read_bytes(name: str, data: bytes, companions: dict[str, bytes]) -> Import:
    """Read a table that came as a file, with its companions beside it. Raises InputError in one line."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / (Path(name).name or "table.csv")
        for other, content in companions.items():
            (Path(folder) / other).write_bytes(content)
        path.write_bytes(data)
        return read_polls(path)


def to_draw(polls: Sequence[Poll]) -> list[ToDraw]:
    """The line-ups to show, those with the most polls first, the current one of each round among them."""
    complete = [poll for poll in polls if not missing_mentions(poll)]
    lacking = {line_up.id: len(group) for line_up, group in line_ups(polls).items()}
    current = {current_line_up(complete, number) for number in ROUNDS}
    found = [
        ToDraw(line_up, group, lacking[line_up.id] - len(group), line_up in current)
        for line_up, group in line_ups(complete).items()
        if len(without_shared_interviews(group)) >= FEWEST_POLLS
    ]
    found.sort(key=lambda one: not one.current)
    return found[:MOST_LINE_UPS]


def computed(one: ToDraw) -> tuple[Trend, dict[str, Any], str]:
    """The trend, its values for a page, and its drawing, empty where the extra `charts` is not installed."""
    found = trend(one.polls)
    try:
        from tractage.adapters.polls.chart import draw
    except ImportError:
        return found, values(found), ""
    return found, values(found), draw(found)


def values(found: Trend) -> dict[str, Any]:
    """Plain values: candidates with level and bands, houses by institute, mentions, every poll."""
    return {
        "candidates": [
            {
                "name": one.candidate,
                "level": round(one.level, DIGITS),
                "low": round(one.low, DIGITS),
                "high": round(one.high, DIGITS),
                "error": round(one.error, DIGITS),
                "systematic": round(one.systematic, DIGITS),
                "houses": {name: round(value, DIGITS) for name, value in sorted(one.houses.items())},
            }
            for one in found.candidates
        ],
        "institutes": sorted({poll.institute for poll in found.polls}),
        "mentions": mention_lines(found.polls),
        "polls": list(_polls(found)),
        "first": _first(found.polls).isoformat(),
    }


def _polls(found: Trend) -> Iterator[dict[str, Any]]:
    order = [one.candidate for one in found.candidates]
    for poll in sorted(found.polls, key=lambda one: (one.end, one.id), reverse=True):
        said = mentions(poll)
        shares = {share.candidate: share.percent for share in poll.shares}
        yield {
            "institute": said.institute,
            "sponsor": said.sponsor,
            "start": said.start.isoformat(),
            "end": said.end.isoformat(),
            "sample": said.sample,
            "margin": round(said.margin, 1),
            "shares": [shares[name] for name in order],
        }


def _first(polls: Sequence[Poll]) -> date:
    return min(poll.end for poll in polls)


def stored(rows: bytes) -> Import:
    """Read back a table that was kept in the long format."""
    return read_bytes("table.csv", rows, {})
