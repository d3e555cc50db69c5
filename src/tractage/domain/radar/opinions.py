"""Blocks of accounts that share the same things whenever: the ground a test must stand on.

People who think alike share the same posts without a plan. Inside a block they meet more often than the
whole timeline would say, so an edge is also held against what its two blocks do together.
"""

import random

import numpy as np
from numpy.typing import NDArray

from tractage.domain.radar.posts import Posts

SMALLEST = 200  # accounts; a smaller block would let a coordinated group set its own standard
POPULAR = 500  # shares; what everybody shares says nothing about blocks
LINKS = 200_000  # account–object links looked at, so that the cost does not grow with the file


def opinion_blocks(posts: Posts, seed: int) -> NDArray[np.int32]:
    """Return the block of each account, (n_accounts,) int32; block 0 takes the small ones and the unseen.

    Leiden communities of the account–object graph, time left out, on a fixed sample of objects.
    Source: Traag, Waltman and van Eck 2019 (Leiden); Karrer and Newman 2011 (block expectations).
    """
    import igraph

    links = _sampled_links(posts)
    n_accounts = posts.names.len()
    blocks = np.zeros(n_accounts, dtype=np.int32)
    if links.size == 0:
        return blocks
    seen, account = np.unique(links[:, 0], return_inverse=True)
    things, thing = np.unique(links[:, 1], return_inverse=True)
    # a list of pairs, which igraph reads three times as fast as a table of numbers
    ends = list(zip(account.tolist(), (thing + seen.size).tolist(), strict=True))
    graph = igraph.Graph(seen.size + things.size, ends)
    igraph.set_random_number_generator(random.Random(seed))
    found = np.array(graph.community_leiden("modularity", n_iterations=2).membership)[: seen.size]
    sizes = np.bincount(found)
    large = np.flatnonzero(sizes >= SMALLEST)
    number = np.zeros(sizes.size, dtype=np.int32)
    number[large] = np.arange(1, large.size + 1)
    blocks[seen] = number[found]
    return blocks


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
