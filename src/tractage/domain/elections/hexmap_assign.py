"""The cheapest assignment of seats to cells, so that the map needs no library beyond numpy."""

import numpy as np
from numpy.typing import NDArray

from tractage.domain.errors import InputError


def assign(cost: NDArray[np.float64]) -> NDArray[np.intp]:
    """Return for each row the column that it gets, all different, of least total cost.

    `cost`: (n_rows, n_columns) finite floats, n_rows ≤ n_columns.
    Shortest augmenting paths with potentials: R. Jonker and A. Volgenant, Computing 38, 1987, in the row-by-
    row form; each step is one pass of numpy over the columns.
    Raises: InputError when there are fewer columns than rows.
    """
    n, m = cost.shape
    if n > m:
        raise InputError(f"assignment: {n} rows but only {m} columns")
    u, v = np.zeros(n), np.zeros(m + 1)
    owner = np.full(m + 1, -1, dtype=np.intp)  # column m is the root of each search
    for row in range(n):
        owner[m] = row
        column, way = m, np.full(m + 1, m, dtype=np.intp)
        nearest, done = np.full(m + 1, np.inf), np.zeros(m + 1, dtype=bool)
        while owner[column] >= 0:
            done[column] = True
            at = owner[column]
            reduced = cost[at] - u[at] - v[:m]
            better = ~done[:m] & (reduced < nearest[:m])
            nearest[:m][better] = reduced[better]
            way[:m][better] = column
            free = np.where(done[:m], np.inf, nearest[:m])
            following = int(free.argmin())
            delta = free[following]
            u[owner[done]] += delta
            v[done] -= delta
            nearest[:m][~done[:m]] -= delta
            column = following
        while column != m:
            owner[column] = owner[way[column]]
            column = int(way[column])
    columns = np.full(n, -1, dtype=np.intp)
    taken = owner[:m]
    columns[taken[taken >= 0]] = np.flatnonzero(taken >= 0)
    return columns
