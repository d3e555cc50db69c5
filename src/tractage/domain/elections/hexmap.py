"""Where each of the 577 seats stands on the hex map: computed from one inner point per seat, no borders
needed.

The mainland keeps its outline (see hexmap_outline), Paris and its three neighbours are magnified beside it,
Corsica is moved closer, overseas and abroad stand in rows. docs/methods/hexmap.md has the method and its
figures.
"""

import csv
import io
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from random import Random

import numpy as np
from numpy.typing import NDArray

from tractage.domain.elections import hexmap_outline as outline
from tractage.domain.elections import hexmap_place as place
from tractage.domain.elections.hexmap_assign import assign
from tractage.domain.elections.hexmap_grid import CELL_AREA, ROW, Cell, halves
from tractage.domain.elections.seats import Territory, seat
from tractage.domain.errors import InputError

MAINLAND, INSET, CORSICA = "metropole", "couronne", "corse"
MAP_GROUPS = (MAINLAND, INSET, CORSICA)
INSET_DEPARTMENTS = ("75", "92", "93", "94")
CORSICA_DEPARTMENTS = ("2A", "2B")
CORSICA_SHAPE = ((0, 0), (-1, 1), (1, 1), (0, 2))  # (half columns, row): a diamond
FULL = 0.93  # share of the seats that fill the outline; the others choose the best places on its edge
SEED = 2027
COLUMNS = ("seat", "row", "col", "group")


@dataclass(frozen=True)
class Place:
    """A seat's cell on the map grid, or its (row, position) among the rows of overseas and abroad.

    `group`: metropole, couronne or corse on the grid, else the department whose row it is.
    """

    seat: str
    row: int
    col: int
    group: str


@dataclass(frozen=True)
class Layout:
    """Every seat's place, in the seats' order."""

    places: tuple[Place, ...]

    def cells(self, *groups: str) -> dict[str, Cell]:
        """Return seat → cell for groups of the map grid, all three by default."""
        wanted = groups or MAP_GROUPS
        return {one.seat: (one.row, one.col) for one in self.places if one.group in wanted}

    def rows(self) -> dict[str, tuple[str, ...]]:
        """Return department → seats for the rows of overseas and abroad, in order."""
        found: dict[str, list[str]] = {}
        for one in sorted(self.places, key=lambda one: (one.row, one.col)):
            if one.group not in MAP_GROUPS:
                found.setdefault(one.group, []).append(one.seat)
        return {group: tuple(seats) for group, seats in found.items()}

    def to_csv(self) -> str:
        """Return the layout as CSV text: seat, row, col, group."""
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows((one.seat, one.row, one.col, one.group) for one in self.places)
        return text.getvalue()


def read_layout(text: str) -> Layout:
    """Return the layout of a CSV text; raises InputError with the line that is wrong."""
    places = []
    reader = csv.DictReader(io.StringIO(text))
    if tuple(reader.fieldnames or ()) != COLUMNS:
        raise InputError(f"hex layout: expected columns {','.join(COLUMNS)}, found {reader.fieldnames}")
    for number, row in enumerate(reader, start=2):
        try:
            places.append(Place(row["seat"], int(row["row"]), int(row["col"]), row["group"]))
        except (TypeError, ValueError):
            raise InputError(f"hex layout, line {number}: row and col must be whole numbers: {row}") from None
    return Layout(tuple(places))


@cache
def layout() -> Layout:
    """Return the layout that ships with the package."""
    data = files("tractage.domain.elections").joinpath("data/hex_layout.csv")
    return read_layout(data.read_text(encoding="utf-8"))


def department(code: str) -> str:
    """Return the department of a seat's key `DD-NN`."""
    return code.rsplit("-", 1)[0]


def build_layout(
    points: Mapping[str, tuple[float, float]],
    seats: Sequence[str],
    seed: int = SEED,
    proposals: int = 600_000,
) -> Layout:
    """Place `seats` on the map from `points`, seat → (longitude, latitude) in degrees of an inner point.

    Same inputs and seed: same layout. `proposals`: swaps tried by the annealing.
    Raises: InputError when a metropolitan seat has no point, or a department could not be kept in one piece.
    """
    home = [code for code in seats if seat(code).territory is Territory.METROPOLE]
    missing = [code for code in home if code not in points]
    if missing:
        raise InputError(f"seat points: no point for {', '.join(missing[:5])} ({len(missing)} in all)")
    inset = [code for code in home if department(code) in INSET_DEPARTMENTS]
    corsica = [code for code in home if department(code) in CORSICA_DEPARTMENTS]
    mainland = [code for code in home if code not in {*inset, *corsica}]

    edge = outline.project(np.array(outline.OUTLINE))
    scale = math.sqrt(CELL_AREA * len(mainland) * FULL / outline.area(edge))

    def flat(codes: Sequence[str]) -> NDArray[np.float64]:
        return outline.project(np.array([points[code] for code in codes])) * scale

    random = Random(seed)
    cells = place.fill(_departments(mainland), flat(mainland), edge * scale, random, proposals)
    magnified = place.spread(flat(inset), len(inset))
    small = place.fill(_departments(inset), magnified, place.disc(len(inset)), random, proposals // 6)
    shape = {code: halves(cell) for code, cell in small.items()}
    paris, island = flat(inset).mean(0), flat(corsica).mean(0)
    aside = place.move(shape, cells.values(), paris, gap=2.4, rise=5)
    close = place.move(_diamond(corsica, flat(corsica)), cells.values(), island, gap=1.7, rise=2)
    return _layout(seats, place.numbered(cells | aside | close))


def _departments(codes: Sequence[str]) -> dict[str, str]:
    return {code: department(code) for code in codes}


def _diamond(codes: Sequence[str], points: NDArray[np.float64]) -> place.Shape:
    """Give Corsica's seats the corners of a diamond, each the nearest to its point."""
    corners = np.array(CORSICA_SHAPE) * (0.5, ROW)
    gaps = (points - points.mean(0))[:, None] - (corners - corners.mean(0))[None]
    chosen = assign((gaps**2).sum(-1))
    return {code: CORSICA_SHAPE[i] for code, i in zip(codes, chosen, strict=True)}


def _layout(seats: Sequence[str], cells: Mapping[str, Cell]) -> Layout:
    rows: dict[str, list[str]] = {}
    places = []
    for code in seats:
        name = department(code)
        if code in cells:
            group = (
                INSET if name in INSET_DEPARTMENTS else CORSICA if name in CORSICA_DEPARTMENTS else MAINLAND
            )
            places.append(Place(code, *cells[code], group))
        else:
            row = rows.setdefault(name, [])
            row.append(code)
            places.append(Place(code, list(rows).index(name), len(row) - 1, name))
    return Layout(tuple(places))
