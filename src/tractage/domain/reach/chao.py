"""Several lists, unequal posts: Chao's lower bound of the number of posts."""

import math
from collections.abc import Sequence

from tractage.domain.errors import InputError
from tractage.domain.reach.quantities import Interval, log_normal


def chao_lower_bound(frequencies: Sequence[int], lists: float, corrected: bool = True) -> Interval:
    """Bound from below the number of posts, from how many were found once, twice, …

    Args: `frequencies[k-1]` posts found by exactly k lists; `lists` the number t of lists (`math.inf` for a
    flow of sightings without lists); `corrected` the bias-corrected form, else Chao's f₁²/2f₂.
    Returns the bound with its log-normal 95 % interval; the truth may be anywhere above it.
    Raises InputError without frequencies, with a negative one, or when f₂ = 0 in the uncorrected form.
    Source: Chao 1987, Biometrics 43; with the factor (t−1)/t and the bias correction, Chao 2005.
    """
    if not frequencies or min(frequencies) < 0 or lists < 2:
        raise InputError(
            f"frequencies of sightings: found {list(frequencies)} over {lists} lists; "
            "expected counts from 0 up, over 2 lists or more"
        )
    once = frequencies[0]
    twice = frequencies[1] if len(frequencies) > 1 else 0
    share = 1.0 if math.isinf(lists) else (lists - 1) / lists
    found = sum(frequencies)
    if corrected:
        unseen = share * once * (once - 1) / (2 * (twice + 1))
        variance = (
            unseen
            + share**2 * once * (2 * once - 1) ** 2 / (4 * (twice + 1) ** 2)
            + share**2 * once**2 * twice * (once - 1) ** 2 / (4 * (twice + 1) ** 4)
        )
        return log_normal(found, found + unseen, variance)
    if twice == 0:
        raise InputError("frequencies of sightings: no post was found twice; expected at least one")
    ratio = once / twice
    unseen = share * once**2 / (2 * twice)
    variance = twice * (share / 2 * ratio**2 + share**2 * ratio**3 + share**2 / 4 * ratio**4)
    return log_normal(found, found + unseen, variance)
