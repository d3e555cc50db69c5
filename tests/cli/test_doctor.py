# ruff: noqa: F811
"""`tractage doctor` names what is wrong, in words."""

import csv
import io
import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.cli.instances import BASE, PREPARE, copied_while_written, rows, run, tractage  # noqa: F401 - a fixture used by name

pytestmark = pytest.mark.slow


@pytest.fixture
def examined(copied_while_written: tuple[Path, Path, int, int], tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    assert tractage(folder, "restore", str(copied_while_written[1])).returncode == 0
    return folder


def findings(folder: Path, **environment: str) -> Iterator[dict[str, str]]:
    done = tractage(folder, "doctor", "--format", "csv", **environment)
    assert "Traceback" not in done.stderr
    found = list(csv.DictReader(io.StringIO(done.stdout)))
    assert done.returncode == int(any(one["level"] == "wrong" for one in found))
    yield from found


def test_the_doctor_names_what_is_wrong(examined: Path) -> None:
    from datetime import UTC, datetime, timedelta

    lost = next(path for path in (examined / "media").rglob("*.png"))
    lost.unlink()
    (examined / "secret.key").chmod(0o644)
    (examined / "last-copy").write_text((datetime.now(UTC) - timedelta(days=9)).isoformat())
    (examined / ".restore").mkdir()
    connection = sqlite3.connect(examined / "tractage.sqlite3")
    connection.execute("delete from django_migrations where app = 'sessions'")
    connection.commit()
    connection.close()
    said = {
        (one["subject"], one["words"])
        for one in findings(
            examined,
            TRACTAGE_SITE_URL="http://campagne.example",
            TRACTAGE_DEBUG="1",
            TRACTAGE_HOSTS="autre.example",
        )
        if one["level"] == "wrong"
    }
    words = " | ".join(f"{subject}: {text}" for subject, text in sorted(said))
    for expected in (
        "settings: debug pages are on",
        "settings: the site does not answer to its own address campagne.example",
        "settings: http://campagne.example sends passwords in clear",
        "key: secret.key can be read by others",
        "data folder: a restore was begun and not ended",
        "built files: not built: the static files",
        "database: 1 migrations are to be made, first sessions.0001_initial",
        "copies: the last one is 9 days old",
    ):
        assert expected in words, words
    connection = sqlite3.connect(examined / "tractage.sqlite3")
    connection.execute(
        "insert into django_migrations (app, name, applied) values ('sessions', '0001_initial', '2026-01-01')"
    )
    connection.commit()
    connection.close()
    words = " | ".join(f"{one['subject']}: {one['words']}" for one in findings(examined))
    assert "works: 1 files are missing, first editions/" in words
    assert "worker: it has never run here" in words


def test_a_mended_instance_is_well(examined: Path) -> None:
    from datetime import UTC, datetime

    assert (
        run(
            examined, PREPARE + "from tractage.conf.boot import bring_up_to_date; bring_up_to_date()"
        ).returncode
        == 0
    )
    (examined / "worker.beat").write_text(datetime.now(UTC).isoformat())
    found = list(findings(examined))
    assert {one["level"] for one in found} == {"ok", "note"}
    done = tractage(examined, "doctor", "--format", "json")
    assert (done.returncode, {one["subject"] for one in json.loads(done.stdout)}) == (
        0, {"settings", "key", "data folder", "disk", "built files", "time", "database", "worker", "campaign",
            "law", "works", "copies", "discord"},
    )  # fmt: skip


def test_a_wrong_setting_and_a_missing_folder_are_findings(tmp_path: Path) -> None:
    [one] = findings(tmp_path, TRACTAGE_HTTPS="maybe")
    assert (one["subject"], one["level"]) == ("settings", "wrong")
    assert one["words"] == "TRACTAGE_HTTPS: found 'maybe', expected 1 or 0"
    [one] = findings(tmp_path / "nowhere")
    assert one["words"] == f"{tmp_path / 'nowhere'} does not exist"
    assert not (tmp_path / "nowhere").exists()
    said = " ".join(one["words"] for one in findings(tmp_path))
    assert "tractage.sqlite3 does not exist yet" in said
    assert not (tmp_path / "tractage.sqlite3").exists()
