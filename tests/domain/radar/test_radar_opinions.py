"""Blocks of accounts that share the same things."""

import igraph
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tractage.domain.radar.opinions import modular_groups, opinion_blocks
from tractage.domain.radar.posts import encode
from tractage.domain.radar.settings import Settings
from tractage.domain.radar.simulate import simulate

NAMES = {"object_id": "object", "account_id": "account", "content_id": "content", "timestamp_share": "time"}


def links(pairs: list[tuple[int, int]]) -> tuple[np.ndarray, np.ndarray]:
    a, b = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    return a, b


def test_two_cliques_and_a_bridge_are_two_groups() -> None:
    cliques = [(i + base, j + base) for base in (0, 5) for i in range(5) for j in range(i)]
    groups = modular_groups(*links([*cliques, (4, 5)]), 10, 1)
    assert len(set(groups[:5])) == len(set(groups[5:])) == 1
    assert groups[0] != groups[9]


@settings(max_examples=80, deadline=None)
@given(
    st.sets(st.tuples(st.integers(0, 11), st.integers(12, 23)), min_size=1, max_size=60), st.integers(0, 9)
)
def test_groups_are_numbered_and_never_worse_than_one(pairs: set[tuple[int, int]], seed: int) -> None:
    ordered = sorted(pairs)
    groups = modular_groups(*links(ordered), 24, seed)
    assert set(groups) == set(range(groups.max() + 1))
    graph = igraph.Graph(24, ordered)
    assert graph.modularity(groups) >= -1e-12
    assert groups.tolist() == modular_groups(*links(ordered), 24, seed).tolist()


def test_modularity_is_near_that_of_leiden() -> None:
    rng = np.random.default_rng(3)
    home = rng.integers(0, 8, 3000)
    things = np.where(
        rng.random(3000) < 0.8, home * 40 + rng.integers(0, 40, 3000), rng.integers(0, 320, 3000)
    )
    pairs = sorted(
        {
            (int(who), 600 + int(thing))
            for who, thing in zip(home * 75 + rng.integers(0, 75, 3000), things, strict=True)
        }
    )
    graph = igraph.Graph(920, pairs)
    best = graph.modularity(graph.community_leiden("modularity", n_iterations=-1).membership)
    assert graph.modularity(modular_groups(*links(pairs), 920, 1)) >= 0.98 * best


def test_blocks_follow_the_communities_of_a_timeline() -> None:
    drawn = simulate(60_000, 5, communities=4, homophily=1.0).posts.rename(NAMES)
    posts = encode(drawn, Settings())
    blocks = opinion_blocks(posts, 1)
    home = np.array([int(name[1:]) for name in posts.names]) * 4 // 6000  # slices of the accounts
    for block in range(1, blocks.max() + 1):
        mine = np.bincount(home[blocks == block], minlength=4)
        assert mine.max() / mine.sum() > 0.95
    assert (blocks > 0).mean() == pytest.approx(1.0, abs=0.2)
