"""`tractage elections` as a person types it."""

import csv
import io
import json
import shutil
from pathlib import Path

import pytest
from tests.adapters.official.invented_files import source, write_every_file, write_workbook

from tractage.cli import main


def run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *words: str
) -> tuple[int, str, str]:
    monkeypatch.setattr("sys.argv", ["tractage", "elections", *words])
    with pytest.raises(SystemExit) as stop:
        main.run()
    out = capsys.readouterr()
    return int(stop.value.code or 0), out.out, out.err


def complaint(err: str) -> str:
    """The one line that the command says of a mistake."""
    said = [line for line in err.splitlines() if line.startswith("tractage: ")]
    assert len(said) == 1
    assert "Traceback" not in err
    return said[0]


def test_show_has_the_promised_shape(monkeypatch, capsys) -> None:
    code, out, err = run(monkeypatch, capsys, "show", "legislatives-2024", "--format", "json")
    assert (code, err) == (0, "")
    found = json.loads(out)
    assert list(found) == ["rounds", "runoffs", "seats"]
    assert [list(one) for one in found["rounds"]] == [
        ["round", "date", "registered", "voters", "valid", "votes", "elected"]
    ] * 2
    first, second = found["rounds"]
    assert (first["round"], first["date"], second["date"]) == (1, "2024-06-30", "2024-07-07")
    assert (first["registered"], first["voters"], first["valid"]) == (49332709, 32908657, 32057946)
    assert first["votes"]["RN"] == 9379092
    assert first["elected"] == {"RN": 37, "UG": 32, "DVD": 2, "ENS": 2, "EXD": 1, "LR": 1, "UXD": 1}
    assert found["runoffs"] == {"1": 1, "2": 409, "3": 89, "4": 2}
    assert sum(found["seats"].values()) == 577


@pytest.mark.parametrize("election", ["europeennes-2019", "europeennes-2024", "presidentielle-2022"])
def test_lists_have_one_round_and_no_seats(monkeypatch, capsys, election: str) -> None:
    code, out, _ = run(monkeypatch, capsys, "show", election, "--format", "json")
    found = json.loads(out)
    assert code == 0
    assert (len(found["rounds"]), found["rounds"][0]["elected"]) == (1, {})
    assert (found["runoffs"], found["seats"]) == ({}, {})


def test_show_as_csv_and_table(monkeypatch, capsys) -> None:
    _, out, _ = run(monkeypatch, capsys, "show", "legislatives-2022", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert {"round": "1", "what": "elected", "nuance": "NUP", "value": "4"} in rows
    assert {"round": "", "what": "seats", "nuance": "ENS", "value": "245"} in rows
    assert "Élections législatives de 2022" in run(monkeypatch, capsys, "show", "legislatives-2022")[1]


def test_list(monkeypatch, capsys) -> None:
    _, out, _ = run(monkeypatch, capsys, "list", "--format", "json")
    found = {one["id"]: one for one in json.loads(out)}
    assert found["legislatives-2024"]["rounds"] == ["2024-06-30", "2024-07-07"]
    _, out, _ = run(monkeypatch, capsys, "list", "--format", "csv")
    assert (
        "presidentielle-2022,Élection présidentielle de 2022 (premier tour),presidentielle,2022-04-10" in out
    )


def test_an_unknown_election_lists_the_known_ones(monkeypatch, capsys) -> None:
    code, out, err = run(monkeypatch, capsys, "show", "municipales-2026")
    assert (code, out) == (2, "")
    assert complaint(err).startswith(
        "tractage: unknown election 'municipales-2026'; known: legislatives-2017,"
    )


@pytest.fixture(scope="session")
def raw(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("raw")
    write_every_file(folder)
    return folder


def test_build_writes_the_table_and_its_provenance(monkeypatch, capsys, raw: Path, tmp_path: Path) -> None:
    out = tmp_path / "facts.parquet"
    code, said, _ = run(monkeypatch, capsys, "build", "--raw", str(raw), "--out", str(out))
    assert code == 0
    assert str(out) in said.replace("\n", "")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["facts.parquet", "facts.toml"]


def test_build_with_a_fault_writes_nothing(monkeypatch, capsys, raw: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(raw, tmp_path / "raw")
    one = source("legislatives-2022", 2)
    write_workbook(copy / one.file, "Autre", [["x"]])
    (tmp_path / "out").mkdir()
    out = tmp_path / "out" / "facts.parquet"
    code, _, err = run(monkeypatch, capsys, "build", "--raw", str(copy), "--out", str(out))
    assert code == 2
    assert complaint(err) == f"tractage: {one.file}: the sheet 'Feuil1' is missing; found 'Autre'"
    assert list((tmp_path / "out").iterdir()) == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--raw", "{tmp}/none", "--out", "{tmp}/x.parquet"), "no such folder of official files"),
        (("--raw", "{tmp}", "--out", "{tmp}/none/x.parquet"), "none: no such folder to write x.parquet into"),
        (("--raw", "{tmp}", "--out", "{tmp}/x.parquet"), "T1_officiel.xlsx: the file is missing"),
    ],
)
def test_build_names_what_is_missing(monkeypatch, capsys, tmp_path: Path, words, said: str) -> None:
    code, _, err = run(monkeypatch, capsys, "build", *(word.format(tmp=tmp_path) for word in words))
    assert code == 2
    assert said in complaint(err)


def test_fetch_says_when_offline(monkeypatch, capsys, tmp_path: Path) -> None:
    words = ("fetch", "legislatives-2024", "--raw", str(tmp_path / "raw"), "--api", "http://127.0.0.1:1")
    code, _, err = run(monkeypatch, capsys, *words)
    assert code == 1
    assert complaint(err).startswith("tractage: offline: 127.0.0.1 cannot be reached")


def test_fetch_refuses_an_unknown_election(monkeypatch, capsys, tmp_path: Path) -> None:
    code, _, err = run(monkeypatch, capsys, "fetch", "nowhere", "--raw", str(tmp_path))
    assert code == 2
    assert "unknown election 'nowhere'" in complaint(err)
