"""Polls as facts: who asked, for whom, when, how many, which candidates, with the law's mentions."""

import hashlib
import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple


class Share(NamedTuple):
    """One candidate's share of the intentions, in points, with the institute's own bounds, if any."""

    candidate: str
    percent: float
    low: float | None
    high: float | None


@dataclass(frozen=True)
class LineUp:
    """A hypothesis: the round and exactly these candidates; two polls compare only within one line-up."""

    round: int
    candidates: frozenset[str]

    @property
    def id(self) -> str:
        """A short name that does not change: round, number of candidates, six hexadecimal digits."""
        text = "\n".join(sorted(self.candidates))
        digest = hashlib.sha256(text.encode()).hexdigest()[:6]
        return f"r{self.round}-{len(self.candidates)}-{digest}"


@dataclass(frozen=True)
class Poll:
    """One line-up tested in one poll.

    `sample` in persons; `counted` the persons who gave an intention, when known; `rolling` whether the poll
    shares interviews with the institute's neighbouring polls; shares in points.
    """

    id: str
    institute: str
    sponsor: str
    start: date
    end: date
    sample: int
    counted: float | None
    population: str
    rolling: bool
    round: int
    shares: tuple[Share, ...]

    @property
    def line_up(self) -> LineUp:
        """The line-up that the poll tested."""
        return LineUp(self.round, frozenset(share.candidate for share in self.shares))

    @property
    def interviews(self) -> float:
        """How many intentions the shares rest on: counted, else read off the margins, else the sample."""
        if self.counted:
            return self.counted
        sizes = [
            1.96**2 * share.percent * (100 - share.percent) / ((share.high - share.low) / 2) ** 2
            for share in self.shares
            if share.low is not None and share.high is not None and share.high > share.low
        ]
        return sorted(sizes)[len(sizes) // 2] if sizes else float(self.sample)

    def margin(self, candidate: str) -> float:
        """Return half the width of the 95 % margin of `candidate`, in points.

        The institute's own when it gives bounds, else the binomial margin of a simple random sample.
        """
        share = next(share for share in self.shares if share.candidate == candidate)
        if share.low is not None and share.high is not None and share.high > share.low:
            return (share.high - share.low) / 2
        return 1.96 * math.sqrt(share.percent * (100 - share.percent) / self.interviews)


class Mentions(NamedTuple):
    """What must stand beside a poll's figures (loi 77-808, art. 2); `margin` the widest one, in points."""

    institute: str
    sponsor: str
    start: date
    end: date
    sample: int
    margin: float


def mentions(poll: Poll) -> Mentions:
    """Return the poll's mentions as they are known; an unknown text is empty, an unknown number 0."""
    margin = max((poll.margin(share.candidate) for share in poll.shares), default=0.0) if poll.sample else 0.0
    return Mentions(poll.institute, poll.sponsor, poll.start, poll.end, poll.sample, margin)


def missing_mentions(poll: Poll) -> tuple[str, ...]:
    """Return the names of the mentions that the poll lacks; with any, it must not be published.

    Source: loi 77-808, art. 2.
    """
    held = mentions(poll)
    checks = {
        "institute": held.institute.strip() != "",
        "sponsor": held.sponsor.strip() != "",
        "dates": held.start <= held.end,
        "sample": held.sample > 0,
        "margin": held.margin > 0,
    }
    return tuple(name for name, present in checks.items() if not present)


def line_ups(polls: Iterable[Poll]) -> dict[LineUp, tuple[Poll, ...]]:
    """Group polls by line-up, each in order of last day; line-ups with the most polls first."""
    groups: dict[LineUp, list[Poll]] = defaultdict(list)
    for poll in polls:
        groups[poll.line_up].append(poll)
    ordered = sorted(groups.items(), key=lambda item: (-len(item[1]), item[0].id))
    return {line_up: tuple(sorted(group, key=_order)) for line_up, group in ordered}


def without_shared_interviews(polls: Sequence[Poll]) -> tuple[Poll, ...]:
    """Return the polls of one line-up with each rolling series thinned, so that no interview counts twice.

    Goes back from an institute's last rolling poll to the next one that ended before it began.
    """
    kept: list[Poll] = []
    begun: dict[str, date] = {}
    for poll in sorted(polls, key=_order, reverse=True):
        if poll.rolling:
            if poll.institute in begun and poll.end >= begun[poll.institute]:
                continue
            begun[poll.institute] = poll.start
        kept.append(poll)
    return tuple(reversed(kept))


def current_line_up(polls: Iterable[Poll], round_number: int = 1, days: int = 45) -> LineUp | None:
    """Return the line-up with the most polls among those of the last `days` before the last poll."""
    chosen = [poll for poll in polls if poll.round == round_number]
    if not chosen:
        return None
    last = max(poll.end for poll in chosen)
    recent = [poll for poll in chosen if (last - poll.end).days <= days]
    return next(iter(line_ups(recent)))


def _order(poll: Poll) -> tuple[date, date, str]:
    return poll.end, poll.start, poll.id
