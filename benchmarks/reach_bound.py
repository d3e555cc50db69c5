"""Measure how often any test at all could flag the world *hidden factor*, and how often ours does.

python benchmarks/reach_bound.py                # the oracle's power, then ours at 1,500 and 3,000 posts

The oracle knows both worlds: the one with a hidden factor, and the nearest one without (the model fitted to a
million of its posts). By the Neyman–Pearson lemma no test that is wrong as rarely in the second flags the
first more often than the ratio of their likelihoods, given which posts were found.
"""

import argparse

import numpy as np

from tractage.domain.reach.capture import Pairs, cells_of, fit
from tractage.domain.reach.dependence import HIDDEN_FACTOR, choose_pairs, hidden_factor_score
from tractage.domain.reach.kernels import Floats
from tractage.domain.reach.worlds import CENTRE, POSTS, SCALE, WORLDS, chances, simulate

MANY = 1_000_000
FIRST_SEED = 300_000  # neither the seeds of the coverage table nor those of the tests


def with_factor(size: Floats) -> Floats:
    """Return (n, cells): each post's chances of its ways of being found, the hidden factor averaged out."""
    nodes, weights = np.polynomial.hermite_e.hermegauss(40)
    cells = cells_of(3)
    total = np.zeros((len(size), len(cells)))
    for node, weight in zip(nodes, weights / weights.sum(), strict=True):
        chance = np.column_stack(chances("hidden factor", size, np.full_like(size, node)))
        for s, cell in enumerate(cells):
            total[:, s] += weight * np.prod(np.where(cell > 0, chance, 1 - chance), axis=1)
    return np.asarray(total / total.sum(axis=1, keepdims=True))


def oracle(pairs: Pairs, rounds: int) -> None:
    """Print the power of the likelihood ratio against the nearest world without a hidden factor."""
    found = simulate("hidden factor", FIRST_SEED, MANY).found
    model = fit(found, pairs)
    width = len(model.found.platforms)
    odds = np.exp(
        (model.coefficients[:, 0] + model.rows @ model.coefficients[:, width:].T) @ model.terms.T,
    )
    without = odds / odds.sum(axis=1, keepdims=True)
    hidden = with_factor((np.log(found.views) - CENTRE) / SCALE)
    ratio = np.log(hidden / without)
    share = len(found.views) / MANY
    strength = 2 * POSTS * share * float((hidden * ratio).sum(axis=1).mean())
    rng = np.random.default_rng(FIRST_SEED)
    drawn: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        posts = rng.integers(0, len(ratio), rng.binomial(POSTS, share))
        for kept, table in zip(drawn, (without, hidden), strict=True):
            climbed = table[posts].cumsum(axis=1)
            cell = (rng.random((len(posts), 1)) > climbed[:, :-1]).sum(axis=1)
            kept.append(float(ratio[posts, cell].sum()))
    calm, factor = (np.array(each) for each in drawn)
    names = ", ".join(f"{'ABC'[a]}–{'ABC'[b]}" for a, b in pairs) or "no pair"
    powers = "; ".join(
        f"wrong {level:.0%}: flags {(factor > np.quantile(calm, 1 - level)).mean():.1%}"
        for level in (0.10, 0.05)
    )
    needed = POSTS * (1.2816 + 1.6449) ** 2 / strength
    print(
        f"oracle, nearest world with {names}: noncentrality {strength:.2f}; {powers}; "
        f"for 95 % at 10 %, {needed:,.0f} posts",
        flush=True,
    )


def ours(posts: int, draws: int) -> None:
    """Print how often our own test flags the world with a hidden factor."""
    scores = [
        hidden_factor_score(choose_pairs(simulate("hidden factor", FIRST_SEED + seed, posts).found))
        for seed in range(draws)
    ]
    print(f"ours, {posts} posts: flagged {np.mean(np.array(scores) > HIDDEN_FACTOR):.1%} of {draws} draws")


def price(draws: int) -> None:
    """Print what a threshold that flags 95 % of the draws would refuse in the honest worlds."""
    scores = {
        name: np.array(
            [
                hidden_factor_score(choose_pairs(simulate(name, FIRST_SEED + seed).found))
                for seed in range(draws)
            ]
        )
        for name in WORLDS
    }
    threshold = np.quantile(scores["hidden factor"], 0.05)
    refused = "; ".join(f"{name} {(scores[name] > threshold).mean():.1%}" for name in WORLDS[:4])
    print(f"a threshold of {threshold:.2f} flags 95 %, and refuses: {refused}")


def main() -> None:
    """Read the options and measure."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=10_000)
    parser.add_argument("--draws", type=int, default=1000)
    options = parser.parse_args()
    for pairs in ((), ((0, 1),), ((0, 2),), ((1, 2),)):
        oracle(pairs, options.rounds)
    for posts in (POSTS, 2400, 2 * POSTS):
        ours(posts, options.draws)
    price(options.draws)


if __name__ == "__main__":
    main()
