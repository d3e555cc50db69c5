"""Builds the hex layout and measures it, beside another layout if one is given.

python benchmarks/hexmap.py SEAT_POINTS.csv [OTHER_LAYOUT.csv [--even]] [--out hex_layout.csv]
"""

import argparse
import csv
import time
from pathlib import Path

import numpy as np

from tractage.domain.elections import hexmap
from tractage.domain.elections.hexmap_grid import Cell
from tractage.domain.elections.hexmap_measure import measure
from tractage.domain.elections.hexmap_outline import project
from tractage.domain.elections.seats import all_seats


def points_of(path: Path) -> dict[str, tuple[float, float]]:
    """Read seat,lon,lat."""
    with path.open(encoding="utf-8") as file:
        return {row["seat"]: (float(row["lon"]), float(row["lat"])) for row in csv.DictReader(file)}


def report(name: str, cells: dict[str, Cell], points: dict[str, tuple[float, float]]) -> None:
    """Print the figures of the mainland without Paris and its neighbours, and of those four."""
    inset = {code for code in cells if hexmap.department(code) in hexmap.INSET_DEPARTMENTS}
    away = {code for code in cells if hexmap.department(code) in hexmap.CORSICA_DEPARTMENTS}
    for part, chosen in (("mainland", cells.keys() - inset - away), ("inset", inset)):
        codes = sorted(chosen)
        plane = project(np.array([points[code] for code in codes]))
        found = measure({c: cells[c] for c in codes}, {c: hexmap.department(c) for c in codes}, plane)
        print(f"{name:8} {part:8} {len(codes)} seats", *(f"{k} {v:.3g}" for k, v in found._asdict().items()))


def main() -> None:
    """Build, measure, compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("points", type=Path)
    parser.add_argument("other", type=Path, nargs="?")
    parser.add_argument("--even", action="store_true", help="the other layout shifts its even rows")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--seed", type=int, default=hexmap.SEED)
    options = parser.parse_args()
    points = points_of(options.points)
    start = time.process_time()
    layout = hexmap.build_layout(points, [seat.code for seat in all_seats()], options.seed)
    print(f"built in {time.process_time() - start:.1f} CPU s")
    report("built", layout.cells(), points)
    if options.other:
        with options.other.open(encoding="utf-8") as file:
            shift = int(options.even)
            cells = {row["seat"]: (int(row["row"]) + shift, int(row["col"])) for row in csv.DictReader(file)}
        report("other", cells, points)
    if options.out:
        options.out.write_text(layout.to_csv(), encoding="utf-8")


if __name__ == "__main__":
    main()
