"""Kill the worker again and again while it makes files, then let one finish: is everything there, once?

    python benchmarks/worker_kills.py [--kills 50] [--seed 1]
    scripts/with-postgres python benchmarks/worker_kills.py

Each round brings a work, starts a worker, waits until it has taken a task, and kills it (SIGKILL) at a random
moment. At the end one worker runs until nothing waits. Prints what was found; exits with 1 when a job did not
end exactly once, a file is missing, cut or wrong, or a work was lost.
"""

import argparse
import hashlib
import io
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

START = (
    "from tractage.conf.boot import start_django; start_django(); "
    "from tractage.conf.worker import run_worker; "
)
PATIENCE = 120
"""Seconds to wait for a worker on a busy machine."""


def own_database(folder: Path) -> None:
    """Settings of an instance of its own: a folder, and on PostgreSQL a new database on the given server."""
    os.environ |= {"TRACTAGE_DATA_DIR": str(folder), "TRACTAGE_LOG_LEVEL": "WARNING"}
    address = os.environ.get("TRACTAGE_DATABASE_URL", "")
    if address.startswith("postgres"):
        import psycopg

        name = f"kills_{os.getpid()}"
        with psycopg.connect(address, autocommit=True) as server:
            server.execute(f"CREATE DATABASE {name}")
        os.environ["TRACTAGE_DATABASE_URL"] = address.rsplit("/", 1)[0] + f"/{name}"


def poster(seed: int) -> bytes:
    """A poster that no other seed gives."""
    from PIL import Image

    buffer = io.BytesIO()
    picture = Image.new("RGB", (320, 400), (seed * 37 % 256, seed * 101 % 256, 180))
    picture.paste((35, 21, 46), (80, 100, 160, 200))
    picture.save(buffer, "PNG")
    return buffer.getvalue()


class House:
    """A campaign, a maker and two reviewers."""

    def __init__(self) -> None:
        from django.core.management import call_command

        from tractage.hq.campaigns.campaign_file import read_campaign_file, shipped_campaign
        from tractage.hq.campaigns.services import load_campaign
        from tractage.hq.people.models import Member
        from tractage.hq.people.services import accept_charter

        call_command("migrate", verbosity=0)
        self.campaign = load_campaign(read_campaign_file(shipped_campaign()))
        names = (("Bob", "member"), ("Rachid", "reviewer"), ("Rosa", "reviewer"))
        self.bob, *self.readers = (
            Member.objects.create_user(one, standing=standing) for one, standing in names
        )
        accept_charter(self.bob, self.campaign)

    def bring(self, number: int, *, accepted: bool) -> Any:
        """Submit a work; accept it too, so that every edition is to be made."""
        from tractage.hq.library.reviewing import Point, review_work
        from tractage.hq.library.submission import MOVING, WorkContent, draft_work, read_upload, submit_work

        rights = (
            {
                "what": "Dessin",
                "ground": "own",
                "basis": "Je l’ai fait",
                "owner": "",
                "tests": "",
                "proof": "",
            },
        )
        clean = read_upload(poster(number), "affiche.png", MOVING)
        said = WorkContent("poster", f"Affiche {number}", "Un carré sombre.", "Bob", rights=rights)
        work = submit_work(self.bob, draft_work(self.bob, self.campaign, said, clean))
        if accepted:
            for reader in self.readers:
                review_work(reader, work, {point.value: True for point in Point}, "accept")
        return work


def take_and_kill(rng: random.Random, log: Any) -> bool:
    """Start a worker, kill it at a random moment of its work; False when it had nothing left to take."""
    from django_tasks_db.models import DBTaskResult

    worker = subprocess.Popen([sys.executable, "-c", START + "run_worker()"], stdout=log, stderr=log)
    mine, end = f":{worker.pid}:", time.monotonic() + PATIENCE
    try:
        while time.monotonic() < end:
            running = DBTaskResult.objects.filter(status="RUNNING").values_list("worker_ids", flat=True)
            if any(mine in name for names in running for name in names[-1:]):
                time.sleep(rng.uniform(0, 0.9))
                return DBTaskResult.objects.filter(status="RUNNING").exists()
            if not DBTaskResult.objects.filter(status__in=["READY", "RUNNING"]).exists():
                return False
            time.sleep(0.02)
        raise SystemExit("a worker took nothing: see its log")
    finally:
        worker.send_signal(signal.SIGKILL)
        worker.wait()


def faults(brought: int) -> list[str]:
    """What is not as it should be, in words."""
    from django.conf import settings
    from django_tasks_db.models import DBTaskResult

    from tractage.hq.campaigns.models import AuditLine
    from tractage.hq.library.models import Edition, Press, Status, Work

    wrong = [
        f"task {one.task_path} is {one.status}" for one in DBTaskResult.objects.exclude(status="SUCCESSFUL")
    ]
    if Work.objects.count() != brought or AuditLine.objects.filter(verb="work.submit").count() != brought:
        wrong.append(f"{brought} works were brought, {Work.objects.count()} are there")
    wrong += [f"{work} is {work.press}" for work in Work.objects.exclude(press=Press.DONE)]
    media = Path(settings.MEDIA_ROOT)
    for edition in Edition.objects.all():
        file = media / str(edition.file.name)
        content = file.read_bytes() if file.exists() else b""
        if (len(content), hashlib.sha256(content).hexdigest()) != (edition.bytes, edition.sha256):
            wrong.append(f"{edition}: {file.name} is not what its row says")
    wanted = {Status.SUBMITTED: 3, Status.ACCEPTED: 10}
    wrong += [
        f"{work} ({work.status}) has {work.editions.count()} files"
        for work in Work.objects.all()
        if work.editions.count() != wanted[Status(work.status)]
    ]
    half = [file.name for file in media.rglob(".part-*")]
    return wrong + [f"{name} was left" for name in half]


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    rng, killed, brought, begun = random.Random(asked.seed), 0, 0, time.monotonic()
    with tempfile.TemporaryDirectory() as scratch:
        own_database(Path(scratch))
        from tractage.conf.boot import start_django

        start_django()
        from django.db import connection, connections
        from django_tasks_db.models import DBTaskResult

        house = House()
        with (Path(scratch) / "worker.log").open("w") as log:
            while killed < asked.kills:
                house.bring(brought, accepted=brought % 2 == 0)
                brought += 1
                killed += take_and_kill(rng, log)
            for file in (Path(scratch) / "media").rglob(".part-*"):
                os.utime(file, (0, 0))  # as the next day would see it
            left = DBTaskResult.objects.exclude(status="SUCCESSFUL").count()
            last = "from tractage.conf.worker import make_rounds; run_worker(once=True); make_rounds()"
            subprocess.run([sys.executable, "-c", START + last], check=True, stdout=log, stderr=log)
            subprocess.run([sys.executable, "-c", START + last], check=True, stdout=log, stderr=log)
        wrong, tasks = faults(brought), DBTaskResult.objects.count()
        print(
            f"{connection.vendor}: {killed} kills in {time.monotonic() - begun:.0f} s, {brought} works, "
            f"{tasks} tasks, {left} not ended when the last worker was killed"
        )
        connections.close_all()
    print("\n".join(wrong) or "every job ended once, every file is whole, no work was lost")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
