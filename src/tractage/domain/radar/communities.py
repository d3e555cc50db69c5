"""Groups of accounts among the strong edges."""

import random

import numpy as np
import polars as pl


def communities(edges: pl.DataFrame, seed: int) -> pl.DataFrame:
    """Return the component and the Leiden community of each account with a strong edge.

    edges: account_a, account_b, weight, strong
    Returns: account, component, community (numbered from 1, the largest first), degree, strength (summed
    weight), sorted by account. The same edges and seed give the same communities, in any order of rows.
    Source: Traag, Waltman and van Eck 2019.
    """
    strong = edges.filter("strong").sort("account_a", "account_b")
    names = pl.concat([strong["account_a"], strong["account_b"]]).unique().sort()
    columns = {"account": names}
    if names.is_empty():
        empty = pl.Series(dtype=pl.Int64)
        return pl.DataFrame(
            {**columns, **dict.fromkeys(("component", "community", "degree", "strength"), empty)}
        )
    import igraph

    ends = [names.search_sorted(strong[side]).to_numpy() for side in ("account_a", "account_b")]
    graph = igraph.Graph(names.len(), np.column_stack(ends))
    weights = strong["weight"].to_list()
    igraph.set_random_number_generator(random.Random(seed))
    found = graph.community_leiden("modularity", weights=weights, n_iterations=-1).membership
    return pl.DataFrame(
        {
            **columns,
            "component": _largest_first(np.array(graph.connected_components().membership)),
            "community": _largest_first(np.array(found)),
            "degree": pl.Series(graph.degree(), dtype=pl.Int64),
            "strength": pl.Series(graph.strength(weights=weights), dtype=pl.Float64).cast(pl.Int64),
        }
    )


def _largest_first(members: "np.ndarray[tuple[int], np.dtype[np.int64]]") -> pl.Series:
    """Number groups by size, then by their first member in the accounts' order."""
    groups, first, counts = np.unique(members, return_index=True, return_counts=True)
    order = np.lexsort((first, -counts))
    number = np.zeros(groups.max() + 1, dtype=np.int64)
    number[groups[order]] = np.arange(1, groups.size + 1)
    return pl.Series(number[members])
