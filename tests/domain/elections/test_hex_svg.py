"""The drawn map: every seat a named link, small, whole, and nothing on top of anything."""

import gzip
import math
import re
from collections import Counter
from itertools import combinations
from xml.etree import ElementTree as ET

import pytest

from tractage.domain.elections import hexmap
from tractage.domain.elections.hexmap_borders import borders
from tractage.domain.elections.hexmap_grid import neighbours
from tractage.domain.elections.hexmap_svg import ROW_NAMES, Mark, draw, seat_points
from tractage.domain.elections.seats import all_seats, departments

LAYOUT = hexmap.layout()
SVG = "{http://www.w3.org/2000/svg}"
MARKS = {
    one.code: Mark(
        f"c{number % 4}", f"{one.department_name} {one.number}ᵉ : {number * 7} voix", f"/sieges/{one.code}/"
    )
    for number, one in enumerate(all_seats())
}
TEXT = draw(LAYOUT, MARKS, title="Les 577 sièges", desc="Un hexagone par siège.")


def parse(text: str = TEXT) -> ET.Element:
    return ET.fromstring(text)


def test_every_seat_is_a_link_with_a_name() -> None:
    links = list(parse().iter(f"{SVG}a"))
    assert [link.get("href") for link in links] == [mark.href for mark in MARKS.values()]
    assert [link.findtext(f"{SVG}title") for link in links] == [mark.label for mark in MARKS.values()]
    assert Counter(link.get("class", "c0") for link in links) == Counter(mark.tone for mark in MARKS.values())


def test_the_map_has_a_name_and_a_description() -> None:
    root = parse()
    by_id = {node.get("id"): node.text for node in root.iter() if node.get("id")}
    assert by_id[root.get("aria-labelledby")] == "Les 577 sièges"
    assert by_id[root.get("aria-describedby")] == "Un hexagone par siège."
    assert root.get("role") == "group"


def test_it_is_small() -> None:
    data = TEXT.encode()
    assert len(data) <= 78_000
    assert len(gzip.compress(data)) <= 18_000


def test_what_the_user_writes_is_escaped() -> None:
    mark = Mark('c1"><script>', "<b>& 'x'", '/a?b=1&c="')
    text = draw(LAYOUT, {"01-01": mark}, title="<i>", desc="&", ident="m")
    (link,) = parse(text).iter(f"{SVG}a")
    assert (link.get("class"), link.findtext(f"{SVG}title"), link.get("href")) == mark
    assert "<script>" not in text


def test_a_seat_without_a_mark_is_drawn_and_not_linked() -> None:
    root = parse(draw(LAYOUT, {}, title="t", desc="d"))
    assert not list(root.iter(f"{SVG}a"))
    assert len(list(root.iter(f"{SVG}use"))) == 577


def test_no_hexagon_covers_another_and_all_lie_in_the_frame() -> None:
    points = seat_points(LAYOUT)
    assert len(points) == 577
    assert min(math.dist(a, b) for a, b in combinations(points.values(), 2)) > 0.99
    left, top, width, height = map(float, parse().get("viewBox", "").split())
    for use in parse().iter(f"{SVG}use"):
        assert left + 20 <= float(use.get("x", "")) <= left + width - 20
        assert top + 23 <= float(use.get("y", "")) <= top + height - 23


def test_row_names_do_not_run_into_the_coast() -> None:
    points = seat_points(LAYOUT)
    land = [points[code] for code in LAYOUT.cells()]
    for group, codes in LAYOUT.rows().items():
        x, y = points[codes[-1]]
        end = x + 0.72 + 0.37 * len(ROW_NAMES[group])
        assert all(other.x - 0.5 > end for other in land if abs(other.y - y) < 0.9), group


def test_every_department_has_its_number_on_its_own_seat() -> None:
    root = parse()
    (numbers,) = (group for group in root.iter(f"{SVG}g") if group.get("class") == "num")
    assert numbers.get("aria-hidden") == "true"
    at = {(str(round(p.x * 40)), str(round(p.y * 40))): code for code, p in seat_points(LAYOUT).items()}
    found = {text.text: at[text.get("x", ""), text.get("y", "")] for text in numbers}
    assert len(found) == 96
    for name, code in found.items():
        assert hexmap.department(code) == name
    tones = {text.text: text.get("class", "c0") for text in numbers}
    assert tones == {name: MARKS[code].tone for name, code in found.items()}


def test_every_row_has_its_name() -> None:
    texts = {text.text for text in parse().iter(f"{SVG}text")}
    assert set(ROW_NAMES.values()) <= texts
    assert "Paris et petite couronne, agrandis" in texts
    assert set(ROW_NAMES) == {one.code for one in departments() if len(one.code) == 3}


def segments(path: str) -> list[frozenset[tuple[int, int]]]:
    found = []
    for start, steps in re.findall(r"M(-?\d+ -?\d+)l([^M]+)", path):
        x, y = map(int, start.split())
        numbers = [int(n) for n in re.findall(r"-?\d+", steps)]
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            found.append(frozenset({(x, y), (x + dx, y + dy)}))
            x, y = x + dx, y + dy
    return found


def test_each_border_is_drawn_once() -> None:
    cells = LAYOUT.cells()
    names = {code: hexmap.department(code) for code in cells}
    at = {cell: names[code] for code, cell in cells.items()}
    sides = [(cell, near) for cell in at for near in neighbours(cell) if at.get(near) != at[cell]]
    wanted = len({frozenset(side) for side in sides})
    drawn = segments(borders(names, cells, 40))
    assert len(drawn) == len(set(drawn)) == wanted
    assert all(20 <= math.dist(*side) <= 26 for side in drawn)


@pytest.mark.parametrize("unit", [10, 40])
def test_one_hexagon_has_six_sides(unit: int) -> None:
    assert len(segments(borders({"a": "x"}, {"a": (0, 0)}, unit))) == 6
    assert len(segments(borders({"a": "x", "b": "x"}, {"a": (0, 0), "b": (1, 0)}, unit))) == 10
