"""How often chance alone is flagged: the same test on copies of the data that hold no coordination."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from tractage.domain.radar.detect import detect
from tractage.domain.radar.judging import judged
from tractage.domain.radar.ordering import order_of
from tractage.domain.radar.posts import Posts
from tractage.domain.radar.settings import Settings


def shuffled_times(posts: Posts, seed: int) -> Posts:
    """Deal the times of all rows out again: no account is in step with another, no object has a tempo."""
    return _sorted(replace(posts, times=np.random.default_rng(seed).permutation(posts.times)))


def shuffled_accounts(posts: Posts, seed: int) -> Posts:
    """Deal the accounts of all rows out again: every object keeps its tempo, nobody their partners."""
    return _sorted(replace(posts, accounts=np.random.default_rng(seed).permutation(posts.accounts)))


def flagged_share(posts: Posts, settings: Settings, opinions: NDArray[np.int32] | None = None) -> float:
    """Return the share of accounts, in [0, 1], with a strong edge; NaN without accounts.

    opinions: the blocks of the accounts when they are known; times do not change them
    """
    if posts.names.is_empty():
        return float("nan")
    strong = judged(detect(posts, settings, opinions=opinions), settings).filter("strong")
    return int(np.unique(strong.select("a", "b").to_numpy()).size) / posts.names.len()


def alarms(
    posts: Posts, settings: Settings, shuffles: int, opinions: NDArray[np.int32]
) -> tuple[float, float]:
    """Return the shares of accounts flagged in shuffled copies: times dealt out again, accounts dealt out.

    shuffles: copies of the first kind, and one of the second above 1; NaN for what is not measured, as in
    the compatibility mode
    """
    if settings.coortweet or shuffles < 1:
        return float("nan"), float("nan")
    rounds = [
        flagged_share(shuffled_times(posts, settings.seed + i), settings, opinions) for i in range(shuffles)
    ]
    dealt = flagged_share(shuffled_accounts(posts, settings.seed), settings) if shuffles > 1 else float("nan")
    return float(np.mean(rounds)), dealt


def _sorted(posts: Posts) -> Posts:
    order = order_of(posts.objects, posts.times, posts.accounts)
    return replace(
        posts,
        rows=posts.rows[order],
        objects=posts.objects[order],
        accounts=posts.accounts[order],
        contents=posts.contents[order],
        times=posts.times[order],
    )
