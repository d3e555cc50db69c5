"""The points that the hex layout is made from are checked."""

from pathlib import Path

import pytest

from tractage.adapters.official.layout import points_file, read_points
from tractage.domain.errors import InputError


def points(folder: Path, text: str) -> Path:
    path = folder / "seat_points.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_points_by_the_project_s_key(tmp_path: Path) -> None:
    path = points(tmp_path, "seat,lon,lat\n01-01,5.2,46.2\nZB-02,-61.1,14.7\n")
    assert points_file(tmp_path) == path
    assert read_points(path) == {"01-01": (5.2, 46.2), "972-02": (-61.1, 14.7)}


def test_no_points_no_layout(tmp_path: Path) -> None:
    assert points_file(tmp_path) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("seat,lon\n", "row 1: the column 'lat' is missing"),
        ("seat,lon,lat\n01-99,1,2\n", "row 2, column 'seat': found '01-99'"),
        ("seat,lon,lat\nAin,1,2\n", "row 2, column 'seat': found 'Ain'"),
        (
            "seat,lon,lat\n01-01,1,2\n01-01,1,2\n",
            "row 3, column 'seat': found 01-01, expected each seat once",
        ),
        ("seat,lon,lat\n01-01,east,2\n", "row 2, column 'lon': found 'east', expected degrees"),
        ("seat,lon,lat\n01-01,1,95\n", "row 2, column 'lat': found '95'"),
        ("seat,lon,lat\n01-01,1\n", "row 2, column 'lat': found None"),
    ],
)
def test_a_fault_is_named(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(InputError, match=f"seat_points.csv, {said}"):
        read_points(points(tmp_path, text))
