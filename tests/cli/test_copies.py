# ruff: noqa: F811
"""`tractage backup` and `restore`, run as an operator runs them."""

import io
import json
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest
from tests.cli.instances import BASE, PREPARE, copied_while_written, rows, run, tractage  # noqa: F401 - a fixture used by name

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]
OLD_CAMPAIGN = """
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
state = MigrationExecutor(connection).loader.project_state([("library", "0001_initial")])
state.apps.get_model("campaigns", "Campaign").objects.create(slug="old", name="Ancienne", current=True)
"""


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
