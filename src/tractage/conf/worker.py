"""The background worker: runs the tasks that the site asks for, looks after what comes round by the clock."""

import logging
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, close_old_connections
from django.utils import timezone
from django.utils.crypto import get_random_string

from tractage.conf.copies.names import BEAT
from tractage.conf.prepare import write_whole

log = logging.getLogger(__name__)
QUEUES = ["default", "studio"]
ROUND_SECONDS = 30
STALE = timedelta(hours=1)
"""A task that runs for longer than any task does was left by a machine that is no longer there."""
REST_SECONDS = 5


def worker_name() -> str:
    """A name that says where the worker runs, so that another can tell whether it still does."""
    return f"{socket.gethostname()[:32]}:{os.getpid()}:{get_random_string(8)}"


def requeue_left_tasks() -> int:
    """Give back the tasks whose worker is gone; they may run twice, so they run again."""
    from django_tasks_db.models import DBTaskResult

    left = 0
    for task in DBTaskResult.objects.filter(status="RUNNING"):
        started = task.started_at or task.enqueued_at
        if _is_gone(task.worker_ids) or started < timezone.now() - STALE:
            # Only if nobody else has touched it since it was read.
            left += DBTaskResult.objects.filter(
                pk=task.pk, status="RUNNING", started_at=task.started_at
            ).update(status="READY", started_at=None)
    if left:
        log.warning("%s tasks were left by a worker that is gone: they run again", left)
    return left


def beat() -> None:
    """Leave a sign of life in the data folder, for `tractage doctor`."""
    write_whole(Path(settings.TRACTAGE.data_dir) / BEAT, timezone.now().isoformat().encode())


def last_beat() -> datetime | None:
    """When a worker of this data folder last gave a sign; None when none ever did."""
    try:
        return datetime.fromisoformat((Path(settings.TRACTAGE.data_dir) / BEAT).read_text())
    except (FileNotFoundError, ValueError):
        return None


def sweep_half_files() -> int:
    """Remove what a process killed while it wrote a file left: never served, of no use after an hour."""
    old, swept = time.time() - STALE.total_seconds(), 0
    for file in Path(settings.MEDIA_ROOT).glob("*/.part-*"):
        if file.stat().st_mtime < old:
            file.unlink(missing_ok=True)
            swept += 1
    return swept


def make_rounds() -> None:
    """What nobody asks for: late releases, tabs whose time is up, tasks and presses that were left."""
    from tractage.hq.calls.tasks import close_calls, forget_posters
    from tractage.hq.library.tasks import forget_shares, release_waiting_works, restart_left_presses
    from tractage.hq.missions.tasks import expire_claims
    from tractage.hq.requests.tasks import purge_contacts
    from tractage.hq.safety.tasks import expire_safety_data, lapse_sanctions
    from tractage.hq.shelves.tasks import refresh_album
    from tractage.hq.sightings.tasks import (
        ask_for_prints,
        expire_audits,
        purge_sightings,
        restart_left_runs,
        take_in_shares,
    )

    requeue_left_tasks()
    sweep_half_files()
    for task in (
        release_waiting_works,
        expire_claims,
        restart_left_presses,
        lapse_sanctions,
        expire_safety_data,
        refresh_album,
        purge_contacts,
        close_calls,
        forget_posters,
        forget_shares,
    ):
        task.call()
    take_in_shares.call()
    for call in (expire_audits.call, ask_for_prints.call, restart_left_runs.call, purge_sightings.call):
        call()


def run_worker(*, once: bool = False) -> None:
    """Run tasks until interrupted (`once`: until none is left); a failing database is tried again."""
    from django_tasks_db.management.commands.db_worker import Worker

    stop = threading.Event()
    if once:
        make_rounds()
    else:
        threading.Thread(target=_rounds, args=(stop,), daemon=True).start()
    worker = Worker(
        queue_names=QUEUES,
        interval=1,
        batch=once,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=worker_name(),
        excluded_queue_names=[],
    )
    worker.configure_signals()
    try:
        while worker.running:
            try:
                worker.run()
            except DatabaseError:
                log.exception("the database does not answer: trying again in %s s", REST_SECONDS)
                time.sleep(REST_SECONDS)
                continue
            break
    finally:
        stop.set()
        worker.reset_signals()


def _rounds(stop: threading.Event) -> None:
    while not stop.is_set():
        close_old_connections()
        try:
            beat()
            make_rounds()
        except Exception:
            log.exception("a round failed: the next one tries again")
        stop.wait(ROUND_SECONDS)


def _is_gone(names: list[str]) -> bool:
    """Whether the last worker of a task ran on this machine and no longer does."""
    host, _sign, rest = (names[-1] if names else "").partition(":")
    number = rest.partition(":")[0]
    if host != socket.gethostname()[:32] or not number.isdigit():
        return False
    if int(number) == os.getpid():
        return False
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


@contextmanager
def worker_beside() -> Iterator[None]:
    """Keep a worker running in a process of its own, which ends with this one however it ends."""
    command = [sys.executable, "-m", "tractage.conf.worker", str(os.getpid())]
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL)
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(timeout=REST_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _beside(parent: int) -> None:
    from tractage.conf.boot import start_django

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
    start_django()
    run_worker()


if __name__ == "__main__":
    _beside(int(sys.argv[1]))
