"""Instances in folders of their own, run as an operator runs them."""

import os
import resource
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

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
        copy = tmp_path_factory.mktemp("copy") / "copy.tar"
        done = tractage(folder, "backup", str(copy))
        [(after,)] = rows(folder, "select count(*) from library_work")
    finally:
        writer.kill()
        writer.wait()
    assert done.returncode == 0, done.stderr
    assert "it holds the keys of the instance" in done.stdout
    return folder, copy, int(str(before)), int(str(after))
