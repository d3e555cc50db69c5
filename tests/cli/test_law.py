"""`tractage law` as a person types it."""

import json
from pathlib import Path

import pytest

from tractage.cli import main


def run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *words: str
) -> tuple[int, str, str]:
    monkeypatch.setattr("sys.argv", ["tractage", "law", *words])
    with pytest.raises(SystemExit) as stop:
        main.run()
    out = capsys.readouterr()
    return int(stop.value.code or 0), out.out, out.err


def status(monkeypatch, capsys, *words: str) -> dict:
    code, out, _ = run(
        monkeypatch, capsys, "status", "--election", "presidentielle-2027", "--format", "json", *words
    )
    assert code == 0
    return json.loads(out)


def test_status_gives_the_four_facts(monkeypatch, capsys) -> None:
    found = status(monkeypatch, capsys, "--zone", "MQ", "--at", "2027-04-16T06:00:00+02:00")
    assert found["frozen"] is True
    assert found["rules"] == ["L49"]
    assert found["since"] == "2027-04-16T06:00:00+02:00"
    assert found["until"] == "2027-04-18T02:00:00+02:00"
    assert found["advice"] == "assists, is no legal advice"


def test_status_before_the_eve(monkeypatch, capsys) -> None:
    found = status(monkeypatch, capsys, "--zone", "MQ", "--at", "2027-04-16T03:59:59Z")
    assert (found["frozen"], found["rules"], found["since"], found["until"]) == (False, [], None, None)
    assert found["next"]["since"] == "2027-04-16T06:00:00+02:00"


def test_zones_add_up_and_no_zone_is_everywhere(monkeypatch, capsys) -> None:
    at = ("--at", "2027-04-16T04:00+02:00")
    assert not status(monkeypatch, capsys, "--zone", "FR", *at)["frozen"]
    assert status(monkeypatch, capsys, "--zone", "FR", "--zone", "PM", *at)["frozen"]
    assert status(monkeypatch, capsys, *at)["since"] == "2027-04-16T04:00:00+02:00"


def test_an_unknown_zone_is_frozen(monkeypatch, capsys) -> None:
    found = status(monkeypatch, capsys, "--zone", "Atlantis", "--at", "2026-12-01T00:00Z")
    assert found["frozen"] is True
    assert found["rules"] == ["L49"]
    assert found["until"] is None
    assert found["reasons"][0]["cause"] == "unknown-zone"


def test_content_decides(monkeypatch, capsys) -> None:
    at = ("--zone", "FR", "--at", "2027-04-17T12:00+02:00")
    assert not status(monkeypatch, capsys, *at, "--content", "practical")["frozen"]
    assert status(monkeypatch, capsys, *at, "--content", "poll")["rules"] == ["L77-808-11"]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("status", "--election", "presidentielle-2027", "--at", "2027-04-17T00:00"), "has no time zone"),
        (("status", "--election", "presidentielle-2027", "--at", "samedi"), "expected an ISO time"),
        (("status", "--election", "cantonales-2027"), "'cantonales-2027' has no dates"),
        (("calendar", "presidentielle-2027", "--zone", "XX"), "zone 'XX' is unknown"),
        (("plan", "--dissolution", "9 juin"), "expected a date"),
        (
            ("plan", "--dissolution", "2027-06-06", "--first-round", "2027-06-13"),
            "expected one of the Sundays",
        ),
        (("calendar", "presidentielle-2027", "--ics", "/nowhere/at/all.ics"), "no such folder /nowhere/at"),
    ],
)
def test_a_mistake_is_one_line(monkeypatch, capsys, words: tuple[str, ...], message: str) -> None:
    code, out, err = run(monkeypatch, capsys, *words)
    assert (code, out) == (2, "")
    assert message in err
    assert err.count("\n") == 1


def test_the_calendar_file_is_whole_and_the_same_twice(monkeypatch, capsys, tmp_path: Path) -> None:
    target = tmp_path / "dates.ics"
    for _ in range(2):
        code, _, _ = run(monkeypatch, capsys, "calendar", "presidentielle-2027", "--ics", str(target))
        assert code == 0
    data = target.read_bytes()
    assert data.startswith(b"BEGIN:VCALENDAR\r\n")
    assert data.endswith(b"END:VCALENDAR\r\n")
    assert [path.name for path in tmp_path.iterdir()] == ["dates.ics"]


def test_the_plan_is_written_as_a_calendar(tmp_path, monkeypatch, capsys) -> None:
    target = tmp_path / "plan.ics"
    code, out, _ = run(monkeypatch, capsys, "plan", "--dissolution", "2027-06-06", "--ics", str(target))
    assert code == 0
    assert out.strip() == f"{target}: {target.read_text().count('BEGIN:VEVENT')} entries"
    assert [path.name for path in tmp_path.iterdir()] == ["plan.ics"]


def test_calendar_plan_and_rules_print(monkeypatch, capsys) -> None:
    _, out, _ = run(monkeypatch, capsys, "calendar", "legislatives-2024", "--format", "csv")
    assert out.startswith("since,until,rule,round,title,article,zones\n2023-12-01T00:00:00+01:00,")
    _, out, _ = run(monkeypatch, capsys, "plan", "--dissolution", "2024-06-09", "--format", "json")
    found = json.loads(out)
    assert found["sundays"] == ["2024-06-30", "2024-07-07", "2024-07-14"]
    assert {step["kind"] for step in found["steps"]} == {"law", "work"}
    _, out, _ = run(monkeypatch, capsys, "rules", "--format", "json")
    assert {"L49", "L52-1", "R27"} <= {rule["rule"] for rule in json.loads(out)}
