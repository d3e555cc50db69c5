"""The chance that a margin known with a doubt falls within a number of points."""

import math

import numpy as np

from tractage.domain.elections.shares import Floats


def normal_rate(values: Floats) -> Floats:
    """Distribution function of the standard normal law at `values`, in [0, 1]."""
    return np.array([0.5 * (1 + math.erf(value / math.sqrt(2))) for value in values])


def chance_within(points: Floats, margin: Floats, sigma: float) -> Floats:
    """Chance that a margin of mean `margin` and deviation `sigma` is within ±`points`; all in points."""
    return normal_rate((points - margin) / sigma) - normal_rate((-points - margin) / sigma)
