"""A workbook that cannot be read is named in one line."""

import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tractage.adapters.official.sources import Source
from tractage.adapters.official.workbook import letters, read_sheet
from tractage.domain.errors import InputError

Write = Callable[..., Source]


def test_the_lines_follow_the_titles(workbook: Write, tmp_path: Path) -> None:
    sheet = read_sheet(tmp_path, workbook("legislatives-2017"))
    assert sheet.header == 3
    assert sheet.titles[0] == "Code du département"
    assert len(sheet.lines) == 3


def test_a_missing_file_is_named(workbook: Write, tmp_path: Path) -> None:
    one = workbook()
    (tmp_path / one.file).unlink()
    with pytest.raises(InputError, match=rf"{one.file}: the file is missing \(official results of legis"):
        read_sheet(tmp_path, one)


def test_a_missing_sheet_is_named_with_those_found(workbook: Write, tmp_path: Path) -> None:
    one = replace(workbook(), sheet="Feuil9")
    expected = f"{one.file}: the sheet 'Feuil9' is missing; found 'resultats-definitifs-par circon'"
    with pytest.raises(InputError, match=expected):
        read_sheet(tmp_path, one)


@pytest.mark.parametrize("kept", [0.0, 0.01, 0.5, 0.9, 0.999])
def test_a_truncated_workbook_is_named(workbook: Write, tmp_path: Path, kept: float) -> None:
    one = workbook()
    content = (tmp_path / one.file).read_bytes()
    (tmp_path / one.file).write_bytes(content[: int(len(content) * kept)])
    with pytest.raises(InputError, match=rf"^{one.file}: truncated or damaged: found \d+ bytes .*\)$"):
        read_sheet(tmp_path, one)


def test_an_old_workbook_cut_within_a_sector_is_named(workbook: Write, tmp_path: Path) -> None:
    one = workbook()
    (tmp_path / one.file).write_bytes(b"\xd0\xcf\x11\xe0" + bytes(700))
    with pytest.raises(InputError, match=r"found 704 bytes .*\(expected whole sectors of 512 bytes\)"):
        read_sheet(tmp_path, one)


def test_damage_anywhere_is_an_error_or_changes_nothing(workbook: Write, tmp_path: Path) -> None:
    one = workbook()
    path = tmp_path / one.file
    whole, content = read_sheet(tmp_path, one), path.read_bytes()
    draw = random.Random(1)
    for _ in range(60):
        damaged = bytearray(content)
        start = draw.randrange(len(content))
        damaged[start : start + 40] = bytes(draw.randrange(256) for _ in damaged[start : start + 40])
        path.write_bytes(bytes(damaged))
        said = ""
        try:
            lines = read_sheet(tmp_path, one).lines
        except InputError as error:
            said = str(error)
        assert lines == whole.lines if not said else one.file in said and "\n" not in said


def test_a_sheet_without_its_titles_is_named(workbook: Write, tmp_path: Path) -> None:
    one = workbook("legislatives-2017", edit=lambda rows: rows.clear())
    with pytest.raises(InputError, match="found 0 rows, expected titles in row 3"):
        read_sheet(tmp_path, one)


def test_letters_of_columns() -> None:
    assert [letters(column) for column in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
