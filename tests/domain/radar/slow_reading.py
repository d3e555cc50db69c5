"""A slow reading of the published rules, only to compare with: every pair of rows of an object is seen."""

from collections import Counter, defaultdict
from fractions import Fraction
from itertools import combinations

import polars as pl


def coortweet_edges(
    posts: pl.DataFrame, window: float, least: int
) -> dict[tuple[str, str], tuple[int, Fraction]]:
    """Return (account, account) → (weight, sum of delays) after the eight steps, by brute force."""
    rows = [tuple(row) for row in posts.select("object", "account", "content", "time").iter_rows()]
    active = Counter(row[1] for row in rows)
    rows = [row for row in rows if active[row[1]] >= least]
    by_object = defaultdict(list)
    for row in rows:
        by_object[row[0]].append(row)
    pairs = [
        (one, other)
        for group in by_object.values()
        for one, other in combinations(group, 2)
        if abs(one[3] - other[3]) <= window
        and None not in (one[2], other[2])
        and one[0] not in (one[2], other[2])
        and one[2] != other[2]
        and one[1] != other[1]
    ]
    contents = {row[2] for pair in pairs for row in pair}
    busy = Counter(row[1] for row in rows if row[2] in contents)
    flagged = {row[2] for row in rows if row[2] in contents and busy[row[1]] >= least}
    edges: dict[tuple[str, str], tuple[int, Fraction]] = defaultdict(lambda: (0, Fraction(0)))
    for one, other in pairs:
        if one[2] in flagged or other[2] in flagged:
            ends = (min(one[1], other[1]), max(one[1], other[1]))
            weight, delay = edges[ends]
            edges[ends] = (weight + 1, delay + Fraction(abs(one[3] - other[3])))
    return dict(edges)
