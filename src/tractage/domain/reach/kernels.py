"""Compiled loops of the capture model: one Newton step, fit, and bootstrap, over posts.

The probability of being found by exactly the lists of cell s, among the 2^t - 1 cells where at least one
list found the post, is proportional to the product over the terms k of that cell of exp(x'b_k). A term is a
list, or a pair of lists that depend on each other. x holds one indicator per group (the platform) and
the covariates, so each row has only 1 + q entries that are not zero.
"""

from collections.abc import Callable
from typing import TypeVar, cast

import numba
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Function = TypeVar("Function", bound=Callable[..., object])

MOST = 30.0  # a linear predictor beyond this is a probability of 1 to double precision


def compiled(function: Function) -> Function:
    """Compile `function`, free of Python's lock so that threads share the bootstraps."""
    return cast(Function, numba.njit(cache=True, nogil=True, fastmath=True)(function))


@compiled
def cell_odds(group: int, row: Floats, terms: Floats, beta: Floats, groups: int, odds: Floats) -> float:
    """Write each cell's odds against being found by no list into `odds`, and return their sum."""
    cells, count = terms.shape
    for s in range(cells):
        odds[s] = 1.0
    for k in range(count):
        eta = beta[k, group]
        for c in range(row.shape[0]):
            eta += beta[k, groups + c] * row[c]
        eta = min(max(eta, -MOST), MOST)
        factor = np.exp(eta)
        for s in range(cells):
            if terms[s, k] > 0:
                odds[s] *= factor
    total = 0.0
    for s in range(cells):
        total += odds[s]
    return total


@compiled
def add(
    counts: Floats,
    copies: float,
    chances: Floats,
    terms: Floats,
    place: Ints,
    value: Floats,
    width: int,
    mean: Floats,
    gradient: Floats,
    information: Floats,
) -> None:
    """Add one post to the gradient and to the lower triangle of the information."""
    cells, count = terms.shape
    for k in range(count):
        mean[k] = 0.0
        residual = 0.0
        for s in range(cells):
            mean[k] += terms[s, k] * chances[s]
            residual += terms[s, k] * counts[s]
        residual -= copies * mean[k]
        for a in range(place.shape[0]):
            gradient[k * width + place[a]] += residual * value[a]
        for m in range(k + 1):
            both = 0.0
            for s in range(cells):
                both += terms[s, k] * terms[s, m] * chances[s]
            covariance = copies * (both - mean[k] * mean[m])
            for a in range(place.shape[0]):
                for b in range(place.shape[0]):
                    information[k * width + place[a], m * width + place[b]] += (
                        covariance * value[a] * value[b]
                    )


@compiled
def derivatives(
    group: Ints, rows: Floats, counts: Floats, terms: Floats, beta: Floats, groups: int, ridge: float
) -> tuple[float, Floats, Floats]:
    """Return the conditional log likelihood, its gradient and its information at `beta`.

    `counts` is (posts, cells): how many copies of each post fell in each cell. The ridge keeps a list that
    never met a platform from an infinite coefficient.
    """
    posts, q = rows.shape
    cells, count = terms.shape
    width = groups + q
    gradient = np.zeros(count * width)
    information = np.zeros((count * width, count * width))
    odds, mean = np.empty(cells), np.empty(count)
    place, value = np.empty(q + 1, dtype=np.int64), np.ones(q + 1)
    likelihood = 0.0
    for i in range(posts):
        copies = 0.0
        for s in range(cells):
            copies += counts[i, s]
        if copies == 0.0:
            continue
        total = cell_odds(group[i], rows[i], terms, beta, groups, odds)
        place[0] = group[i]
        for c in range(q):
            place[c + 1] = groups + c
            value[c + 1] = rows[i, c]
        for s in range(cells):
            odds[s] /= total
            if counts[i, s] > 0:
                likelihood += counts[i, s] * np.log(odds[s])
        add(counts[i], copies, odds, terms, place, value, width, mean, gradient, information)
    for j in range(count * width):
        for m in range(j + 1, count * width):
            information[j, m] = information[m, j]
        coefficient = beta[j // width, j % width]
        gradient[j] -= ridge * coefficient
        information[j, j] += ridge
    return likelihood, gradient, information


@compiled
def solve(matrix: Floats, right: Floats) -> float:
    """Overwrite `right` with the solution of matrix · x = right (Cholesky) and return its largest entry.

    Loops of its own: they compile in a tenth of the time that the linear-algebra wrappers take.
    """
    size = right.shape[0]
    for j in range(size):
        for m in range(j):
            matrix[j, j] -= matrix[j, m] * matrix[j, m]
        matrix[j, j] = np.sqrt(max(matrix[j, j], 1e-12))
        for i in range(j + 1, size):
            for m in range(j):
                matrix[i, j] -= matrix[i, m] * matrix[j, m]
            matrix[i, j] /= matrix[j, j]
    for i in range(size):
        for m in range(i):
            right[i] -= matrix[i, m] * right[m]
        right[i] /= matrix[i, i]
    largest = 0.0
    for back in range(size):
        i = size - 1 - back
        for m in range(i + 1, size):
            right[i] -= matrix[m, i] * right[m]
        right[i] /= matrix[i, i]
        largest = max(largest, abs(right[i]))
    return largest


@compiled
def newton(
    group: Ints,
    rows: Floats,
    counts: Floats,
    terms: Floats,
    start: Floats,
    groups: int,
    ridge: float,
    tolerance: float,
) -> tuple[Floats, float]:
    """Return the coefficients that maximise the conditional likelihood, and the last log likelihood."""
    beta = start.copy()
    width = beta.shape[1]
    likelihood = 0.0
    for _ in range(40):
        likelihood, step, information = derivatives(group, rows, counts, terms, beta, groups, ridge)
        largest = solve(information, step)
        shrink = 2.0 / largest if largest > 2.0 else 1.0
        for j in range(step.shape[0]):
            beta[j // width, j % width] += shrink * step[j]
        if largest < tolerance:
            break
    return beta, likelihood


@compiled
def climb(
    group: Ints, rows: Floats, terms: Floats, beta: Floats, groups: int, ladder: Floats, found: Floats
) -> None:
    """Write each post's chance of being found, and its cumulated chances of the cells when it is."""
    posts, cells = ladder.shape
    odds = np.empty(cells)
    for i in range(posts):
        total = cell_odds(group[i], rows[i], terms, beta, groups, odds)
        found[i] = total / (1.0 + total)
        climbed = 0.0
        for s in range(cells):
            climbed += odds[s] / total
            ladder[i, s] = climbed


@compiled
def search(
    group: Ints, views: Floats, below: Floats, found: Floats, ladder: Floats, groups: int, counts: Floats
) -> Floats:
    """Rebuild a population, let the lists search it into `counts`, and return what they miss (groups, 3)."""
    posts, cells = ladder.shape
    truth = np.zeros((groups, 3))
    for i in range(posts):
        for s in range(cells):
            counts[i, s] = 0.0
        stands = 1.0 / found[i]
        copies = int(stands)
        if np.random.random() < stands - copies:
            copies += 1
        missed = 0
        for _ in range(copies):
            if np.random.random() < found[i]:
                chance, s = np.random.random(), 0
                while s < cells - 1 and ladder[i, s] < chance:
                    s += 1
                counts[i, s] += 1.0
            else:
                missed += 1
        truth[group[i], 0] += missed
        truth[group[i], 1] += missed * views[i]
        truth[group[i], 2] += missed * views[i] * below[i]
    return truth


@compiled
def resample(
    group: Ints,
    rows: Floats,
    views: Floats,
    below: Floats,
    terms: Floats,
    beta: Floats,
    groups: int,
    ridge: float,
    offset: Floats,
    seeds: Ints,
) -> Floats:
    """Return (bootstraps, groups, 3): what is unseen of posts, views, views below a cut, estimated over true.

    One bootstrap rebuilds a population in which each found post stands for about 1/p posts, lets the fitted
    lists find it again, and refits. `offset` (groups, 3) is added to both: nothing unseen is then no zero.
    """
    posts, cells = rows.shape[0], terms.shape[0]
    ladder, found = np.empty((posts, cells)), np.empty(posts)
    climb(group, rows, terms, beta, groups, ladder, found)
    odds = np.empty(cells)
    ratios = np.empty((seeds.shape[0], groups, 3))
    counts = np.empty((posts, cells))
    for draw in range(seeds.shape[0]):
        np.random.seed(seeds[draw])
        truth = search(group, views, below, found, ladder, groups, counts)
        refit, _ = newton(group, rows, counts, terms, beta, groups, ridge, 5e-3)
        unseen = np.zeros((groups, 3))
        for i in range(posts):
            copies = 0.0
            for s in range(cells):
                copies += counts[i, s]
            if copies > 0.0:
                weight = copies / cell_odds(group[i], rows[i], terms, refit, groups, odds)
                unseen[group[i], 0] += weight
                unseen[group[i], 1] += weight * views[i]
                unseen[group[i], 2] += weight * views[i] * below[i]
        for g in range(groups):
            for column in range(3):
                shift = offset[g, column]
                ratios[draw, g, column] = (unseen[g, column] + shift) / (truth[g, column] + shift)
    return ratios
