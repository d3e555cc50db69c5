"""What each list adds: the interval of a platform's views with it, and without it."""

from collections.abc import Callable
from typing import NamedTuple

from tractage.domain.reach.capture import Found
from tractage.domain.reach.estimate import PlatformReach, estimate_reach
from tractage.domain.reach.quantities import Quantity


class Gain(NamedTuple):
    """What one list brings on one platform.

    `alone`: posts that no other list found; `width`: the interval of views over its estimate, with all lists;
    `width_without`: the same when this list is left out, None when nothing could then be estimated.
    """

    platform: str
    list: str
    found: int
    alone: int
    width: float | None
    width_without: float | None


def gains(
    found: Found, bootstraps: int = 400, seed: int = 1, advance: Callable[[int], object] | None = None
) -> tuple[Gain, ...]:
    """Return the gain of each list on each platform, by estimating again without it."""
    whole = estimate_reach(found, bootstraps, seed, advance=advance)
    without: dict[str, dict[str, PlatformReach]] = {}
    for column, name in enumerate(found.lists):
        others = [other for other in range(len(found.lists)) if other != column]
        kept = found.seen[:, others].any(axis=1)
        if kept.any():
            reduced = Found(
                found.platforms,
                tuple(found.lists[other] for other in others),
                found.group[kept],
                found.views[kept],
                None if found.ages is None else found.ages[kept],
                found.seen[kept][:, others],
            )
            answers = estimate_reach(reduced, bootstraps, seed, advance=advance)
            without[name] = {answer.platform: answer for answer in answers}
    return tuple(
        Gain(
            answer.platform,
            count.name,
            count.found,
            count.alone,
            _width(answer.views),
            _width(without[count.name][answer.platform].views) if count.name in without else None,
        )
        for answer in whole
        for count in answer.lists
    )


def _width(views: Quantity) -> float | None:
    if views.estimate is None or views.high is None or views.estimate == 0:
        return None
    return (views.high - views.low) / views.estimate
