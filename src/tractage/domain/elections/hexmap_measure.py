"""How good a layout is, measured the same way for any layout."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tractage.domain.elections.hexmap_grid import Cell, centres, neighbours, pieces
from tractage.domain.elections.hexmap_nearness import gabriel, hops


class Quality(NamedTuple):
    """Figures of a layout.

    `whole`: departments in one piece, of `departments`. `holes`: empty cells that the seats enclose. `kept`:
    pairs of neighbouring departments that touch, of `pairs`. `strangers`: pairs that touch though they are
    not neighbours.
    `seats_kept`: share of neighbouring seats at most two cells apart. `displacement`: root mean square
    distance to the true place after the best shift, turn and scale, in hexagon widths.
    """

    departments: int
    whole: int
    holes: int
    pairs: int
    kept: int
    strangers: int
    seats_kept: float
    displacement: float


def holes(cells: set[Cell]) -> int:
    """Return how many empty cells cannot reach the outside without crossing a seat."""
    rows, cols = [row for row, _ in cells], [col for _, col in cells]
    box = {
        (row, col)
        for row in range(min(rows) - 1, max(rows) + 2)
        for col in range(min(cols) - 1, max(cols) + 2)
    }
    stack = [(min(rows) - 1, min(cols) - 1)]
    sea = set(stack)
    while stack:
        for near in neighbours(stack.pop()):
            if near in box and near not in cells and near not in sea:
                sea.add(near)
                stack.append(near)
    return len(box - sea - cells)


def fitted_distance(true: NDArray[np.float64], drawn: NDArray[np.float64]) -> float:
    """Return the root mean square distance after the best similarity of `true` onto `drawn`, both (n, 2)."""
    a, b = true - true.mean(0), drawn - drawn.mean(0)
    u, spread, vt = np.linalg.svd(a.T @ b)
    turn = u @ np.diag([1.0, np.sign(np.linalg.det(u @ vt))]) @ vt
    scale = (spread * [1.0, np.sign(np.linalg.det(u @ vt))]).sum() / (a**2).sum()
    return float(np.sqrt(((scale * a @ turn - b) ** 2).sum(1).mean()))


def measure(
    cells: Mapping[str, Cell], departments: Mapping[str, str], points: NDArray[np.float64]
) -> Quality:
    """Measure seats on `cells` against their plane `points`, (n, 2), in the order of `cells`."""
    names = sorted(set(departments.values()))
    groups = [names.index(departments[code]) for code in cells]
    whole = sum(
        pieces(cell for code, cell in cells.items() if departments[code] == name) == 1 for name in names
    )
    at = {cell: departments[code] for code, cell in cells.items()}
    touching = {
        tuple(sorted((mine, at[near])))
        for cell, mine in at.items()
        for near in neighbours(cell)
        if near in at and at[near] != mine
    }
    steps = hops(points, groups, len(names))
    pairs = {(names[i], names[j]) for i, j in np.argwhere(steps == 1) if i < j}
    drawn = centres(cells.values())
    linked = np.argwhere(np.triu(gabriel(points)))
    apart = np.sqrt(((drawn[linked[:, 0]] - drawn[linked[:, 1]]) ** 2).sum(1))
    return Quality(
        departments=len(names),
        whole=whole,
        holes=holes(set(cells.values())),
        pairs=len(pairs),
        kept=len(pairs & touching),
        strangers=len(touching - pairs),
        seats_kept=float((apart < 2.01).mean()),
        displacement=fitted_distance(points, drawn),
    )
