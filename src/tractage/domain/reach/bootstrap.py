"""The interval of an estimate, by letting the fitted lists search a rebuilt population again."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import numpy as np
from scipy.special import stdtrit

from tractage.domain.reach import kernels
from tractage.domain.reach.capture import RIDGE, CaptureModel
from tractage.domain.reach.kernels import Floats
from tractage.domain.reach.quantities import Z95

CHUNK = 50


class Errors(NamedTuple):
    """Standard error of ln(unseen) per platform, (g,): of posts, of views, of views below the tail's cut."""

    posts: Floats
    views: Floats
    below: Floats


def bootstrap(
    model: CaptureModel,
    below: Floats,
    bootstraps: int,
    seed: int,
    advance: Callable[[int], object] | None = None,
) -> Errors:
    """Return the errors of the totals of `model` over `bootstraps` rebuilt populations.

    Args: `below` (n,) 1.0 where a post's views are under the tail's cut; `seed` fixes the answer whatever the
    number of processor cores; `advance` is told how many bootstraps were done.
    The population is the found posts, each about 1/p times. The error is taken against what that population
    itself hides, so it is the error of the estimate, not the spread between populations.
    Source: Efron and Tibshirani 1993, ch. 6; for finite populations, Booth, Butler and Hall 1994, JASA 89.
    """
    seeds = np.random.SeedSequence(seed).generate_state(bootstraps).astype(np.int64)
    offsets = _offsets(model, below)
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
            offsets,
            part,
        )

    parts = []
    with ThreadPoolExecutor(workers) as pool:
        for part in pool.map(run, np.array_split(seeds, max(workers, bootstraps // CHUNK))):
            parts.append(part)
            if advance:
                advance(len(part))
    low, high = np.quantile(np.log(np.maximum(np.concatenate(parts), 1e-12)), [0.025, 0.975], axis=0)
    errors = (high - low) / (2 * Z95)
    return Errors(errors[:, 0], errors[:, 1], errors[:, 2])


def _offsets(model: CaptureModel, below: Floats) -> Floats:
    views, group = model.found.views, model.found.group
    totals = (np.ones(len(views)), views, views * below)
    platforms = range(len(model.found.platforms))
    return np.array([[offset_of(values[group == g]) for values in totals] for g in platforms])


def offset_of(values: Floats) -> float:
    """Return half a post's worth of `values`: added to what is unseen, it keeps its logarithm finite."""
    return max(0.5 * float(values.mean()), 0.5) if len(values) else 0.5


def unseen_limits(error: float, weights: Floats, values: Floats) -> tuple[float, float]:
    """Return the 95 % limits of what is unseen of a total: log-normal, with Student's quantile.

    2(Σc)²/Σc² degrees of freedom, c = w(w−1)v² each post's part of the sampling variance: when three posts
    hold it, the standard error itself rests on three posts.
    Args: `error` the standard error of ln(unseen); `weights` (n,) how many posts each stands for; `values`
    (n,) what is summed (views, or ones).
    Source: Chao 1987, Biometrics 43; Satterthwaite 1946, Biometrics Bulletin 2.
    """
    parts = weights * (weights - 1) * values**2
    freedom = 2 * float(parts.sum() ** 2 / (parts**2).sum()) if parts.any() else 1e9
    factor = float(np.exp(float(stdtrit(max(freedom, 1.0), 0.975)) * error))
    offset = offset_of(values)
    unseen = float(((weights - 1) * values).sum()) + offset
    return max(unseen / factor - offset, 0.0), unseen * factor - offset
