"""Lists that know each other: the band, the test of one pair, and the test of a hidden factor."""

from itertools import combinations

import numpy as np
from scipy.special import chdtri

from tractage.domain.reach import kernels
from tractage.domain.reach.capture import RIDGE, CaptureModel, Found, cells_of, fit
from tractage.domain.reach.quantities import Band

ODDS_RATIOS = (0.5, 4.0)
PAIR_LEVEL = 0.01  # over all pairs together
HIDDEN_FACTOR = 1.2815515655446004  # one-sided 10 %: missing a hidden factor is the worse mistake
AVOIDANCE = -2.5758293035489004  # one-sided 0.5 %


def dependence_band(found: float, unseen: float) -> Band:
    """Return found + θ·unseen for odds ratios θ of 0.5 and 4 between the lists.

    Args: `found`, and the `unseen` part estimated under independence (posts or views).
    With two lists this is n₁₁ + n₁₀ + n₀₁ + θ·n₁₀n₀₁/n₁₁; with more, θ multiplies each post's odds of having
    been found by none.
    Source: Chao and Tsay 1998, JASA 93; Gerritse et al. 2015 for odds ratios as bounds.
    """
    low, high = ODDS_RATIOS
    return Band(found + low * unseen, found + high * unseen)


def choose_pairs(found: Found) -> CaptureModel:
    """Fit independent lists, then add the pairs that the data say depend on each other.

    A pair enters when the likelihood ratio passes the 1 % point of χ², corrected for the number of pairs.
    At most t − 2 pairs: with more, what is left of the overlaps no longer tells how many posts are unseen.
    """
    lists = found.seen.shape[1]
    model = fit(found)
    candidates = list(combinations(range(lists), 2))
    while len(model.pairs) < lists - 2:
        rivals = [fit(found, (*model.pairs, pair)) for pair in candidates if pair not in model.pairs]
        best = max(rivals, key=lambda rival: rival.log_likelihood)
        freedom = model.coefficients.shape[1]
        gain = 2 * (best.log_likelihood - model.log_likelihood)
        if gain < chdtri(freedom, PAIR_LEVEL / len(candidates)):
            break
        model = best
    return model


def hidden_factor_score(model: CaptureModel) -> float:
    """Return the score statistic for a common dependence left between all lists.

    Standard normal without one. Positive: some posts are easier to find for every list, for a reason that
    the covariates do not hold; the estimate is then too low. Negative: lists avoid what others have found.
    Needs three lists or more; nan otherwise.
    Source: score test of the pairwise term of quasi-symmetry, Darroch et al. 1993, JASA 88.
    """
    lists = model.found.seen.shape[1]
    if lists < 3:
        return float("nan")
    sizes = cells_of(lists).sum(axis=1)
    terms = np.column_stack([model.terms, sizes * (sizes - 1) / 2])
    count, width = model.coefficients.shape
    groups = len(model.found.platforms)
    beta = np.vstack([model.coefficients, np.zeros(width)])
    _, gradient, information = kernels.derivatives(
        model.found.group, model.rows, model.counts, terms, beta, groups, RIDGE
    )
    nuisance, tested = count * width, slice(count * width, count * width + groups)
    cross = information[:nuisance, tested].sum(axis=1)
    spread = information[tested, tested].sum() - cross @ np.linalg.solve(
        information[:nuisance, :nuisance], cross
    )
    return float(gradient[tested].sum() / np.sqrt(max(spread, 1e-12)))
