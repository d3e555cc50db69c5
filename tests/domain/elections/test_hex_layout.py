"""The layout that ships, and the one that is built again."""

import csv
import math
import os
from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest

from tractage.domain.elections import hexmap
from tractage.domain.elections.hexmap_grid import centre, centres, pieces
from tractage.domain.elections.hexmap_measure import fitted_distance, holes, measure
from tractage.domain.elections.hexmap_outline import project
from tractage.domain.elections.seats import Territory, all_seats, seat
from tractage.domain.errors import InputError

SHIPPED = hexmap.layout()
RAW = Path(os.environ.get("TRACTAGE_RAW") or Path(__file__).parents[4] / "shared/data") / "elections"


def raw_points() -> dict[str, tuple[float, float]]:
    path = RAW / "seat_points.csv"
    if not path.exists():
        pytest.skip(f"no {path.name} at hand")
    with path.open(encoding="utf-8") as file:
        return {row["seat"]: (float(row["lon"]), float(row["lat"])) for row in csv.DictReader(file)}


def drawn_points() -> dict[str, tuple[float, float]]:
    """Points as if the country were the shipped map itself: the builder must find it again."""
    points = {}
    for code, cell in SHIPPED.cells().items():
        x, y = centre(cell)
        lat = 51.1 - (y - 2.6) * 0.336
        points[code] = (2.5 + (x - 12.1) * 0.336 / math.cos(math.radians(lat)), lat)
    return points


def test_every_seat_has_one_place() -> None:
    assert [place.seat for place in SHIPPED.places] == [one.code for one in all_seats()]
    assert (
        len(
            {
                (place.row, place.col, place.group in hexmap.MAP_GROUPS or place.group)
                for place in SHIPPED.places
            }
        )
        == 577
    )
    for place in SHIPPED.places:
        assert (place.group in hexmap.MAP_GROUPS) == (seat(place.seat).territory is Territory.METROPOLE)


def test_every_department_is_in_one_piece() -> None:
    found = defaultdict(list)
    for code, cell in SHIPPED.cells().items():
        found[hexmap.department(code)].append(cell)
    assert len(found) == 96
    assert {name for name, cells in found.items() if pieces(cells) > 1} == set()


@pytest.mark.parametrize("group", hexmap.MAP_GROUPS)
def test_no_hole_and_one_piece(group: str) -> None:
    cells = set(SHIPPED.cells(group).values())
    assert holes(cells) == 0
    assert pieces(cells) == 1


def test_inset_and_corsica_stand_apart_and_close() -> None:
    land = centres(SHIPPED.cells(hexmap.MAINLAND).values())
    for group, most in ((hexmap.INSET, 3.0), (hexmap.CORSICA, 4.0)):
        own = centres(SHIPPED.cells(group).values())
        gap = np.sqrt(((own[:, None] - land[None]) ** 2).sum(-1)).min()
        assert 1.5 < gap < most
    middle = land.mean(0)
    assert (centres(SHIPPED.cells(hexmap.CORSICA).values()).mean(0) > middle).all(), "south-east"
    assert (centres(SHIPPED.cells(hexmap.INSET).values()).mean(0) < middle).all(), "north-west"


def test_rows_hold_overseas_and_abroad_in_order() -> None:
    rows = SHIPPED.rows()
    assert {group: len(seats) for group, seats in rows.items()} == {
        "971": 4, "972": 4, "973": 2, "974": 7, "975": 1, "976": 2, "977": 1, "986": 1, "987": 3, "988": 2,
        "099": 11,
    }  # fmt: skip
    assert rows["974"] == tuple(f"974-0{n}" for n in range(1, 8))


def test_it_looks_like_france() -> None:
    """Cities stand where they should, seen from the middle of the country."""
    cells = SHIPPED.cells()
    x, y = np.array(
        [centre(cells[code]) for code in ("29-02", "59-13", "67-01", "06-01", "66-01", "64-04", "18-01")]
    ).T
    brest, dunkerque, strasbourg, nice, perpignan, bayonne, bourges = range(7)
    assert x.argmin() == brest
    assert y.argmin() == dunkerque
    assert set(x.argsort()[-2:]) == {strasbourg, nice}
    assert set(y.argsort()[-2:]) <= {nice, perpignan, bayonne}
    assert abs(x[bourges] - x.mean()) < 4


def test_the_layout_survives_its_file() -> None:
    assert hexmap.read_layout(SHIPPED.to_csv()) == SHIPPED


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "expected columns"),
        ("seat,row,col\n", "expected columns"),
        ("seat,row,col,group\n01-01,a,2,m\n", "line 2"),
    ],
)
def test_a_broken_file_is_named(text: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        hexmap.read_layout(text)


def test_building_is_repeatable_whole_and_finds_the_map_again() -> None:
    points, codes = drawn_points(), [one.code for one in all_seats()]
    built = hexmap.build_layout(points, codes, seed=1, proposals=20_000)
    assert built.to_csv() == hexmap.build_layout(points, codes, seed=1, proposals=20_000).to_csv()
    found = defaultdict(list)
    for code, cell in built.cells().items():
        found[hexmap.department(code)].append(cell)
    assert all(pieces(cells) == 1 for cells in found.values())
    assert holes(set(built.cells(hexmap.MAINLAND).values())) == 0
    own, shipped = built.cells(hexmap.MAINLAND), SHIPPED.cells(hexmap.MAINLAND)
    assert fitted_distance(centres(shipped.values()), centres(own[code] for code in shipped)) < 1.5


def test_a_seat_without_a_point_is_named() -> None:
    points = drawn_points()
    del points["24-03"]
    with pytest.raises(InputError, match="no point for 24-03"):
        hexmap.build_layout(points, [one.code for one in all_seats()])


def test_measures_see_faults() -> None:
    ring = {f"x-{i}": cell for i, cell in enumerate([(0, 0), (0, 1), (1, -1), (1, 1), (2, 0), (2, 1)])}
    assert holes(set(ring.values())) == 1
    plane = centres(ring.values())
    same = measure(ring, dict.fromkeys(ring, "x"), plane)
    assert (same.whole, same.departments, same.displacement) == (1, 1, pytest.approx(0))
    turned = plane @ np.array([[0.0, 2], [-2, 0]]) + 7
    assert fitted_distance(turned, plane) == pytest.approx(0, abs=1e-9)
    for part, whole in (({0, 5}, 0), ({0, 1, 3}, 2)):
        assert measure(ring, {code: "ab"[i in part] for i, code in enumerate(ring)}, plane).whole == whole


def test_quality_on_the_real_points() -> None:
    points = raw_points()
    cells = SHIPPED.cells(hexmap.MAINLAND)
    plane = project(np.array([points[code] for code in cells]))
    found = measure(cells, {code: hexmap.department(code) for code in cells}, plane)
    assert found.whole == found.departments == 90
    assert found.holes == 0
    assert found.kept >= 0.95 * found.pairs
    assert found.displacement < 1.6


@pytest.mark.long
def test_the_shipped_layout_is_the_builders() -> None:
    built = hexmap.build_layout(raw_points(), [one.code for one in all_seats()])
    assert built == SHIPPED
