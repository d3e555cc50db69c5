"""Which seats and departments are neighbours on the ground, from the seats' points alone."""

from collections import deque
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


def gabriel(points: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Return who neighbours whom: (n, n) bool, symmetric.

    Two points are neighbours when no third lies in the circle whose diameter they span (K. R. Gabriel and
    R. R. Sokal, Systematic Zoology 18, 1969). `points`: (n, 2) float, n of some hundreds.
    """
    square = ((points[:, None] - points[None]) ** 2).sum(-1)
    near = np.zeros(square.shape, dtype=bool)
    for i in range(len(points)):
        through = square[i][None, :] + square  # through k from i to j, for every (j, k)
        through[:, i] = np.inf
        np.fill_diagonal(through, np.inf)
        near[i] = through.min(1) > square[i]
    np.fill_diagonal(near, False)
    return near & near.T


def hops(points: NDArray[np.float64], groups: Sequence[int], count: int) -> NDArray[np.int64]:
    """Return how many borders lie between groups of points: (count, count) int; 1 means neighbours.

    `groups`: the group of each point, 0 ≤ group < count. Groups out of reach are `count` apart.
    """
    links: list[set[int]] = [set() for _ in range(count)]
    for i, j in np.argwhere(gabriel(points)):
        if groups[i] != groups[j]:
            links[groups[i]].add(groups[j])
    steps = np.full((count, count), count, dtype=np.int64)
    for start in range(count):
        steps[start, start] = 0
        queue = deque([start])
        while queue:
            at = queue.popleft()
            for near in sorted(links[at]):
                if steps[start, near] == count:
                    steps[start, near] = steps[start, at] + 1
                    queue.append(near)
    return steps
