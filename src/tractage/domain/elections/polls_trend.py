"""The trend behind the polls of one line-up: a local level with house effects, by Kalman filter and smoother.

Every share is modelled in units of √(p(1−p)), p the candidate's mean share, so one filter serves all the
candidates of a line-up and their levels keep the sum of the polls.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tractage.domain.elections.polls import LineUp, Poll, without_shared_interviews
from tractage.domain.elections.polls_errors import systematic_error
from tractage.domain.errors import InputError

Floats = NDArray[np.float64]
Z95 = 1.959963984540054
FEWEST_POLLS = 3
# Prior medians, in units of √(p(1−p)): a candidate at 20 % drifts 0.4 point in a day, a house leans 0.8
# point, a poll errs like a simple random sample; and how far, in logarithm, the data may take them.
PRIOR = np.log([0.01, 0.02, 1.0])
PRIOR_SPREAD = 0.7


class Point(NamedTuple):
    """The level of one candidate on one day, in points, with the 95 % band of the level alone."""

    day: date
    level: float
    low: float
    high: float


@dataclass(frozen=True)
class CandidateTrend:
    """One candidate: last level in points, its 95 % band with the systematic error, houses and daily path.

    `houses`: points that each institute gives above the level, summing to zero over the institutes.
    """

    candidate: str
    level: float
    low: float
    high: float
    error: float
    systematic: float
    houses: dict[str, float]
    path: tuple[Point, ...]


@dataclass(frozen=True)
class Trend:
    """The trend of one line-up up to `until`, with the polls behind it and the fitted variances."""

    line_up: LineUp
    until: date
    polls: tuple[Poll, ...]
    candidates: tuple[CandidateTrend, ...]
    drift: float
    house: float
    design: float


@dataclass(frozen=True)
class _Series:
    """Polls as arrays: shares (n, c), day numbers (n,), house indices (n,), intentions counted (n,)."""

    shares: Floats
    days: NDArray[np.int64]
    houses: NDArray[np.int64]
    sizes: Floats
    names: tuple[str, ...]
    scale: Floats


def trend(polls: Sequence[Poll], until: date | None = None) -> Trend:
    """Return the trend of polls that share one line-up.

    Args: `polls` of one line-up; `until` the last day that counts (default: the last poll's), so that nothing
    later is known. A poll counts on the last day of its interviews; rolling polls count once per interview.
    Returns each candidate's level with a 95 % band made of the filter's variance and of the systematic error
    of past first rounds: a description of the polls, not a forecast.
    Raises InputError for several line-ups or fewer than three polls.
    Source: Harvey 1989 (local level); Jackman 2005, Australian J. of Political Science 40 (house effects).
    """
    kept = [poll for poll in polls if until is None or poll.end <= until]
    if len({poll.line_up for poll in kept}) > 1:
        raise InputError("trend: the polls test several line-ups; expected a single one")
    kept = list(without_shared_interviews(kept))
    if len(kept) < FEWEST_POLLS:
        raise InputError(
            f"trend: {len(kept)} polls without shared interviews; expected at least {FEWEST_POLLS}"
        )
    names = sorted(kept[0].line_up.candidates)
    series = _series(kept, names)
    drift, house, design = _variances(series)
    last = until or kept[-1].end
    days, means, covariances = _filter(series, drift, house, design, last.toordinal())[1:]
    smooth_means, smooth_covariances = _smooth(days, means, covariances, drift)
    order = np.argsort(-means[-1][0] * series.scale)
    candidates = tuple(
        _candidate(series, names[c], int(c), days, means, covariances, smooth_means, smooth_covariances)
        for c in order
    )
    return Trend(kept[0].line_up, last, tuple(kept), candidates, drift, house, design)


def _series(polls: Sequence[Poll], names: Sequence[str]) -> _Series:
    table = [{share.candidate: share.percent / 100 for share in poll.shares} for poll in polls]
    shares = np.array([[row[name] for name in names] for row in table])
    institutes = tuple(sorted({poll.institute for poll in polls}))
    mean = np.clip(shares.mean(axis=0), 1e-4, 1 - 1e-4)
    return _Series(
        shares,
        np.array([poll.end.toordinal() for poll in polls]),
        np.array([institutes.index(poll.institute) for poll in polls]),
        np.array([poll.interviews for poll in polls]),
        institutes,
        np.sqrt(mean * (1 - mean)),
    )


def _variances(series: _Series) -> tuple[float, float, float]:
    """Return drift per √day, house spread and design effect: the posterior mode, by coordinate search."""

    def loss(logs: Floats) -> float:
        drift, house, design = np.exp(logs)
        likelihood = _filter(series, drift, house, design, int(series.days[-1]))[0]
        return float(-likelihood + (((logs - PRIOR) / PRIOR_SPREAD) ** 2).sum() / 2)

    best, step = PRIOR.copy(), 0.5
    least = loss(best)
    while step > 0.02:
        moved = False
        for axis in range(3):
            for sign in (-step, step):
                trial = best.copy()
                trial[axis] += sign
                value = loss(trial)
                if value < least:
                    best, least, moved = trial, value, True
        if not moved:
            step /= 2
    drift, house, design = np.exp(best)
    return float(drift), float(house), float(design)


def _filter(
    series: _Series, drift: float, house: float, design: float, last: int
) -> tuple[float, list[int], list[Floats], list[Floats]]:
    """Return the log likelihood, and per day its number, the state (1+h, c) and its covariance (1+h, 1+h)."""
    houses, candidates = len(series.names), series.shares.shape[1]
    state = np.zeros((1 + houses, candidates))
    state[0] = series.shares.mean(axis=0) / series.scale
    covariance = np.zeros((1 + houses, 1 + houses))
    covariance[0, 0] = 1.0
    covariance[1:, 1:] = house**2 * (np.eye(houses) - 1 / houses)
    days: list[int] = []
    means: list[Floats] = []
    covariances: list[Floats] = []
    likelihood, row = 0.0, 0
    for day in range(int(series.days[0]), last + 1):
        if days:
            covariance[0, 0] += drift**2
        while row < len(series.days) and series.days[row] == day:
            seen = np.zeros(1 + houses)
            seen[0] = seen[1 + series.houses[row]] = 1.0
            spread = seen @ covariance @ seen + design / series.sizes[row]
            gain = covariance @ seen / spread
            surprise = series.shares[row] / series.scale - seen @ state
            state = state + np.outer(gain, surprise)
            covariance = covariance - np.outer(gain, seen @ covariance)
            likelihood -= 0.5 * (candidates * math.log(spread) + (surprise @ surprise) / spread)
            row += 1
        days.append(day)
        means.append(state)
        covariances.append(covariance.copy())
    return float(likelihood), days, means, covariances


def _smooth(
    days: list[int], means: list[Floats], covariances: list[Floats], drift: float
) -> tuple[list[Floats], list[Floats]]:
    """Return the states and covariances of every day given all polls (Rauch, Tung and Striebel 1965)."""
    smooth_means, smooth_covariances = [means[-1]], [covariances[-1]]
    for t in range(len(days) - 2, -1, -1):
        ahead = covariances[t].copy()
        ahead[0, 0] += drift**2
        gain = covariances[t] @ np.linalg.pinv(ahead)
        smooth_means.append(means[t] + gain @ (smooth_means[-1] - means[t]))
        smooth_covariances.append(covariances[t] + gain @ (smooth_covariances[-1] - ahead) @ gain.T)
    return smooth_means[::-1], smooth_covariances[::-1]


def _candidate(
    series: _Series,
    name: str,
    c: int,
    days: list[int],
    means: list[Floats],
    covariances: list[Floats],
    smooth_means: list[Floats],
    smooth_covariances: list[Floats],
) -> CandidateTrend:
    unit = 100 * series.scale[c]
    level = float(unit * means[-1][0, c])
    error = float(unit * math.sqrt(covariances[-1][0, 0]))
    systematic = systematic_error(level)
    half = Z95 * math.hypot(error, systematic)
    path = []
    for day, mean, covariance in zip(days, smooth_means, smooth_covariances, strict=True):
        middle = float(unit * mean[0, c])
        width = Z95 * float(unit * math.sqrt(max(covariance[0, 0], 0.0)))
        path.append(
            Point(date.fromordinal(day), middle, max(middle - width, 0.0), min(middle + width, 100.0))
        )
    houses = {house: float(unit * means[-1][1 + h, c]) for h, house in enumerate(series.names)}
    return CandidateTrend(
        name,
        level,
        max(level - half, 0.0),
        min(level + half, 100.0),
        error,
        systematic,
        houses,
        tuple(path),
    )
