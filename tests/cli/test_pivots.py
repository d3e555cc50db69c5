"""`tractage pivots` as a person types it."""

import csv
import io
import json

import pytest

from tractage.cli import main

COLUMNS = "seat,department,round,margin,won,candidate,nuance,opponent,opponent_nuance,opponent_bloc"


def run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *words: str
) -> tuple[int, str, str]:
    monkeypatch.setattr("sys.argv", ["tractage", "pivots", *words])
    with pytest.raises(SystemExit) as stop:
        main.run()
    out = capsys.readouterr()
    return int(stop.value.code or 0), out.out, out.err


def rows(out: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(out)))


def test_observed_of_2024(monkeypatch, capsys) -> None:
    words = ("observed", "legislatives-2024", "--bloc", "gauche", "--within", "2000", "--format", "csv")
    code, out, err = run(monkeypatch, capsys, *words)
    assert (code, err) == (0, "")
    assert out.splitlines()[0] == COLUMNS
    found = rows(out)
    assert len(found) == 49
    assert found[0] == {
        "seat": "17-03", "department": "Charente-Maritime", "round": "2", "margin": "63", "won": "true",
        "candidate": "Fabrice BARUSSEAU", "nuance": "UG", "opponent": "Stéphane MORIN",
        "opponent_nuance": "RN", "opponent_bloc": "extreme-droite",
    }  # fmt: skip
    margins = [abs(int(row["margin"])) for row in found]
    assert margins == sorted(margins)


@pytest.mark.parametrize(
    ("year", "within", "count"),
    [(2024, 1000, 27), (2024, 5000, 123), (2022, 1000, 58), (2022, 2000, 108), (2022, 5000, 227),
     (2017, 1000, 23), (2017, 2000, 49), (2017, 5000, 102)],
)  # fmt: skip
def test_observed_counts(monkeypatch, capsys, year: int, within: int, count: int) -> None:
    words = ("observed", f"legislatives-{year}", "--bloc", "gauche", "--within", str(within))
    assert len(json.loads(run(monkeypatch, capsys, *words, "--format", "json")[1])) == count


@pytest.mark.parametrize("bloc", ["gauche", "extreme-droite", "centre", "droite", "extreme-gauche", "autres"])
def test_every_bloc_has_its_pivots(monkeypatch, capsys, bloc: str) -> None:
    code, out, _ = run(
        monkeypatch, capsys, "observed", "legislatives-2022", "--bloc", bloc, "--format", "csv"
    )
    assert code == 0
    assert all(row["opponent_bloc"] != bloc for row in rows(out))


def test_expected_lists_the_top_and_says_its_limits(monkeypatch, capsys) -> None:
    words = ("expected", "legislatives-2024", "--bloc", "gauche", "--top", "5", "--as-of", "2024-06-20")
    code, out, err = run(monkeypatch, capsys, *words, "--format", "csv")
    found = rows(out)
    assert code == 0
    assert [row["rank"] for row in found] == ["1", "2", "3", "4", "5", "", ""]
    assert [row["seat"] for row in found if row["apart"] == "true"] == ["975-01", "986-01"]
    assert err.startswith("As of 2024-06-20, from legislatives-2022, europeennes-2024, presidentielle-2022;")
    assert "not a probability" in err


def test_expected_of_the_next_election(monkeypatch, capsys) -> None:
    words = (
        "expected",
        "legislatives-prochaines",
        "--bloc",
        "droite",
        "--scenario",
        "-5",
        "--format",
        "json",
    )
    code, out, err = run(monkeypatch, capsys, *words)
    assert code == 0
    assert len(json.loads(out)) == 52
    assert "from legislatives-2024" in err


@pytest.mark.parametrize(("election", "auc"), [("legislatives-2024", 0.83), ("legislatives-2022", 0.777)])
def test_backtest(monkeypatch, capsys, election: str, auc: float) -> None:
    code, out, _ = run(monkeypatch, capsys, "backtest", election, "--bloc", "gauche", "--format", "json")
    found = json.loads(out)
    assert code == 0
    assert {"auc", "precision_at_50", "recall_at_100", "brier", "targets", "baseline"} <= set(found)
    assert found["auc"] >= auc > found["baseline"]["auc"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("observed", "legislatives-2024", "--bloc", "x"), "unknown bloc 'x'"),
        (("observed", "nowhere", "--bloc", "gauche"), "unknown election 'nowhere'"),
        (("observed", "europeennes-2024", "--bloc", "gauche"), "expected legislatives"),
        (("expected", "legislatives-2017", "--bloc", "gauche"), "no results of kind 'legislatives' before"),
        (("backtest", "legislatives-2024", "--bloc", "x"), "unknown bloc 'x'"),
        (("backtest", "legislatives-prochaines", "--bloc", "gauche"), "unknown election"),
    ],
)
def test_a_mistake_is_one_line(monkeypatch, capsys, words: tuple[str, ...], said: str) -> None:
    code, out, err = run(monkeypatch, capsys, *words)
    assert (code, out) == (2, "")
    assert err.startswith("tractage: ")
    assert err.count("\n") == 1
    assert said in err
