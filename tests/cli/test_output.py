"""Tables hold whole words in any terminal, and name the columns that did not fit."""

import pytest

from tractage.cli.output import Format, print_rows

ROWS = [
    {
        "seat": "17-03",
        "department": "Charente-Maritime",
        "won": True,
        "why": "deux listes sont parties",
        "n": 63,
    },
    {"seat": "24-03", "department": "Dordogne", "won": False, "why": "", "n": None},
]
COLUMNS = ("seat", "department", "won", "why", "n")


@pytest.mark.parametrize("width", [20, 40, 60, 80, 120])
def test_no_word_is_cut(
    width: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    print_rows(ROWS, COLUMNS, Format.TABLE, "Sièges")
    said = capsys.readouterr().out
    assert "…" not in said
    shown = [column for column in COLUMNS if column in said.splitlines()[2]]
    left = said.partition("--format csv: ")[2]
    assert all(column in shown or column in left for column in COLUMNS)
    if width >= 40:
        assert "Charente-Maritime" in said


def test_csv_keeps_every_column_and_the_words_of_programs(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "20")
    print_rows(ROWS, COLUMNS, Format.CSV)
    assert capsys.readouterr().out.splitlines()[:2] == [
        "seat,department,won,why,n",
        "17-03,Charente-Maritime,true,deux listes sont parties,63",
    ]
