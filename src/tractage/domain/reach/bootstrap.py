"""The interval of an estimate, by letting the fitted lists search a rebuilt population again."""

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri

from tractage.domain.reach import kernels
from tractage.domain.reach.capture import RIDGE, CaptureModel
from tractage.domain.reach.kernels import Floats
from tractage.domain.reach.quantities import Z95

STEPS = 4096


@dataclass(frozen=True)
class Spread:
    """Standard error of ln(estimate/truth), per platform: of posts, of views, of views below the tail's cut."""

    posts: Floats
    views: Floats
    below: Floats


def bootstrap(model: CaptureModel, below: Floats, bootstraps: int, seed: int) -> Spread:
    """Return the errors of the totals of `model` over `bootstraps` rebuilt populations.

    Args: `below` (n,) 1.0 where a post's views are under the tail's cut; `seed` fixes the answer whatever the
    number of processor cores.
    The population is the found posts, each 1/p times, with views blurred by a log-normal kernel of the normal
    reference width: unseen posts do not have exactly the views of the seen. The error is taken against that
    population's own total, so it is the error of the estimate, not the spread between populations.
    Source: Efron and Tibshirani 1993; smoothed, Silverman and Young 1987; finite population, Booth et al. 1994.
    """
    logs = np.log1p(model.found.views)
    width = 1.06 * float(logs.std()) * len(logs) ** -0.2
    quantiles = np.exp(width * ndtri((np.arange(STEPS) + 0.5) / STEPS))
    seeds = np.random.SeedSequence(seed).generate_state(bootstraps).astype(np.int64)
    workers = max(1, min(os.cpu_count() or 1, bootstraps))

    def run(part: kernels.Ints) -> Floats:
        return kernels.resample(
            model.found.group,
            model.rows,
            model.found.views,
            below,
            model.terms,
            model.coefficients,
            len(model.found.platforms),
            RIDGE,
            quantiles,
            part,
        )

    with ThreadPoolExecutor(workers) as pool:
        ratios = np.concatenate(list(pool.map(run, np.array_split(seeds, workers))))
    logs_of_ratios = np.log(np.maximum(ratios, 1e-12))
    low, high = np.quantile(logs_of_ratios, [0.025, 0.975], axis=0)
    errors = (high - low) / (2 * Z95)
    return Spread(errors[:, 0], errors[:, 1], errors[:, 2])
