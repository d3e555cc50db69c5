"""The default estimator, Huggins–Alho: a chance of being found for each post, from its own covariates."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tractage.domain.reach import kernels
from tractage.domain.reach.kernels import Floats, Ints

RIDGE = 1e-4  # no finite coefficient feels it; one that the data send to infinity stays near 9
Flags = NDArray[np.bool_]
Pairs = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Found:
    """The posts that at least one list found, each once.

    `group`: (n,) index into `platforms`; `views`: (n,) at a common age; `ages`: (n,) days, or None when
    unknown; `seen`: (n, t) whether each of the t `lists` found the post.
    """

    platforms: tuple[str, ...]
    lists: tuple[str, ...]
    group: Ints
    views: Floats
    ages: Floats | None
    seen: Flags

    def keep(self, posts: Flags) -> "Found":
        """Return only the posts where `posts` is true, and only the lists that found any of them."""
        lists = np.asarray(self.seen[posts].any(axis=0))
        return Found(
            self.platforms,
            tuple(name for name, kept in zip(self.lists, lists, strict=True) if kept),
            self.group[posts],
            self.views[posts],
            None if self.ages is None else self.ages[posts],
            self.seen[posts][:, lists],
        )


@dataclass(frozen=True)
class CaptureModel:
    """A fitted model: `chance` is each post's probability of being found by at least one list, in (0, 1)."""

    found: Found
    pairs: Pairs
    rows: Floats
    counts: Floats
    terms: Floats
    coefficients: Floats
    log_likelihood: float
    chance: Floats

    @property
    def weights(self) -> Floats:
        """How many posts each found post stands for, itself included: (n,)."""
        return 1.0 / self.chance


def covariates(found: Found) -> Floats:
    """Return (n, q) standardised covariates: log views, and log age where it is known; constants left out."""
    columns = [np.log1p(found.views)]
    if found.ages is not None:
        columns.append(np.log1p(found.ages))
    centred = [(column - column.mean()) / column.std() for column in columns if column.std() > 1e-9]
    return np.column_stack(centred) if centred else np.empty((len(found.views), 0))


def cells_of(lists: int) -> Floats:
    """Return (2^t − 1, t): for each way of being found, which lists found the post."""
    numbers = np.arange(1, 2**lists)
    return ((numbers[:, None] >> np.arange(lists)) & 1).astype(np.float64)


def terms_of(lists: int, pairs: Pairs) -> Floats:
    """Return (2^t − 1, t + pairs): the terms of each cell, one per list and one per dependent pair."""
    cells = cells_of(lists)
    products = [cells[:, a] * cells[:, b] for a, b in pairs]
    return np.column_stack([cells, *products]) if products else cells


def fit(found: Found, pairs: Pairs = ()) -> CaptureModel:
    """Fit the conditional logistic model of each list, with the dependent `pairs` of lists.

    logit P(list j finds post i) = x_i'β_j, with one intercept per platform and list; a dependent pair adds
    x_i'γ to the log odds of being on both lists. Maximised by Newton on the likelihood given that the post
    was found.
    Source: Huggins 1989, Biometrika 76; Alho 1990, Biometrics 46; pairs as in log-linear models, Fienberg
    1972, Biometrika 59.
    """
    posts, lists = found.seen.shape
    rows, terms = covariates(found), terms_of(lists, pairs)
    counts = np.zeros((posts, len(terms)))
    counts[np.arange(posts), found.seen @ (1 << np.arange(lists)) - 1] = 1.0
    groups = len(found.platforms)
    start = np.zeros((terms.shape[1], groups + rows.shape[1]))
    coefficients, likelihood = kernels.newton(found.group, rows, counts, terms, start, groups, RIDGE, 1e-8)
    odds = np.empty(len(terms))
    total = np.array(
        [kernels.cell_odds(found.group[i], rows[i], terms, coefficients, groups, odds) for i in range(posts)]
    )
    return CaptureModel(found, pairs, rows, counts, terms, coefficients, likelihood, total / (1.0 + total))
