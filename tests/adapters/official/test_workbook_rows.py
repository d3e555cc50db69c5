"""Every fault of a cell is named: file, sheet, row, column, what was found, what was expected."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tractage.adapters.official.rows import RoundReader
from tractage.adapters.official.sources import Source, sources
from tractage.adapters.official.workbook import read_sheet
from tractage.domain.elections.results import Candidacy, RoundResult
from tractage.domain.errors import InputError

Write = Callable[..., Source]
Rows = list[list[Any]]


def read(folder: Path, one: Source) -> dict[Any, RoundResult]:
    return RoundReader(read_sheet(folder, one), one).read()


def fault(folder: Path, one: Source) -> str:
    with pytest.raises(InputError) as error:
        read(folder, one)
    assert "\n" not in str(error.value)
    return str(error.value)


def put(title: str, value: Any, row: int = 1) -> Callable[[Rows], None]:
    """Replace the cell of line `row` under the titles in the first column called `title`."""

    def edit(rows: Rows) -> None:
        header = next(number for number, cells in enumerate(rows) if title in cells)
        rows[header + row][rows[header].index(title)] = value

    return edit


@pytest.mark.parametrize("one", sources(), ids=lambda one: f"{one.election}-{one.round}")
def test_every_layout_is_read(workbook: Write, tmp_path: Path, one: Source) -> None:
    found = read(tmp_path, workbook(one.election, one.round))
    assert list(found) == ["01-01", "01-02", "01-03"]
    held = found["01-02"]
    assert (held.number, held.registered, held.voters, held.valid, held.cast) == (
        one.round,
        1000,
        600,
        590,
        590,
    )


def test_a_candidate_is_read_whole(workbook: Write, tmp_path: Path) -> None:
    found = read(tmp_path, workbook("legislatives-2022", 2))
    assert found["01-01"].candidacies[0] == Candidacy("ALPHA", "Alice", "F", "AAA", 310, elected=True)
    assert found["01-01"].candidacies[1] == Candidacy("BÊTA", "Bob", "M", "BBB", 280, elected=False)


def test_a_text_where_a_number_belongs(workbook: Write, tmp_path: Path) -> None:
    one = workbook(edit=put("Votants", "beaucoup", row=2))
    assert fault(tmp_path, one) == (
        "Leg_2024_Resultats_T1_officiel.xlsx, sheet 'resultats-definitifs-par circon', row 3, column D"
        " ('Votants'): found 'beaucoup', expected a whole number, 0 or more"
    )


@pytest.mark.parametrize("wrong", ["", -1, 3.5, "12,5", "١٢", "71,20%"])
@pytest.mark.parametrize(("title", "column"), [("Inscrits", "C"), ("Exprimés", "E"), ("Voix 1", "K")])
def test_no_other_number_passes(workbook: Write, tmp_path: Path, title: str, column: str, wrong: Any) -> None:
    found = fault(tmp_path, workbook(edit=put(title, wrong)))
    assert f"row 2, column {column} ({title!r})" in found
    assert "found an empty cell" in found or f"found {wrong!r}" in found
    assert found.endswith("expected a whole number, 0 or more")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
@given(st.text("abcdé %.,-", min_size=1).filter(lambda text: text.strip()))
def test_whatever_the_text_the_cell_is_named(workbook: Write, tmp_path: Path, wrong: str) -> None:
    found = fault(tmp_path, workbook(edit=put("Inscrits", wrong, row=3)))
    assert "row 4, column C ('Inscrits')" in found


def test_numbers_may_be_texts(workbook: Write, tmp_path: Path) -> None:
    one = workbook(edit=put("Votants", " 601 "))
    assert read(tmp_path, one)["01-01"].voters == 601


def test_a_missing_column(workbook: Write, tmp_path: Path) -> None:
    one = workbook(edit=put("Exprimés", "Autre", row=0))
    found = fault(tmp_path, one)
    assert "sheet 'resultats-definitifs-par circon', row 1: the column 'Exprimés' is missing" in found


def test_a_lost_column_in_a_later_block(workbook: Write, tmp_path: Path) -> None:
    def edit(rows: Rows) -> None:
        start = rows[0].index("Numéro de panneau 1")
        rows[0] += [title.replace("1", "2") for title in rows[0][start:] if title != "Sexe candidat 1"]

    found = fault(tmp_path, workbook(edit=edit))
    assert "row 1, column" in found
    assert "of block 2" in found


def test_a_seat_twice(workbook: Write, tmp_path: Path) -> None:
    one = workbook(edit=put("Code circonscription législative", "01", row=3))
    assert fault(tmp_path, one).endswith(
        "row 4, column B ('Code circonscription législative'): found '01-01', expected each seat once"
        " (it is already in row 2)"
    )


@pytest.mark.parametrize("wrong", ["09", "0212", "x1", ""])
def test_no_such_seat(workbook: Write, tmp_path: Path, wrong: str) -> None:
    found = fault(tmp_path, workbook(edit=put("Code circonscription législative", wrong)))
    assert "row 2, column B" in found
    assert "expected a seat of" in found


def test_a_seat_too_few(workbook: Write, tmp_path: Path) -> None:
    assert "found 2 seats, expected 3" in fault(tmp_path, workbook(edit=lambda rows: rows.pop()))


def test_votes_above_registered(workbook: Write, tmp_path: Path) -> None:
    found = fault(tmp_path, workbook(edit=put("Voix 1", 1001)))
    assert "('Voix 1'): found 1001, expected at most the 1000 registered" in found


def test_voters_above_registered(workbook: Write, tmp_path: Path) -> None:
    found = fault(tmp_path, workbook(edit=put("Votants", 1001)))
    assert found.endswith("column D ('Votants'): found 1001, expected at most 1000 (Inscrits)")


def test_valid_above_voters(workbook: Write, tmp_path: Path) -> None:
    found = fault(tmp_path, workbook(edit=put("Exprimés", 601)))
    assert found.endswith("column E ('Exprimés'): found 601, expected at most 600 (Votants)")


@pytest.mark.parametrize("off", [-2, -1, 1, 2])
def test_one_or_two_ballots_apart_pass(workbook: Write, tmp_path: Path, off: int) -> None:
    held = read(tmp_path, workbook(edit=put("Voix 1", 300 + off)))["01-01"]
    assert (held.valid, held.cast) == (590, 590 + off)


@pytest.mark.parametrize("off", [-3, 3])
def test_three_ballots_apart_do_not(workbook: Write, tmp_path: Path, off: int) -> None:
    found = fault(tmp_path, workbook(edit=put("Voix 1", 300 + off)))
    assert found.endswith(f"found 590, expected the candidates' sum, {590 + off}, within 2")


def test_an_unknown_mark_of_election(workbook: Write, tmp_path: Path) -> None:
    found = fault(tmp_path, workbook(edit=put("Elu 1", "peut-être")))
    assert "('Elu 1'): found 'peut-être', expected '' or 'elu' or 'élu'" in found


def test_a_candidate_without_a_nuance(workbook: Write, tmp_path: Path) -> None:
    found = fault(tmp_path, workbook(edit=put("Nuance candidat 1", "")))
    assert "('Nuance candidat 1'): found an empty cell, expected a text" in found
