"""The hex grid of the map: pointy hexagons one unit wide, odd rows half a unit to the right."""

import math
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

Cell = tuple[int, int]  # (row, col); rows go down
ROW = math.sqrt(3) / 2  # distance between rows, in hexagon widths
CELL_AREA = ROW


def neighbours(cell: Cell) -> tuple[Cell, ...]:
    """Return the six cells around a cell, clockwise from the north-east."""
    row, col = cell
    right = col + (row & 1)
    return (
        (row - 1, right),
        (row, col + 1),
        (row + 1, right),
        (row + 1, right - 1),
        (row, col - 1),
        (row - 1, right - 1),
    )


def centre(cell: Cell) -> tuple[float, float]:
    """Return the middle of a cell, (x, y) in hexagon widths, y down."""
    row, col = cell
    return col + 0.5 * (row & 1), row * ROW


def centres(cells: Iterable[Cell]) -> NDArray[np.float64]:
    """Return the middles of cells: (n, 2) float, hexagon widths."""
    return np.array([centre(cell) for cell in cells], dtype=np.float64).reshape(-1, 2)


def halves(cell: Cell) -> tuple[int, int]:
    """Return (half columns, row): a whole shape moves by adding one pair, if the pair's sum is even."""
    row, col = cell
    return 2 * col + (row & 1), row


def cell_of(half: int, row: int) -> Cell:
    """Return the cell of half columns and row, the inverse of `halves`."""
    return row, (half - (row & 1)) // 2


def components(cells: Iterable[Cell]) -> list[set[Cell]]:
    """Return the connected pieces in which the cells lie."""
    left, found = set(cells), []
    while left:
        stack = [left.pop()]
        piece = set(stack)
        while stack:
            for near in neighbours(stack.pop()):
                if near in left:
                    left.remove(near)
                    piece.add(near)
                    stack.append(near)
        found.append(piece)
    return found


def pieces(cells: Iterable[Cell]) -> int:
    """Return in how many connected pieces the cells lie."""
    return len(components(cells))
