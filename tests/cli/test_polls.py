"""`tractage polls` as a person types it."""

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from tests.domain.elections.test_polls_facts import poll

from tractage.adapters.polls.table import long_format
from tractage.cli import main

QUIET = "2027-03-10T12:00+01:00"


def run(monkeypatch, capsys, *words: str) -> tuple[int, str, str]:
    monkeypatch.setattr("sys.argv", ["tractage", "polls", *words])
    with pytest.raises(SystemExit) as stop:
        main.run()
    out = capsys.readouterr()
    return int(stop.value.code or 0), out.out, out.err


@pytest.fixture
def table(tmp_path: Path) -> Path:
    polls = [poll(number, ("Un", "Deux")[number % 2]) for number in range(8)]
    other = [poll(3, Alix=55.0, Béa=45.0)]
    path = tmp_path / "polls.csv"
    path.write_text(long_format([*polls, *other, replace(poll(9), id="bare", sponsor="")]), "utf-8")
    return path


def test_the_trend_has_a_band_and_the_mentions_beside(monkeypatch, capsys, table) -> None:
    code, out, _ = run(monkeypatch, capsys, "trend", str(table), "--format", "json", "--at", QUIET)
    assert code == 0
    document = json.loads(out)
    first = document["candidates"][0]
    assert first["candidate"] == "Alix"
    assert first["low"] < first["level"] < first["high"]
    assert first["systematic_error"] > first["sampling_error"]
    assert len(document["polls"]) == 8
    for said in document["polls"]:
        assert {"institute", "sponsor", "dates", "sample", "margin"} < set(said)
        assert all(said.values())
    assert document["left_out"] == ["bare: lacks sponsor"]
    assert "not a forecast" in document["what"]


def test_the_table_for_people_shows_the_mentions(monkeypatch, capsys, table) -> None:
    code, out, _ = run(monkeypatch, capsys, "trend", str(table), "--at", QUIET)
    assert code == 0
    for text in ("Alix", "Mentions", "Un journal", "left out: bare: lacks sponsor"):
        assert text in out


@pytest.mark.parametrize("at", ["2027-04-17T12:00+02:00", "2027-04-18T15:00+02:00", "2027-05-01T08:00+02:00"])
def test_no_poll_on_the_eve_and_the_day(monkeypatch, capsys, table, at: str) -> None:
    code, out, err = run(monkeypatch, capsys, "trend", str(table), "--at", at)
    assert (code, out) == (1, "")
    assert "loi 77-808, art. 11" in err
    code, out, _ = run(monkeypatch, capsys, "trend", str(table), "--at", at, "--internal")
    assert code == 0
    assert "Alix" in out


def test_the_chart_is_written_whole(monkeypatch, capsys, table, tmp_path) -> None:
    chart = tmp_path / "trend.svg"
    code, _, _ = run(monkeypatch, capsys, "trend", str(table), "--chart", str(chart), "--at", QUIET)
    assert code == 0
    assert chart.read_text("utf-8").startswith("<svg")
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_an_incomplete_poll_never_reaches_a_chart(monkeypatch, capsys, table, tmp_path) -> None:
    words = ("trend", str(table), "--incomplete", "--at", QUIET)
    code, out, _ = run(monkeypatch, capsys, *words, "--format", "json")
    assert code == 0
    assert len(json.loads(out)["polls"]) == 9
    code, _, err = run(monkeypatch, capsys, *words, "--chart", str(tmp_path / "c.svg"))
    assert code == 2
    assert "without its mentions" in err


def test_line_ups_are_listed_and_chosen(monkeypatch, capsys, table) -> None:
    code, out, _ = run(monkeypatch, capsys, "line-ups", str(table), "--format", "csv")
    assert code == 0
    rows = list(csv.DictReader(io.StringIO(out)))
    assert [row["polls"] for row in rows] == ["9", "1"]
    code, _, err = run(
        monkeypatch, capsys, "trend", str(table), "--line-up", rows[1]["line_up"], "--at", QUIET
    )
    assert code == 2
    assert "1 polls without shared interviews; expected at least 3" in err
    code, _, err = run(monkeypatch, capsys, "trend", str(table), "--line-up", "r1-9-abc", "--at", QUIET)
    assert code == 2
    assert "see tractage polls line-ups" in err


def test_import_writes_the_long_format(monkeypatch, capsys, table, tmp_path) -> None:
    out = tmp_path / "again.csv"
    code, text, _ = run(monkeypatch, capsys, "import", str(table), "--out", str(out))
    assert code == 0
    assert "10 line-ups of polls" in text
    assert out.read_text("utf-8") == table.read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--until", "hier", "--at", QUIET), "--until 'hier': expected a date"),
        (("--until", "2020-01-01", "--at", QUIET), "no poll until 2020-01-01"),
        (("--at", "demain"), "--at 'demain': expected an ISO time"),
        (("--at", "2027-03-10T12:00"), "time zone"),
    ],
)
def test_a_wrong_option_is_one_line_and_code_2(monkeypatch, capsys, table, words, message: str) -> None:
    code, out, err = run(monkeypatch, capsys, "trend", str(table), *words)
    assert (code, out) == (2, "")
    assert message in err
