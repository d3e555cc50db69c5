"""Draw the hex map as one accessible SVG: every seat a link with a name, departments outlined and numbered.

Colours are the page's: classes `c1` (closest) to `c3` on seats and on the numbers that stand on them; none is
`c0`.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

from tractage.domain.elections.hexmap import INSET, Layout, department
from tractage.domain.elections.hexmap_borders import borders
from tractage.domain.elections.hexmap_grid import Cell, centre

UNIT = 40  # one hexagon's width in the drawing: whole numbers then err by 1 % at most
HEXAGON = "M0-23 20-12V12L0 23-20 12V-12z"
INSET_NAME = "Paris et petite couronne, agrandis"
# Rows under the map, in two columns; the right one starts with short names, that pass beside Corsica.
LEFT = ("971", "972", "973", "974", "976")
RIGHT = ("986", "988", "987", "977", "975")
ROW_NAMES = {
    "971": "Guadeloupe",
    "972": "Martinique",
    "973": "Guyane",
    "974": "La Réunion",
    "975": "Saint-Pierre-et-Miquelon",
    "976": "Mayotte",
    "977": "Saint-Martin, Saint-Barth.",
    "986": "Wallis-et-Futuna",
    "987": "Polynésie française",
    "988": "Nouvelle-Calédonie",
    "099": "Français de l’étranger",
}
QUIET = "c0"
PITCH = 1.26  # from one row to the next, in hexagon widths
LETTER = 0.38  # a letter's width in the names of rows, at their largest


class Mark(NamedTuple):
    """What the map says of one seat: its class (`c0` to `c3`), its accessible name, and where it leads."""

    tone: str
    label: str
    href: str


class Point(NamedTuple):
    """A point of the drawing, in hexagon widths, y down."""

    x: float
    y: float


def _row_starts(rows: Mapping[str, Sequence[str]], land: Sequence[Point]) -> dict[str, Point]:
    """Return where each row begins: two columns under the map, what they do not name below them."""
    middle = max(point.x for point in land) / 2
    starts: dict[str, Point] = {}
    for left, column in ((0.0, LEFT), (middle, RIGHT)):
        groups = [group for group in column if group in rows]
        starts |= {group: Point(left, PITCH * i) for i, group in enumerate(groups)}
    others = [group for group in rows if group not in starts]
    below = max((start.y for start in starts.values()), default=-PITCH)
    starts |= {group: Point(0.0, below + PITCH * (i + 1)) for i, group in enumerate(others)}
    top = min(point.y for point in land)
    while any(_hits(start, top, group, rows[group], land) for group, start in starts.items()):
        top += 0.25
    return {group: Point(start.x, start.y + top) for group, start in starts.items()}


def _hits(start: Point, top: float, group: str, codes: Sequence[str], land: Sequence[Point]) -> bool:
    end = start.x + len(codes) + LETTER * len(ROW_NAMES.get(group, group))
    near = (one for one in land if start.x - 1 < one.x < end + 0.5)
    return any(start.y + top - one.y < 1.5 for one in near)


def seat_points(layout: Layout) -> dict[str, Point]:
    """Return where each seat stands in the drawing, map and rows."""
    points = {code: Point(*centre(cell)) for code, cell in layout.cells().items()}
    rows = layout.rows()
    for group, start in _row_starts(rows, list(points.values())).items():
        points |= {code: Point(start.x + i, start.y) for i, code in enumerate(rows[group])}
    return points


def _n(value: float) -> str:
    return str(round(value * UNIT))


def _seat(point: Point, mark: Mark | None) -> str:
    hexagon = f'<use href="#h" x="{_n(point.x)}" y="{_n(point.y)}"/>'
    if mark is None:
        return hexagon
    link = f"<a{_tone(mark)} href={quoteattr(mark.href)}>"
    return f"{link}<title>{escape(mark.label)}</title>{hexagon}</a>"


def _tone(mark: Mark | None) -> str:
    """Return the class attribute, none for the quiet majority: it saves a twelfth of the drawing."""
    return f" class={quoteattr(mark.tone)}" if mark and mark.tone != QUIET else ""


def _quietest(codes: Sequence[str], points: Mapping[str, Point]) -> str:
    """Return the seat nearest to the middle of its department, where the number stands."""
    x = sum(points[code].x for code in codes) / len(codes)
    y = sum(points[code].y for code in codes) / len(codes)
    return min(codes, key=lambda code: ((points[code].x - x) ** 2 + (points[code].y - y) ** 2, code))


def _numbers(cells: Mapping[str, Cell], points: Mapping[str, Point], marks: Mapping[str, Mark]) -> str:
    groups: dict[str, list[str]] = {}
    for code in cells:
        groups.setdefault(department(code), []).append(code)
    texts = []
    for name, codes in sorted(groups.items()):
        code = _quietest(codes, points)
        x, y = points[code]
        texts.append(f'<text{_tone(marks.get(code))} x="{_n(x)}" y="{_n(y)}">{escape(name)}</text>')
    return "".join(texts)


def _row_names(layout: Layout, points: Mapping[str, Point], names: Mapping[str, str]) -> Iterable[str]:
    for group, codes in layout.rows().items():
        x, y = points[codes[-1]]
        yield f'<text x="{_n(x + 0.72)}" y="{_n(y)}">{escape(names.get(group, group))}</text>'


def _frame(points: Mapping[str, Point]) -> str:
    xs, ys = [p.x for p in points.values()], [p.y for p in points.values()]
    left, top = min(xs) - 0.6, min(ys) - 1.9
    return f"{_n(left)} {_n(top)} {_n(max(xs) + 0.6 - left)} {_n(max(ys) + 0.75 - top)}"


def draw(
    layout: Layout,
    marks: Mapping[str, Mark],
    *,
    title: str,
    desc: str,
    ident: str = "carte",
    row_names: Mapping[str, str] = ROW_NAMES,
    inset_name: str = INSET_NAME,
    style: str = "",
) -> str:
    """Return the map as SVG text, to stand inline in a page or alone.

    `marks`: seat → what is said of it; a seat without a mark is drawn and not linked. `title`, `desc`: the
    map's accessible name and description. `ident`: prefix of the ids. `style`: CSS to embed, for a file that
    stands alone. Seats are linked in the layout's order, so that the keyboard goes department by department.
    """
    points = seat_points(layout)
    cells = layout.cells()
    seats = "".join(_seat(points[one.seat], marks.get(one.seat)) for one in layout.places)
    edges = borders({code: department(code) for code in cells}, cells, UNIT)
    for group, codes in layout.rows().items():
        row = {code: (0, i) for i, code in enumerate(codes)}
        edges += borders(dict.fromkeys(codes, group), row, UNIT, points[codes[0]])
    inset = [points[code] for code in layout.cells(INSET)]
    head = ""
    if inset:
        x, y = min(p.x for p in inset) - 0.5, min(p.y for p in inset) - 1.1
        head = f'<text x="{_n(x)}" y="{_n(y)}">{escape(inset_name)}</text>'
    css = f"<style>{style}</style>" if style else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="carte" viewBox="{_frame(points)}" role="group" '
        f'aria-labelledby="{ident}-t" aria-describedby="{ident}-d">'
        f'<title id="{ident}-t">{escape(title)}</title><desc id="{ident}-d">{escape(desc)}</desc>{css}'
        f'<defs><path id="h" d="{HEXAGON}"/></defs>'
        f'<g class="sieges">{seats}</g><path class="dep" d="{edges}"/>'
        f'<g class="num" aria-hidden="true">{_numbers(cells, points, marks)}</g>'
        f'<g class="nom">{head}{"".join(_row_names(layout, points, row_names))}</g></svg>'
    )
