"""Lay the seats out on a hex grid, from one inner point per seat."""

import csv
import math
from pathlib import Path

from tractage.domain.elections.seats import SeatCode, all_seats, seat_code
from tractage.domain.errors import InputError

POINTS = "seat_points.csv"


def points_file(raw: Path) -> Path | None:
    """The file of inner points in the folder `raw`, None when it has none."""
    path = raw / POINTS
    return path if path.is_file() else None


def read_points(path: Path) -> dict[SeatCode, tuple[float, float]]:
    """Longitude and latitude, in degrees, of one inner point per seat (columns `seat,lon,lat`).

    Raises:
        InputError: a column is missing, a seat is unknown or there twice, a number is none.
    """
    points: dict[SeatCode, tuple[float, float]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        for title in ("seat", "lon", "lat"):
            if title not in (reader.fieldnames or ()):
                raise InputError(f"{path.name}, row 1: the column {title!r} is missing")
        for line, row in enumerate(reader, start=2):
            code = _code(path, line, row["seat"])
            if code in points:
                raise InputError(
                    f"{path.name}, row {line}, column 'seat': found {code}, expected each seat once"
                )
            points[code] = (_degrees(path, line, row, "lon", 180), _degrees(path, line, row, "lat", 90))
    return points


def build_hex_layout(path: Path) -> bytes:
    """The hex layout as a CSV file, from the points in `path`; the same bytes every time."""
    from tractage.domain.elections import hexmap

    points = {str(code): point for code, point in read_points(path).items()}
    layout = hexmap.build_layout(points, [seat.code for seat in all_seats()])
    return layout.to_csv().encode()


def _code(path: Path, line: int, text: str) -> SeatCode:
    department, dash, number = (text or "").partition("-")
    try:
        if dash and number.isdecimal():
            return seat_code(department, int(number))
    except InputError:
        pass
    raise InputError(f"{path.name}, row {line}, column 'seat': found {text!r}, expected a seat such as 01-01")


def _degrees(path: Path, line: int, row: dict[str, str], title: str, limit: int) -> float:
    try:
        value = float(row[title])
    except (TypeError, ValueError):
        value = math.nan
    if not -limit <= value <= limit:
        expected = f"degrees between -{limit} and {limit}"
        raise InputError(
            f"{path.name}, row {line}, column {title!r}: found {row[title]!r}, expected {expected}"
        )
    return value
