"""The outlines of departments on the hex grid, as the fewest path commands."""

from collections.abc import Iterator, Mapping

from tractage.domain.elections.hexmap_grid import Cell, centre, neighbours

Corner = tuple[int, int]  # in drawing units
# Corners of a hexagon clockwise from the top, in hexagon widths; side i runs from corner i to corner i + 1
# and faces the cell `neighbours(cell)[i]`.
CORNERS = ((0.0, -0.577), (0.5, -0.289), (0.5, 0.289), (0.0, 0.577), (-0.5, 0.289), (-0.5, -0.289))


def _corner(cell: Cell, which: int, unit: int, origin: tuple[float, float]) -> Corner:
    x, y = centre(cell)
    dx, dy = CORNERS[which % 6]
    return round((origin[0] + x + dx) * unit), round((origin[1] + y + dy) * unit)


def _sides(
    departments: Mapping[str, str], cells: Mapping[str, Cell], unit: int, origin: tuple[float, float]
) -> Iterator[tuple[Corner, Corner]]:
    at = {cell: departments[code] for code, cell in cells.items()}
    snap: dict[Corner, Corner] = {}

    def shared(corner: Corner) -> Corner:
        """Rounding may put one corner a unit apart when seen from two cells."""
        x, y = corner
        near = ((x + dx, y + dy) for dx in (0, -1, 1) for dy in (0, -1, 1))
        return snap.setdefault(corner, next((snap[one] for one in near if one in snap), corner))

    for cell, mine in at.items():
        for i, near in enumerate(neighbours(cell)):
            theirs = at.get(near)
            if theirs != mine and (theirs is None or cell < near):
                ends = (_corner(cell, i, unit, origin), _corner(cell, i + 1, unit, origin))
                yield shared(ends[0]), shared(ends[1])


def borders(
    departments: Mapping[str, str],
    cells: Mapping[str, Cell],
    unit: int,
    origin: tuple[float, float] = (0.0, 0.0),
) -> str:
    """Return the path data of every side between two departments, or between a department and nothing.

    `departments`: seat → department; `cells`: seat → cell; `unit`: drawing units in a hexagon's width;
    `origin`: where cell (0, 0) stands, in hexagon widths.
    """
    links: dict[Corner, list[Corner]] = {}
    for start, end in _sides(departments, cells, unit, origin):
        links.setdefault(start, []).append(end)
        links.setdefault(end, []).append(start)
    path = []
    while links:
        odd = (corner for corner, ends in sorted(links.items()) if len(ends) % 2)
        at = next(odd, None) or min(links)
        path.append(f"M{at[0]} {at[1]}l")
        steps = []
        while at in links:
            end = links[at].pop()
            links[end].remove(at)
            for corner in (at, end):
                if not links[corner]:
                    del links[corner]
            steps.append(f"{end[0] - at[0]} {end[1] - at[1]}")
            at = end
        path.append(" ".join(steps).replace(" -", "-"))
    return "".join(path)
