"""What an estimator answers: a number with its interval and band, or the words for why there is none."""

import math
from dataclasses import dataclass
from typing import NamedTuple

Z95 = 1.959963984540054


class Reason(NamedTuple):
    """Why a total is not identifiable, or what its reader must know: a stable `code`, an English `text`.

    `values` are what the text holds, by name, for who says it in another language.
    """

    code: str
    text: str
    values: tuple[tuple[str, str | float], ...] = ()


class Band(NamedTuple):
    """The estimate's range when the lists depend on each other by an odds ratio from 0.5 to 4."""

    low: float
    high: float


@dataclass(frozen=True)
class Interval:
    """An estimate with its 95 % interval and its standard error, in the unit of the estimate."""

    estimate: float
    low: float
    high: float
    error: float


@dataclass(frozen=True)
class Quantity:
    """A total of posts or views on one platform.

    When `identifiable` is false, `estimate` and `high` are None and `low` is a lower bound.
    `band` is None only when nothing could be fitted.
    """

    estimate: float | None
    low: float
    high: float | None
    band: Band | None
    identifiable: bool
    reasons: tuple[Reason, ...]


def log_normal(found: float, estimate: float, variance: float) -> Interval:
    """Return the 95 % interval of a total whose unseen part is log-normal: it never goes below `found`.

    Source: Chao 1987, Biometrics 43, eq. (12): unseen/C … unseen·C, C = exp{1.96·√ln(1 + V/unseen²)}.
    """
    unseen = estimate - found
    if unseen <= 0:
        return Interval(estimate, found, max(estimate, found), math.sqrt(variance))
    factor = math.exp(Z95 * math.sqrt(math.log1p(variance / unseen**2)))
    return Interval(estimate, found + unseen / factor, found + unseen * factor, math.sqrt(variance))
