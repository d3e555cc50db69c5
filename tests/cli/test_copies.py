"""`tractage backup`, `restore` and `doctor`, run as an operator runs them."""

import csv
import io
import json
import os
import resource
import signal
import sqlite3
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]
BASE = {key: value for key, value in os.environ.items() if not key.startswith(("TRACTAGE_", "DJANGO_"))}
PREPARE = """
from tractage.conf.boot import start_django
start_django()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from tractage.hq.campaigns.campaign_file import read_campaign_file, shipped_campaign
from tractage.hq.campaigns.services import load_campaign
load_campaign(read_campaign_file(shipped_campaign()))
"""
WRITE = """
import sys
from tractage.conf.boot import start_django
start_django()
from django.db import transaction
from tractage.hq.campaigns.models import Campaign
from tractage.hq.library.services import EditionFile, WorkFacts, import_work
campaign, number = Campaign.objects.get(), 0
while True:
    file = EditionFile("portrait", b"%d" % number * 500, "png", "image/png", 8, 10)
    twin = EditionFile("carre", b"%d" % number * 700, "png", "image/png", 8, 8)
    facts = WorkFacts(f"w:{number}", "poster", "Affiche", "Un texte.", "Bob")
    import_work(None, campaign, facts, [file, twin])
    number += 1
    print(number, flush=True)
"""

OLD_CAMPAIGN = """
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
state = MigrationExecutor(connection).loader.project_state([("library", "0001_initial")])
state.apps.get_model("campaigns", "Campaign").objects.create(slug="old", name="Ancienne", current=True)
"""


def run(
    folder: Path, *arguments: str, limit: int = 0, **environment: str
) -> subprocess.CompletedProcess[str]:
    def full_disk() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    return subprocess.run(
        [sys.executable, *(("-c", arguments[0]) if len(arguments) == 1 else ("-m", *arguments))],
        check=False, env=BASE | {"TRACTAGE_DATA_DIR": str(folder)} | environment, capture_output=True,
        text=True, timeout=200, preexec_fn=full_disk if limit else None,
    )  # fmt: skip


def tractage(folder: Path, *arguments: str, **more: object) -> subprocess.CompletedProcess[str]:
    return run(folder, "tractage.cli.main", *arguments, **more)  # type: ignore[arg-type]


def rows(folder: Path, query: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(folder / "tractage.sqlite3")
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


@pytest.fixture(scope="module")
def copied_while_written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, int, int]:
    """An instance, a copy made while a process wrote works, how many there were before and after the copy."""
    folder = tmp_path_factory.mktemp("site")
    made = run(folder, PREPARE)
    assert made.returncode == 0, made.stderr
    environment = BASE | {"TRACTAGE_DATA_DIR": str(folder)}
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITE], env=environment, stdout=subprocess.PIPE, text=True
    )
    assert writer.stdout is not None
    try:
        for _ in range(30):
            writer.stdout.readline()
        [(before,)] = rows(folder, "select count(*) from library_work")
        copy = folder.parent / "copy.tar"
        done = tractage(folder, "backup", str(copy))
        [(after,)] = rows(folder, "select count(*) from library_work")
    finally:
        writer.kill()
        writer.wait()
    assert done.returncode == 0, done.stderr
    assert "it holds the keys of the instance" in done.stdout
    return folder, copy, int(str(before)), int(str(after))


def test_a_copy_made_while_the_site_is_written_to_is_of_one_moment(
    copied_while_written: tuple[Path, Path, int, int], tmp_path: Path
) -> None:
    site, copy, before, after = copied_while_written
    assert after > before >= 30, "nothing was written during the copy"
    back = tmp_path / "back"
    done = tractage(back, "restore", str(copy))
    assert done.returncode == 0, done.stderr
    [(works,)] = rows(back, "select count(*) from library_work")
    assert before <= int(str(works)) <= after
    assert rows(back, "select count(*) from library_edition") == [(2 * int(str(works)),)]
    lines = "select count(*) from campaigns_auditline where verb = 'work.import'"
    assert rows(back, lines) == [(works,)]
    for name, size in rows(back, "select file, bytes from library_edition"):
        assert (back / "media" / str(name)).stat().st_size == size
    assert (back / "secret.key").read_text() == (site / "secret.key").read_text()
    assert rows(back, "select subject from campaigns_auditline where verb = 'instance.restore'")
    assert sorted(one.name for one in back.iterdir()) == ["media", "secret.key", "tractage.sqlite3"]
    assert rows(back, "pragma integrity_check") == [("ok",)]
    again = tractage(back, "restore", str(copy))
    assert (again.returncode, again.stderr.count("\n")) == (2, 1)
    assert "exists already: restore into an empty folder, or replace it with --force" in again.stderr
    (back / "media" / "mine.txt").write_text("x")
    assert tractage(back, "restore", str(copy), "--force").returncode == 0
    assert not (back / "media" / "mine.txt").exists()


@pytest.mark.slow
def test_a_copy_without_secrets_holds_none(
    copied_while_written: tuple[Path, Path, int, int], tmp_path: Path
) -> None:
    site, _copy, _before, _after = copied_while_written
    bare = tmp_path / "bare.tar.gz"
    assert tractage(site, "backup", "--without-secrets", str(bare)).returncode == 0
    with tarfile.open(bare) as tar:
        names = tar.getnames()
    assert "tractage.json" in names
    assert "files/secret.key" not in names
    back = tmp_path / "back"
    done = tractage(back, "restore", str(bare))
    assert "the copy held no keys" in done.stdout
    assert (back / "secret.key").read_text() != (site / "secret.key").read_text()
    again = tractage(site, "backup", str(bare))
    assert (again.returncode, again.stderr) == (
        2, f"tractage: {bare}: exists already: choose another name, or --force\n"
    )  # fmt: skip
    inside = tractage(site, "backup", str(site / "x.tar"))
    assert (inside.returncode, "inside the data folder" in inside.stderr) == (2, True)


@pytest.mark.parametrize("size", [4096, 30_000])
def test_a_full_disk_leaves_nothing(
    copied_while_written: tuple[Path, Path, int, int], tmp_path: Path, size: int
) -> None:
    site, copy, _before, _after = copied_while_written
    done = tractage(site, "backup", str(tmp_path / "new.tar"), limit=size)
    assert (done.returncode, done.stderr.count("\n"), list(tmp_path.iterdir())) == (1, 1, [])
    assert "Traceback" not in done.stderr
    back = tmp_path / "back"
    done = tractage(back, "restore", str(copy), limit=size)
    assert (done.returncode, done.stderr.count("\n")) == (1, 1), done.stderr
    assert [one.name for one in back.iterdir()] == []


@pytest.mark.parametrize("wound", ["cut", "turned", "other"])
def test_a_wounded_copy_is_one_line_and_changes_nothing(
    copied_while_written: tuple[Path, Path, int, int], tmp_path: Path, wound: str
) -> None:
    content = copied_while_written[1].read_bytes()
    file = tmp_path / "copy.tar"
    turned = content[:9000] + bytes([content[9000] ^ 1]) + content[9001:]
    file.write_bytes({"cut": content[: len(content) // 2], "turned": turned, "other": b"holidays"}[wound])
    done = tractage(tmp_path / "back", "restore", str(file))
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert done.stderr.startswith("tractage: copy.tar: ")
    assert not (tmp_path / "back").exists()


@pytest.mark.slow
def test_an_older_copy_is_migrated_and_a_later_one_refused(tmp_path: Path) -> None:
    old, copy, back = tmp_path / "old", tmp_path / "old.tar", tmp_path / "back"
    begun = PREPARE.split("from tractage.hq", maxsplit=1)[0]
    script = begun.replace('"migrate",', '"migrate", "library", "0001",') + OLD_CAMPAIGN
    made = run(old, script)
    assert made.returncode == 0, made.stderr
    done = tractage(old, "backup", str(copy))
    assert done.returncode == 0, done.stderr
    done = tractage(back, "restore", str(copy))
    assert done.returncode == 0, done.stderr
    assert rows(back, "select name from campaigns_campaign") == [("Ancienne",)]
    assert rows(back, "select count(*) from library_review") == [(0,)]
    later = tmp_path / "later.tar"
    with tarfile.open(copy) as source, tarfile.open(later, "w") as target:
        for member in source:
            content = source.extractfile(member).read()  # type: ignore[union-attr]
            if member.name == "tractage.json":
                content = content.replace(b'"library.0001_initial"', b'"library.9999_later"')
                member.size = len(content)
            target.addfile(member, io.BytesIO(content))
    refused = tractage(tmp_path / "none", "restore", str(later))
    assert (refused.returncode, refused.stderr.count("\n")) == (2, 1)
    assert "needs its migration library.9999_later: install that version or a later one" in refused.stderr
    assert list((tmp_path / "none").iterdir()) == []


@pytest.mark.slow
def test_a_killed_restore_is_not_begun_or_whole(
    copied_while_written: tuple[Path, Path, int, int], tmp_path: Path
) -> None:
    copy = copied_while_written[1]
    back = tmp_path / "back"
    command = [sys.executable, "-m", "tractage.cli.main", "restore", str(copy), "--force"]
    environment = BASE | {"TRACTAGE_DATA_DIR": str(back)}
    for wait in (0.7, 1.5, 2.5):
        process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE)
        try:
            process.wait(wait)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if (back / "tractage.sqlite3").exists():
            signed = rows(back, "select count(*) from campaigns_auditline where verb = 'instance.restore'")
            assert signed == [(1,)]
    done = tractage(back, "restore", str(copy), "--force")
    assert done.returncode == 0, done.stderr
    assert not (back / ".restore").exists()
    assert rows(back, "select count(*) > 20 from library_edition") == [(1,)]


SERVER = """
import subprocess, sys
def tractage(folder, *words, here=True):
    import os
    environment = {k: v for k, v in os.environ.items() if here or k != "TRACTAGE_DATABASE_URL"}
    environment["TRACTAGE_DATA_DIR"] = folder
    done = subprocess.run([sys.executable, "-m", "tractage.cli.main", *words], env=environment,
                          capture_output=True, text=True)
    print(done.returncode, done.stderr[-300:], done.stdout[-300:])
    return done
top, copy = sys.argv[1:]
assert tractage(top + "/pg", "restore", copy).returncode == 0
assert tractage(top + "/other", "restore", copy).returncode == 2
assert tractage(top + "/pg", "restore", copy, "--force").returncode == 0
assert tractage(top + "/pg", "backup", top + "/pg.tar").returncode == 0
assert "PostgreSQL" in tractage(top + "/pg", "doctor", "--format", "csv").stdout
assert tractage(top + "/back", "restore", top + "/pg.tar", here=False).returncode == 0
"""


def read(row: tuple[object, ...]) -> list[object]:
    """A row with its JSON read: PostgreSQL keeps keys in an order of its own."""
    return [json.loads(one) if isinstance(one, str) and one[:1] in tuple("[{") else one for one in row]


@pytest.mark.postgres
@pytest.mark.long
def test_a_copy_goes_to_postgresql_and_back(
    copied_while_written: tuple[Path, Path, int, int], tmp_path: Path
) -> None:
    copy = copied_while_written[1]
    command = [str(ROOT / "scripts/with-postgres"), sys.executable, "-c", SERVER, str(tmp_path), str(copy)]
    done = subprocess.run(command, check=False, env=BASE, capture_output=True, text=True, timeout=300)
    if "no PostgreSQL server" in done.stderr:
        pytest.skip("no PostgreSQL server: copies between engines are not tested")
    assert done.returncode == 0, done.stdout + done.stderr
    straight = tmp_path / "straight"
    assert tractage(straight, "restore", str(copy)).returncode == 0
    for table in ("library_work", "library_edition", "campaigns_campaign", "auth_permission"):
        query = f"select * from {table} order by id"
        assert [read(row) for row in rows(tmp_path / "back", query)] == [
            read(row) for row in rows(straight, query)
        ]
    assert not (tmp_path / "other" / "media").exists()


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
