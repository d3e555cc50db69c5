"""Which rows may carry a pair, once pairs are known to exist."""

import numpy as np
from numpy.typing import NDArray

from tractage.domain.radar import kernels
from tractage.domain.radar.posts import Posts
from tractage.domain.radar.settings import Settings


def kept_rows(posts: Posts, settings: Settings) -> NDArray[np.bool_]:
    """Return the rows, (n,) bool, whose account has `min_participation` rows among the paired contents.

    Every row of a paired content counts, in whatever object. In the compatibility mode the flag follows the
    content and a pair needs one flagged side; by default it follows the account and a pair needs both.
    Source: CooRTweet 2.1.3, filter_min_participation.
    """
    paired = np.zeros(posts.rows.size, dtype=np.bool_)
    kernels.mark_paired(
        posts.objects, posts.accounts, posts.contents, posts.times, float(settings.window), paired
    )
    n_contents = int(posts.content_of.max(initial=-1)) + 1
    is_paired = np.zeros(n_contents + 1, dtype=np.bool_)  # the last cell stands for no content
    is_paired[posts.contents[paired]] = True
    of_paired = is_paired[posts.content_of]
    counts = np.bincount(posts.account_of[of_paired], minlength=posts.names.len())
    active = counts >= settings.min_participation
    if not settings.coortweet:
        return np.asarray(active[posts.accounts], dtype=np.bool_)
    is_kept = np.zeros(n_contents + 1, dtype=np.bool_)
    is_kept[posts.content_of[of_paired & active[posts.account_of]]] = True
    return np.asarray(is_kept[posts.contents], dtype=np.bool_)
