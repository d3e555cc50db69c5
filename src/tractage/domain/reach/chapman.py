"""Two lists: Chapman's estimator of the number of posts."""

from tractage.domain.errors import InputError
from tractage.domain.reach.quantities import Interval, log_normal

FEWEST_OVERLAPS = 7  # below, the bias of the estimator passes a few per cent (Robson and Regier 1964)


def chapman(first: int, second: int, both: int) -> Interval:
    """Estimate how many posts there are from two lists that found them independently.

    Args: posts on the `first` list, on the `second`, and on `both`.
    Returns the estimate (n₁+1)(n₂+1)/(m+1) − 1 with its log-normal 95 % interval and Seber's standard error.
    Raises InputError when the counts contradict each other or when fewer than 7 posts are on both lists.
    Assumes that the lists are independent and every post is as easy to find as another.
    Source: Chapman 1951; variance: Seber 1970, Biometrics 26.
    """
    if min(first, second, both) < 0 or both > min(first, second):
        raise InputError(
            f"overlap of two lists: {both} on both, {first} and {second} on each; expected 0 ≤ both ≤ each"
        )
    if both < FEWEST_OVERLAPS:
        raise InputError(
            f"overlap of two lists: {both} posts are on both; expected at least {FEWEST_OVERLAPS} to estimate"
        )
    estimate = (first + 1) * (second + 1) / (both + 1) - 1
    variance = (first + 1) * (second + 1) * (first - both) * (second - both) / ((both + 1) ** 2 * (both + 2))
    return log_normal(first + second - both, estimate, variance)
