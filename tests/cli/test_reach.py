"""`tractage reach` as a person types it."""

import csv
import io
import json
from pathlib import Path

import pytest

from tractage.cli import main


def run(monkeypatch, capsys, *words: str) -> tuple[int, str, str]:
    monkeypatch.setattr("sys.argv", ["tractage", "reach", *words])
    with pytest.raises(SystemExit) as stop:
        main.run()
    out = capsys.readouterr()
    return int(stop.value.code or 0), out.out, out.err


@pytest.fixture
def world(monkeypatch, capsys, tmp_path: Path):
    def write(name: str, seed: int) -> tuple[Path, str]:
        code, out, err = run(monkeypatch, capsys, "simulate", name, "--seed", str(seed))
        assert code == 0
        path = tmp_path / "sightings.csv"
        path.write_text(out, "utf-8")
        return path, err

    return write


def test_an_estimate_has_its_interval_its_band_and_its_words(monkeypatch, capsys, world) -> None:
    path, truth = world("size", 3)
    code, out, _ = run(monkeypatch, capsys, "estimate", str(path), "--format", "json", "--bootstraps", "200")
    assert code == 0
    [answer] = json.loads(out)
    assert truth.startswith("truth: 1500 posts")
    assert answer["platform"] == "simulated"
    assert {"observed", "posts", "views", "band", "identifiable", "reasons"} <= set(answer)
    assert answer["band"] == {what: answer[what]["band"] for what in ("posts", "views")}
    assert set(answer["observed"]["lists"]) == {"A", "B", "C"}
    for what in ("posts", "views"):
        total = answer[what]
        assert set(total) == {"estimate", "low", "high", "band", "identifiable", "reasons"}
        assert total["low"] < total["estimate"] < total["high"]
        assert total["band"]["low"] < total["estimate"] < total["band"]["high"]
        assert total["identifiable"] is True
        assert total["reasons"] == []
    assert answer["posts"]["low"] <= 1500 <= answer["posts"]["high"]


def test_never_a_bare_number_and_never_people(monkeypatch, capsys, world) -> None:
    path, _ = world("size", 3)
    code, out, _ = run(monkeypatch, capsys, "estimate", str(path), "--bootstraps", "200")
    assert code == 0
    assert "Interval at 95 %" in out
    for word in ("people", "person", "reach of", "viewers"):
        assert word not in out.lower()


def test_a_hidden_factor_is_said_in_words(monkeypatch, capsys, world) -> None:
    path, _ = world("hidden factor", 5)
    code, out, _ = run(monkeypatch, capsys, "estimate", str(path), "--format", "csv", "--bootstraps", "200")
    assert code == 0
    rows = list(csv.DictReader(io.StringIO(out)))
    assert [row["identifiable"] for row in rows] == ["false", "false"]
    assert all(row["estimate"] == row["high"] == "" and int(row["low"]) > 0 for row in rows)
    assert "easier to find for every list" in rows[0]["reasons"]
    code, out, _ = run(monkeypatch, capsys, "estimate", str(path), "--bootstraps", "200")
    assert "not identifiable" in out
    assert "at least" in out


def test_each_list_tells_what_it_adds(monkeypatch, capsys, world) -> None:
    path, _ = world("size", 3)
    code, out, _ = run(monkeypatch, capsys, "lists", str(path), "--format", "json", "--bootstraps", "100")
    assert code == 0
    assert [row["list"] for row in json.loads(out)] == ["A", "B", "C"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("post,platform,views\n", "column age_days, lists is missing"),
        ("post,platform,views,age_days,lists\n1,x,-3,,A\n", "line 2: views '-3': negative"),
        ("", "column post, platform, views, age_days, lists is missing"),
        ("post,platform,views,age_days,lists\n", "no line below the header"),
        ("post,platform,views,age_days,lists\n1,x,3\n", "line 2: 3 cells; expected 5"),
        ("post,platform,views,age_days,lists\n1,x,3,soon,A\n", "line 2: age_days 'soon'"),
        ("post,platform,views,age_days,lists\n1,x,3,,\n", "line 2: lists is empty"),
        ("post,platform,views,age_days,lists\n1,x,3,4,A\n2,x,3,,B\n", "one for all or for none"),
        ("post,platform,views,age_days,lists\n1,x,3,,A;B;C;D;E;F;G\n", "expected at most 6"),
        ("post,platform,views,age_days,lists\n" + "a" * 200_000 + ",x,3,,A\n", "line 2: not a line of a CSV"),
        (
            "post,platform,views,age_days,lists\nhttps://x.com/a/status/1,tiktok,3,,A\n",
            "line 2: post https://x.com/a/status/1 is on x",
        ),
        (
            "post,platform,views,age_days,lists\nhttps://t.co/a,x,3,,A\n",
            "line 2: link https://t.co/a: shortened",
        ),
    ],
)
def test_a_wrong_table_is_one_line_and_code_2(monkeypatch, capsys, tmp_path, text: str, message: str) -> None:
    path = tmp_path / "s.csv"
    path.write_text(text, "utf-8")
    code, out, err = run(monkeypatch, capsys, "estimate", str(path))
    assert (code, out) == (2, "")
    assert message in err
    assert len(err.strip().splitlines()) == 1


def test_a_missing_or_binary_file_is_one_line_and_code_2(monkeypatch, capsys, tmp_path) -> None:
    code, _, err = run(monkeypatch, capsys, "estimate", str(tmp_path / "none.csv"))
    assert (code, len(err.strip().splitlines())) == (2, 1)
    (tmp_path / "b.csv").write_bytes(b"\xff\xfe\x00\x01")
    code, _, err = run(monkeypatch, capsys, "estimate", str(tmp_path / "b.csv"))
    assert code == 2
    assert "not a UTF-8 text file" in err


def test_too_few_overlaps_is_an_answer_not_an_error(monkeypatch, capsys, tmp_path) -> None:
    path = tmp_path / "s.csv"
    path.write_text("post,platform,views,age_days,lists\n1,x,3,,A\n2,x,12 k,,A;B\n3,y,5,,A\n", "utf-8")
    code, out, _ = run(monkeypatch, capsys, "estimate", str(path), "--format", "json")
    assert code == 0
    first, second = json.loads(out)
    assert first["posts"] == {
        "estimate": None,
        "low": 2,
        "high": None,
        "band": None,
        "identifiable": False,
        "reasons": ["1 post on two lists or more; 7 are needed"],
    }
    assert first["observed"]["views"] == 12_003
    assert "a single list" in second["reasons"][0]
