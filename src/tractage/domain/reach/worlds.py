"""Simulated worlds where the truth is known: the test bench of the estimators."""

from dataclasses import dataclass

import numpy as np
from scipy.special import expit

from tractage.domain.errors import InputError, nearest
from tractage.domain.reach.capture import Found
from tractage.domain.reach.kernels import Floats

POSTS, CENTRE, SCALE = 1500, 6.0, 1.9
WORLDS = ("independent", "size", "size and dependence", "all lists by size", "hidden factor")


@dataclass(frozen=True)
class World:
    """One drawn world: what the lists found, and the truth that they do not know."""

    name: str
    found: Found
    posts: int
    views: float


def chances(name: str, size: Floats, hidden: Floats) -> tuple[Floats, Floats, Floats]:
    """Return each post's probability of being on lists A, B and C, from its standardised log views."""
    flat = np.ones_like(size)
    b, c = expit(-1.9 + 0.9 * size), expit(-2.6 + 0.8 * size)
    if name == "independent":
        return 0.15 * flat, 0.20 * flat, 0.10 * flat
    if name in {"size", "size and dependence"}:
        return 0.15 * flat, b, c
    if name == "all lists by size":
        return expit(-1.9 + 0.6 * size), b, c
    if name == "hidden factor":
        return (
            expit(-1.9 + 0.6 * size + hidden),
            expit(-1.9 + 0.9 * size + hidden),
            expit(-2.6 + 0.8 * size + hidden),
        )
    raise InputError(f"simulated world {name!r}{nearest(name, WORLDS)}: expected one of {', '.join(WORLDS)}")


def simulate(name: str, seed: int, posts: int = POSTS) -> World:
    """Draw one world: log-normal views, three lists A, B and C.

    In the world *size and dependence*, half of the posts of A are also on C.
    """
    rng = np.random.default_rng([WORLDS.index(name) if name in WORLDS else 0, seed])
    size, hidden = rng.normal(size=posts), rng.normal(size=posts)
    views = np.exp(CENTRE + SCALE * size)
    seen = np.column_stack([rng.random(posts) < chance for chance in chances(name, size, hidden)])
    if name == "size and dependence":
        seen[:, 2] |= seen[:, 0] & (rng.random(posts) < 0.5)
    kept = seen.any(axis=1)
    found = Found(
        ("simulated",), ("A", "B", "C"), np.zeros(kept.sum(), np.int64), views[kept], None, seen[kept]
    )
    return World(name, found, posts, float(views.sum()))
