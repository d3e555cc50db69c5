"""`tractage guard`: JSON lines in, JSON lines out, one clear line for a mistake."""

import json
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
from typer.testing import CliRunner

from tractage.cli.main import mount
from tractage.domain.errors import TractageError

RULES = (
    '[[terms]]\ntext = "connard"\naction = "remove"\n[[terms]]\nid = "x"\ntext = "pute"\naction = "flag"\n'
)


class Done(NamedTuple):
    """What the command left: its exit code and what it printed."""

    returncode: int
    stdout: bytes
    stderr: bytes


def tractage(*arguments: str, given: bytes = b"") -> Done:
    """Run the command in this process; a mistake becomes the line that `tractage` prints."""
    result = CliRunner().invoke(mount(), ["guard", *arguments], input=given)
    if isinstance(result.exception, TractageError):
        return Done(
            result.exception.exit_code, result.stdout_bytes, f"tractage: {result.exception}\n".encode()
        )
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Done(result.exit_code, result.stdout_bytes, result.stderr_bytes)


def lines(*records: object) -> bytes:
    return b"".join(json.dumps(record).encode() + b"\n" for record in records)


def message(number: int, text: str, **changes: object) -> dict[str, object]:
    return {"id": f"m{number}", "author": "dan", "text": text, "t": number, **changes}


@pytest.fixture
def rules(tmp_path: Path) -> str:
    path = tmp_path / "rules.toml"
    path.write_text(RULES, "utf-8")
    return str(path)


def test_check_prints_one_verdict_for_each_message(rules: str) -> None:
    given = lines(message(1, "bonjour"), message(2, "c0nn4rd !"), {**message(3, "pute \ud800"), "id": 3})
    done = tractage("check", "--rules", rules, given=given)
    assert done.returncode == 0, done.stderr
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(each["id"], each["verdict"], each["rule"]) for each in told] == [
        ("m1", "allow", None),
        ("m2", "remove", "connard"),
        (3, "flag", "x"),
    ]
    assert told[0]["evidence"] is None
    assert told[1]["evidence"] == {"found": "c0nn4rd", "span": [0, 7], "disguises": ["leet"]}


def test_check_joins_the_messages_of_one_author(rules: str) -> None:
    given = lines(
        message(1, "conn", t="2027-04-17T20:00:00+02:00"), message(2, "ard", t="2027-04-17T18:00:05Z")
    )
    told = [json.loads(line) for line in tractage("check", "--rules", rules, given=given).stdout.splitlines()]
    assert told[1]["verdict"] == "remove"
    assert told[1]["evidence"]["messages"] == ["m1", "m2"]


def test_check_has_rules_of_its_own() -> None:
    done = tractage("check", given=lines(message(1, "sale arabe"), message(2, "une analyse")))
    assert [json.loads(line)["verdict"] for line in done.stdout.splitlines()] == ["quarantine", "allow"]


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        (b"{oops\n", "messages: line 2: not valid JSON"),
        (b"[1]\n", "messages: line 2: expected a JSON object, found a list"),
        (b'{"id":"a","author":"b","t":1}\n', "messages: line 2: the field 'text' is missing"),
        (b'{"id":"a","author":"b","text":4,"t":1}\n', "line 2: text: expected a text, found a number"),
        (
            b'{"id":"a","author":"b","text":"c","t":"noon"}\n',
            "line 2: t: expected seconds or an ISO 8601 time",
        ),
        (b'{"id":"a","author":"b","text":"c","t":NaN}\n', "line 2: not valid JSON: NaN"),
        (b'{"id":true,"author":"b","text":"c","t":1}\n', "line 2: id: expected a text or a whole number"),
        (b"\xff\xfe\n", "line 2: not UTF-8 at byte 1"),
        (b"[" * 100_000 + b"\n", "line 2: "),
        (b'{"id":"a","author":"b","text":"c","t":1e999}\n', "line 2: t: "),
    ],
)
def test_a_bad_line_is_named(rules: str, bad: bytes, said: str) -> None:
    done = tractage("check", "--rules", rules, given=lines(message(1, "connard")) + bad)
    assert done.returncode == 2
    assert json.loads(done.stdout)["verdict"] == "remove"
    error = done.stderr.decode()
    assert error.startswith("tractage: ")
    assert said in error
    assert error.count("\n") == 1


def test_bad_rules_are_named(tmp_path: Path) -> None:
    path = tmp_path / "rules.toml"
    path.write_text('[[patterns]]\nre2 = "(?=a)"\naction = "flag"\n', "utf-8")
    done = tractage("check", "--rules", str(path))
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"RE2 refuses" in done.stderr
    assert done.stderr.count(b"\n") == 1


def test_a_file_that_is_not_there_is_named_in_one_line(tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "tractage.cli.main",
        "guard",
        "check",
        "--rules",
        str(tmp_path / "none.toml"),
    ]
    done = subprocess.run(command, input=b"", capture_output=True, check=False, timeout=120)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode().startswith("tractage: ")
    assert done.stderr.count(b"\n") == 1
    assert tractage("check", "--rules", str(tmp_path)).returncode == 2


def test_replay_shows_the_ladder_of_a_simulated_raid(tmp_path: Path) -> None:
    events = tmp_path / "events.jsonl"
    events.write_bytes(tractage("simulate", "raid", "--seed", "4").stdout)
    done = tractage("replay", str(events))
    assert done.returncode == 0, done.stderr
    told = [json.loads(line) for line in done.stdout.splitlines()]
    steps = [each for each in told if each["action"] == "step"]
    path = [next(fact["found"] for fact in each["evidence"] if fact["what"] == "to") for each in steps]
    assert {"gate", "lockdown"} & set(path)
    assert path[-1] == "calm"
    assert all(each["why"] and each["evidence"] for each in told)
    assert not any(each["action"] == "ban" for each in told)
    assert [each["t"] for each in told] == sorted(each["t"] for each in told)


@pytest.mark.parametrize(
    ("records", "said"),
    [
        ([{"kind": "join", "t": 1}], "line 1: the field 'name' is missing"),
        ([{"kind": "fly", "t": 1}], "line 1: kind: found 'fly', expected one of join, leave, message"),
        (
            [{"kind": "leave", "t": 2, "member": "a"}, {"kind": "leave", "t": 1, "member": "a"}],
            "line 2: t: time goes back",
        ),
        ([{"kind": "leave", "t": 2, "member": "a", "why": "x"}], "line 1: unknown field 'why'"),
        ([{"kind": "join", "t": 1, "member": "a", "name": "b", "created": 9}], "younger than its arrival"),
        ([{"kind": "message", **message(1, "x", pictures=["zz"])}], "pictures: number 1 is not hexadecimal"),
    ],
)
def test_bad_events_are_named(tmp_path: Path, records: list[dict], said: str) -> None:
    path = tmp_path / "events.jsonl"
    path.write_bytes(lines(*records))
    done = tractage("replay", str(path))
    assert done.returncode == 2
    assert said in done.stderr.decode()
    assert done.stderr.count(b"\n") == 1
