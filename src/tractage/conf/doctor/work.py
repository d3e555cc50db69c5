"""The worker: alive, keeping up, and what it could not do."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone

from tractage.conf.doctor.findings import Finding, fine, note, question, wrong
from tractage.conf.worker import ROUND_SECONDS, last_beat

LATE = timedelta(minutes=10)
RECENT = timedelta(days=7)


@question("worker", on_database=True)
def worker_is_alive() -> Iterator[Finding]:
    """Its last round, what waits, what failed lately."""
    from django_tasks_db.models import DBTaskResult

    beat = last_beat()
    if beat is None or timezone.now() - beat > timedelta(seconds=6 * ROUND_SECONDS):
        since = (
            "has never run here" if beat is None else f"gave its last sign on {beat:%Y-%m-%d at %H:%M} UTC"
        )
        yield wrong(
            "worker", f"it {since}: no file is made, no scheduled work comes out", "start tractage worker"
        )
    else:
        yield fine("worker", f"alive, last round {(timezone.now() - beat).seconds} s ago")
    waiting = DBTaskResult.objects.filter(status="READY")
    number, oldest = waiting.count(), waiting.order_by("enqueued_at").first()
    if oldest and timezone.now() - oldest.enqueued_at > LATE:
        yield wrong(
            "worker",
            f"{number:,} tasks wait, the oldest since {oldest.enqueued_at:%Y-%m-%d %H:%M} UTC",
            "start a second tractage worker, or see why the first is slow",
        )
    elif number:
        yield fine("worker", f"{number:,} tasks wait")
    failed = DBTaskResult.objects.filter(status="FAILED", finished_at__gte=timezone.now() - RECENT)
    if failures := failed.count():
        last = failed.order_by("-finished_at").first()
        what = (
            f"{last.task_path.rsplit('.', 1)[-1]} ({last.exception_class_path.rsplit('.', 1)[-1]})"
            if last
            else ""
        )
        yield wrong(
            "worker",
            f"{failures:,} tasks failed in the last 7 days, the latest {what}",
            "read the worker's log; a work's page on the desk offers to start its files again",
        )
    stopped = _stopped_presses()
    if stopped:
        yield note(
            "worker", f"{stopped} works have files that could not be made", "their pages say so: start again"
        )


def _stopped_presses() -> int:
    from tractage.hq.library.models import Press, Status, Work

    gone = (Status.REFUSED, Status.RECALLED)
    return Work.objects.filter(press=Press.FAILED).exclude(status__in=gone).count()
