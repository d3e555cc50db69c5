"""Steps of the layout: fill an outline with seats, move a whole shape to where it fits, number the cells."""

import math
from collections.abc import Iterable, Mapping
from random import Random

import numpy as np
from numpy.typing import NDArray

from tractage.domain.elections.hexmap_anneal import Board, Weights
from tractage.domain.elections.hexmap_assign import assign
from tractage.domain.elections.hexmap_grid import CELL_AREA, ROW, Cell, cell_of, centres, halves
from tractage.domain.elections.hexmap_nearness import hops
from tractage.domain.elections.hexmap_outline import distance_outside
from tractage.domain.errors import InputError

Points = NDArray[np.float64]
Shape = dict[str, tuple[int, int]]  # seat → (half columns, row)
EDGE = 3.0  # what a squared step outside the outline costs, beside a squared step of displacement
REACH = 2.5  # how far outside the outline a cell may lie, in hexagon widths
# Share of the proposals, temperature at the start and at the end, weights: first neighbours find each other
# while departments may still break, then every department becomes whole and stays so.
PHASES = (
    (0.7, 2.0, 0.15, Weights(piece=4.0)),
    (0.3, 0.5, 0.03, Weights(piece=25.0)),
)
MENDS = 8  # more rounds while a department is broken
MUST = -1e4  # makes every cell inside the outline taken


def disc(seats: int) -> Points:
    """Return a round outline that holds `seats` cells, around (0, 0)."""
    turn = np.linspace(0, 2 * math.pi, 60, endpoint=False)
    radius = math.sqrt(seats * CELL_AREA / math.pi)
    circle: Points = radius * np.column_stack((np.cos(turn), np.sin(turn)))
    return circle


def spread(points: Points, seats: int) -> Points:
    """Return points centred and magnified so that they spread like a disc of `seats` cells."""
    middle = points - points.mean(0)
    radius = math.sqrt(seats * CELL_AREA / math.pi)
    wide: Points = middle * (radius / math.sqrt(2 * float((middle**2).sum(1).mean())))
    return wide


def fill(
    seats: Mapping[str, str], points: Points, edge: Points, random: Random, proposals: int
) -> dict[str, Cell]:
    """Give each seat a cell inside an outline, or at its edge, then mend by annealed swaps.

    `seats`: seat → department, in the order of `points`, (n, 2) in hexagon widths like `edge`, a polygon that
    holds at most n cells. First the transport: of all ways to fill the cells, the one with the least squared
    displacement.
    Raises: InputError when a department is not in one piece at the end.
    """
    low, high = edge.min(0) - REACH - 1, edge.max(0) + REACH + 1
    rows = range(math.floor(low[1] / ROW), math.ceil(high[1] / ROW) + 1)
    grid = [(row, col) for row in rows for col in range(math.floor(low[0]), math.ceil(high[0]) + 1)]
    outside = distance_outside(centres(grid), edge)
    cells = [cell for cell, gap in zip(grid, outside, strict=True) if gap < REACH]
    outside = outside[outside < REACH]
    cost = ((points[:, None] - centres(cells)[None]) ** 2).sum(-1)
    cost += np.where(outside < 0, MUST, EDGE * outside**2)[None]
    names = sorted(set(seats.values()))
    groups = [names.index(department) for department in seats.values()]
    inside = frozenset(int(i) for i in np.flatnonzero(outside < 0))
    start = [int(i) for i in assign(cost)]
    board = Board(cells, start, groups, hops(points, groups, len(names)), inside)
    for share, hot, cold, weights in PHASES:
        board.weights = weights
        board.anneal(random, int(proposals * share), hot, cold)
    for again in range(MENDS):
        if max(board.parts) > 1:
            board.mend()
            board.anneal(random, int(proposals * 0.1), 0.4 + 0.2 * again, 0.03)
    broken = [name for name, parts in zip(names, board.parts, strict=True) if parts > 1]
    if broken:
        raise InputError(
            f"hex layout: {', '.join(broken)} not in one piece: give more proposals or another seed"
        )
    codes = list(seats)
    return {codes[seat]: cells[i] for i, seat in enumerate(board.seat_at) if seat >= 0}


def move(
    shape: Mapping[str, tuple[int, int]], taken: Iterable[Cell], near: Points, gap: float, rise: int
) -> dict[str, Cell]:
    """Set a shape down as near as can be to `near`, (x, y), at least `gap` widths from every taken cell.

    It stays within the columns of the taken cells and within their rows give or take `rise`, more if it must.
    """
    taken = set(taken)
    form = np.array(list(shape.values()))
    found = None
    while found is None:
        found = _nearest(form, taken, near, gap, rise)
        rise += 1
    return {seat: cell_of(int(half), int(row)) for seat, (half, row) in zip(shape, found, strict=True)}


def _nearest(
    form: NDArray[np.int64], taken: set[Cell], near: Points, gap: float, rise: int
) -> NDArray[np.int64] | None:
    there, corners = centres(taken), np.array([halves(cell) for cell in taken])
    (left, top), (right, bottom) = corners.min(0), corners.max(0)
    (first, above), (last, below) = form.min(0), form.max(0)
    best, chosen = math.inf, None
    for down in range(top - rise - above, bottom + rise - below + 1):
        for across in range(left - first, right - last + 1):
            moved = form + np.array((across, down))
            middles = moved * (0.5, ROW)
            far = float(((middles.mean(0) - near) ** 2).sum())
            if (down + across) % 2 or far >= best:
                continue
            if ((middles[:, None] - there[None]) ** 2).sum(-1).min() >= gap**2:
                best, chosen = far, moved
    return chosen


def numbered(cells: Mapping[str, Cell]) -> dict[str, Cell]:
    """Return the cells moved so that rows and columns start at 0; a row keeps its parity, thus its shift."""
    up = min(row for row, _ in cells.values())
    up -= up & 1
    left = min(col for _, col in cells.values())
    return {seat: (row - up, col - left) for seat, (row, col) in cells.items()}
