"""How surprising an edge is when accounts share at their own rate and at random."""

from math import lgamma

import numpy as np
from numpy.typing import NDArray

from tractage.domain.radar.settings import Correction

Floats = NDArray[np.float64]


def chance_of_weight(weights: NDArray[np.int64], expected: Floats) -> Floats:
    """Return P(Poisson(expected) ≥ weight), in [0, 1].

    The tail is its first term times a series that falls at least as fast as a geometric one: upwards from
    the weight when that is above the mean, else downwards, and what it gives is then taken from 1.
    weights: (n,) distinct objects shared together; expected: (n,) mean under chance, ≥ 0
    """
    w, mean = np.maximum(weights, 1).astype(np.float64), np.asarray(expected, dtype=np.float64)
    distinct, place = np.unique(w, return_inverse=True)
    log_factorial = np.array([lgamma(weight + 1) for weight in distinct])[place]
    with np.errstate(divide="ignore", invalid="ignore"):
        first = np.exp(np.where(mean > 0, w * np.log(mean) - mean - log_factorial, -np.inf))
    above = mean < w
    tail = np.empty_like(mean)
    tail[above] = first[above] * _series(mean[above], w[above], 1.0)
    tail[~above] = 1.0 - first[~above] * (_series(w[~above], mean[~above], 0.0) - 1.0)
    return np.where(weights > 0, np.clip(tail, 0.0, 1.0), 1.0)


def expected_weight(
    a: NDArray[np.int64],
    b: NDArray[np.int64],
    shares: NDArray[np.int64],
    opinions: NDArray[np.int32],
    sums: NDArray[np.int64],
) -> Floats:
    """Return the expected weight of each edge when accounts of a block differ by their activity alone.

    Within block r: λ = 2 s_a s_b W_rr / S_r²; between r and t: λ = s_a s_b W_rt / (S_r S_t). With one block
    for all it is the Chung–Lu expectation 2 s_a s_b W / S², which also serves edges that touch block 0, the
    accounts of no block.
    a, b: (n,) account codes; shares: (n_accounts,) rows; opinions: (n_accounts,) blocks
    sums: (n_blocks, n_blocks) W, weights of all edges by the blocks of their ends, in any order
    Source: Chung and Lu 2002; Karrer and Newman 2011 (degree-corrected blocks).
    """
    per_block = np.bincount(opinions, weights=shares, minlength=sums.shape[0])
    between = (sums + sums.T).astype(np.float64)  # the diagonal is doubled, as its formula wants
    scale = np.outer(per_block, per_block)
    rate = np.divide(between, scale, out=np.zeros_like(between), where=scale > 0)
    total = per_block.sum()
    rate[0, :] = rate[:, 0] = 2 * sums.sum() / total**2 if total else 0.0
    return np.asarray(rate[opinions[a], opinions[b]] * shares[a] * shares[b], dtype=np.float64)


def _series(small: Floats, large: Floats, up: float) -> Floats:
    """Return 1 + r₁ + r₁r₂ + …, upwards with rₖ = small / (large + k), downwards (small − k + 1) / large.

    small: (n,) at most large; up: 1 or 0
    """
    total, term, live = np.ones_like(small), np.ones_like(small), np.arange(small.size)
    step = 0
    while live.size:
        step += 1
        down = (1 - up) * (step - 1)
        term = term * np.maximum(0.0, small[live] - down) / (large[live] + up * step)
        total[live] += term
        going = term > 1e-17 * total[live]
        live, term = live[going], term[going]
    return total


def corrected(
    p: Floats, a: NDArray[np.int64], b: NDArray[np.int64], n_accounts: int, correction: Correction
) -> Floats:
    """Return p-values corrected for the N (N - 1) / 2 pairs that could have been edges.

    BONFERRONI multiplies; BH keeps the share of false edges under the level; ACCOUNTS keeps the share of
    accounts with only false edges under it: an account's p-value is its smallest times its N - 1 possible
    partners, and Benjamini–Hochberg runs over accounts. Pairs that are not in `p` count as never rejected.
    p: (n,) in [0, 1]; a, b: (n,) account codes of each edge
    Returns: (n,) in [0, 1], monotone in p
    Source: Benjamini and Hochberg 1995; Bonferroni within families as in Benjamini and Bogomolov 2014.
    """
    tests = n_accounts * (n_accounts - 1) / 2
    if correction is Correction.BONFERRONI:
        return np.minimum(1.0, p * tests)
    order = np.argsort(p, kind="stable")
    if correction is Correction.BH:
        scaled = p[order] * tests / np.arange(1, p.size + 1)
    else:
        scaled = p[order] * tests * 2 / _accounts_so_far(p[order], a[order], b[order])
    q = np.empty_like(scaled)
    q[order] = np.minimum(1.0, np.minimum.accumulate(scaled[::-1])[::-1])
    return q


def _accounts_so_far(p: Floats, a: NDArray[np.int64], b: NDArray[np.int64]) -> NDArray[np.int64]:
    """Count the distinct accounts of edges up to each one, edges of equal p taken together."""
    ends = np.column_stack((a, b)).ravel()
    first = np.zeros(ends.size, dtype=np.int64)
    first[np.unique(ends, return_index=True)[1]] = 1
    counts = np.cumsum(first)[1::2]
    return counts[np.searchsorted(p, p, side="right") - 1]
