"""Blocks of accounts that share the same things whenever: the ground a test must stand on.

People who think alike share the same posts without a plan. Inside a block they meet more often than the
whole timeline would say, so an edge is also held against what its two blocks do together.
"""

import numpy as np
from numpy.typing import NDArray

from tractage.domain.radar import kernels
from tractage.domain.radar.posts import Posts

SMALLEST = 200  # accounts; a smaller block would let a coordinated group set its own standard
POPULAR = 500  # shares; what everybody shares says nothing about blocks
LINKS = 200_000  # account–object links looked at, so that the cost does not grow with the file
ROUNDS = 2  # the second starts from the blocks of the first


def opinion_blocks(posts: Posts, seed: int) -> NDArray[np.int32]:
    """Return the block of each account, (n_accounts,) int32; block 0 takes the small ones and the unseen.

    Blocks of high modularity in the account–object graph, time left out, on a fixed sample of objects.
    Source: Karrer and Newman 2011 (block expectations).
    """
    links = _sampled_links(posts)
    blocks = np.zeros(posts.names.len(), dtype=np.int32)
    if links.size == 0:
        return blocks
    seen, account = np.unique(links[:, 0], return_inverse=True)
    things, thing = np.unique(links[:, 1], return_inverse=True)
    found = modular_groups(account, thing + seen.size, seen.size + things.size, seed)[: seen.size]
    sizes = np.bincount(found)
    large = np.flatnonzero(sizes >= SMALLEST)
    number = np.zeros(sizes.size, dtype=np.int32)
    number[large] = np.arange(1, large.size + 1)
    blocks[seen] = number[found]
    return blocks


def modular_groups(a: NDArray[np.int64], b: NDArray[np.int64], n_nodes: int, seed: int) -> NDArray[np.int32]:
    """Return groups of high modularity, (n_nodes,) int32, of the graph of the links a–b, each given once.

    The Louvain method, with a queue of nodes to look at again; a second round starts from what the first
    found. The same links and seed give the same groups.
    Source: Blondel, Guillaume, Lambiotte and Lefebvre 2008; Traag, Waltman and van Eck 2019 (the queue).
    """
    rng = np.random.default_rng(seed)
    key = np.sort(np.concatenate((a << 32 | b, b << 32 | a)))
    offsets = np.zeros(n_nodes + 1, dtype=np.int64)
    strengths = np.bincount(key >> 32, minlength=n_nodes).astype(np.int64)
    np.cumsum(strengths, out=offsets[1:])
    base = (offsets, (key & 0xFFFFFFFF).astype(np.int32), np.ones(key.size, dtype=np.int64))
    found = np.arange(n_nodes, dtype=np.int32)
    for _ in range(ROUNDS):
        graph, weighed, groups = base, strengths, found
        of_node: NDArray[np.int32] = np.arange(n_nodes, dtype=np.int32)
        while True:
            kernels.move_nodes(graph, weighed, groups, rng.permutation(weighed.size).astype(np.int32))
            left, groups = _numbered(groups)
            of_node = groups[of_node]
            if left == weighed.size:
                break
            graph = kernels.merge_nodes(graph, groups, left)
            weighed = np.bincount(groups, weights=weighed, minlength=left).astype(np.int64)
            groups = np.arange(left, dtype=np.int32)
        found = of_node
    return found


def _numbered(groups: NDArray[np.int32]) -> tuple[int, NDArray[np.int32]]:
    """Count groups and number them from 0, in their order."""
    used = np.zeros(groups.size, dtype=np.int32)
    used[groups] = 1
    number = np.cumsum(used, dtype=np.int32)
    return int(number[-1]), (number - 1).astype(np.int32)[groups]


def _sampled_links(posts: Posts) -> NDArray[np.int64]:
    """Distinct (account, object) links of objects taken in a fixed scattered order up to LINKS."""
    shares = np.bincount(posts.objects, minlength=posts.object_names.len())
    usable = np.flatnonzero((shares > 1) & (shares <= POPULAR))
    scattered = usable[np.argsort((usable * 2_654_435_761) % 2**32, kind="stable")]
    chosen = np.zeros(shares.size, dtype=bool)
    chosen[scattered[np.cumsum(shares[scattered]) <= LINKS]] = True
    taken = chosen[posts.objects]
    pairs = np.sort(posts.objects[taken].astype(np.int64) << 32 | posts.accounts[taken])
    distinct = pairs[np.concatenate(([True], pairs[1:] != pairs[:-1]))] if pairs.size else pairs
    return np.column_stack((distinct & 0xFFFFFFFF, distinct >> 32))
