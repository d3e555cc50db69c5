"""A few posts may hold most of the views: Hill's α, and what may then be said."""

from dataclasses import dataclass

import numpy as np

from tractage.domain.reach.kernels import Floats
from tractage.domain.reach.quantities import Z95

TAIL_SHARE = 0.1
FEWEST_POSTS = 50


@dataclass(frozen=True)
class Tail:
    """Hill's α above `cut` views, with its 95 % interval, and how many posts it rests on."""

    alpha: float
    low: float
    high: float
    cut: float
    posts: int

    @property
    def without_mean(self) -> bool:
        """Whether α is at most 1 beyond doubt: the views then have no mean, and no total can be estimated."""
        return self.high <= 1.0


def hill(views: Floats, weights: Floats | None = None) -> Tail | None:
    """Return Hill's α of the largest tenth of the posts; None under 50 posts or when the tenth are all alike.

    Args: `views` (n,); `weights` (n,) how many posts each stands for, so that what is easier to find does not
    count twice.
    Source: Hill 1975, Annals of Statistics 3; α̂ = Σw / Σ w·ln(v/cut), standard error α̂/√(effective posts).
    """
    if len(views) < FEWEST_POSTS:
        return None
    order = np.argsort(views)[::-1][: int(np.ceil(TAIL_SHARE * len(views))) + 1]
    cut = float(views[order[-1]])
    top = order[:-1]
    if cut <= 0 or views[top[0]] <= cut:
        return None
    share = np.ones(len(top)) if weights is None else weights[top]
    alpha = float(share.sum() / (share * np.log(views[top] / cut)).sum())
    effective = float(share.sum() ** 2 / (share**2).sum())
    half = float(Z95 * alpha / np.sqrt(effective))
    return Tail(alpha, max(alpha - half, 0.0), alpha + half, cut, len(top))
