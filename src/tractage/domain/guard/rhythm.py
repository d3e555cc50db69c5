"""The server's own rhythm of arrivals, by hour of the week, and how surprising a burst is against it.

Joins of each hour of the week are Poisson with a Gamma-distributed rate (neighbouring hours and the server's
mean are its prior), so a count in some seconds is negative binomial.
"""

import math
from collections.abc import Iterable

HOURS = 168
_PRIOR_HOURS = 2.0  # hours of the server's mean rate that each hour of the week starts from
_NEIGHBOUR = 0.5  # weight of the hours before and after


class Rhythm:
    """Joins counted by hour of the week over the weeks observed."""

    def __init__(self, joins: Iterable[float] = (), since: float = 0.0, until: float = 0.0) -> None:
        """Learn from past joins.

        joins: times in seconds; since, until: the period observed. Without a period the server is taken for
        one that receives one join an hour.
        """
        self._counts = [0] * HOURS
        for t in joins:
            self._counts[_hour(t)] += 1
        self._weeks = max(0.0, until - since) / (HOURS * 3600)
        observed = self._weeks * HOURS
        self._mean = (sum(self._counts) + 1.0) / (observed + 1.0)

    def expected(self, t: float, seconds: float) -> float:
        """Return the joins expected in `seconds` around time t."""
        shape, hours = self._rate(t)
        return shape / hours * seconds / 3600

    def surprise(self, count: int, t: float, seconds: float) -> float:
        """Return −log₁₀ of the probability of `count` joins or more in `seconds` around t."""
        shape, hours = self._rate(t)
        return negative_binomial_tail(count, shape, hours, seconds / 3600)

    def _rate(self, t: float) -> tuple[float, float]:
        """Return the Gamma shape and the hours of exposure of the rate at time t."""
        hour = _hour(t)
        near = self._counts[hour - 1] + self._counts[(hour + 1) % HOURS]
        shape = _PRIOR_HOURS * self._mean + self._counts[hour] + _NEIGHBOUR * near
        return shape, _PRIOR_HOURS + self._weeks * (1 + 2 * _NEIGHBOUR)


def negative_binomial_tail(count: int, shape: float, hours: float, span: float) -> float:
    """Return −log₁₀ P(N ≥ count) for a Poisson count over `span` with a Gamma(shape, hours) rate."""
    if count <= 0:
        return 0.0
    log_q = math.log(span / (hours + span))
    log_first = math.lgamma(count + shape) - math.lgamma(shape) - math.lgamma(count + 1)
    log_first += shape * math.log(hours / (hours + span)) + count * log_q
    total = term = 1.0
    for n in range(count + 1, count + 2000):
        term *= (n - 1 + shape) / n * math.exp(log_q)
        total += term
        if term < 1e-12 * total:
            break
    return max(0.0, -(log_first + math.log(total)) / math.log(10))


def _hour(t: float) -> int:
    return int(t // 3600) % HOURS
