"""`tractage demo` and `serve`, run as a person runs them."""

import os
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

BASE = {key: value for key, value in os.environ.items() if not key.startswith(("TRACTAGE_", "DJANGO_"))}


def tractage(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tractage.cli.main", *arguments]
    return subprocess.run(
        command, check=False, env=BASE | environment, capture_output=True, text=True, timeout=280
    )


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, str]:
    """A demo of the closest seat, prepared twice: its folder and what each start said."""
    folder = tmp_path_factory.mktemp("demo")
    said = []
    for _ in range(2):
        run = tractage("demo", "--no-serve", "--top", "1", "--jobs", "1", "--out", str(folder))
        assert run.returncode == 0, run.stderr
        said.append(run.stdout)
    return folder, said[0], said[1]


@pytest.fixture
def database(demo: tuple[Path, str, str]) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(demo[0] / "tractage.sqlite3")
    yield connection
    connection.close()


def test_the_first_start_draws_releases_and_names_the_accounts(demo: tuple[Path, str, str]) -> None:
    first = demo[1]
    assert "5 works imported, 0 already there" in first
    assert "account admin  password " in first
    assert "account membre  password " in first
    assert "http://127.0.0.1:8000/" in first


def test_the_second_start_does_nothing_twice(demo: tuple[Path, str, str]) -> None:
    assert "0 works imported, 5 already there" in demo[2]
    assert "password" not in demo[2]


def test_the_works_are_released_with_every_format(database: sqlite3.Connection) -> None:
    works = database.execute("select kind, status, alt_text, ai from library_work order by kind").fetchall()
    assert [row[:2] for row in works] == [
        ("card", "released"),
        *[("poster", "released")] * 3,
        ("practical", "released"),
    ]
    assert all(len(alt) > 40 and ai == "none" for _kind, _status, alt, ai in works)
    formats = database.execute("select distinct format from library_edition where not preview").fetchall()
    assert {name for (name,) in formats} == {"portrait", "carre", "story", "large", "a4"}
    seats = database.execute("select distinct seat from library_seattarget").fetchall()
    assert seats == [("17-03",)]


def test_passwords_are_not_kept_in_clear(demo: tuple[Path, str, str], database: sqlite3.Connection) -> None:
    password = demo[1].split("account admin  password ")[1].split()[0]
    assert len(password) >= 12
    dump = "\n".join(database.iterdump())
    assert password not in dump
    assert "pbkdf2_sha256$" in dump


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("demo", "--no-serve", "--campaign", "rien.toml"), "rien.toml: cannot be read"),
        (("demo", "--no-serve", "--as-of", "2040-01-01"), "no election on or after"),
        (("serve", "--campaign", "rien.toml", "--port", "0"), "--port"),
    ],
)
def test_a_mistake_is_one_line_and_writes_nothing(
    tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    run = tractage(*arguments, *(("--out", str(tmp_path / "out")) if arguments[0] == "demo" else ()))
    assert run.returncode == 2
    assert said in run.stderr
    assert "Traceback" not in run.stderr
    assert not (tmp_path / "out").exists()


def test_a_taken_port_is_said_before_anything_is_done(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        run = tractage("demo", "--port", str(port), "--out", str(tmp_path / "out"))
    assert run.returncode == 2
    assert f"cannot listen on 127.0.0.1:{port}" in run.stderr
    assert not (tmp_path / "out").exists()


def test_a_wrong_variable_is_named(tmp_path: Path) -> None:
    run = tractage("demo", "--no-serve", "--out", str(tmp_path), TRACTAGE_DEBUG="maybe")
    assert (run.returncode, run.stderr) == (2, "tractage: TRACTAGE_DEBUG: found 'maybe', expected 1 or 0\n")
