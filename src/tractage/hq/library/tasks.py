"""Work done in the background: each task takes ids only and may run twice."""

import logging

from django_tasks import task

from tractage.hq.campaigns.clock import now
from tractage.hq.library import press, sharing
from tractage.hq.library.models import Press, Status, Work
from tractage.hq.library.refusals import ReleaseRefused
from tractage.hq.library.services import release_work

log = logging.getLogger(__name__)


@task()
def release_waiting_works() -> int:
    """Release the accepted works whose hour has come; one that the law still holds waits for the next run."""
    released = 0
    for work in Work.objects.filter(status=Status.ACCEPTED, release_after__lte=now()):
        try:
            release_work(None, work)
            released += 1
        except ReleaseRefused as refusal:
            log.info("work %s waits: %s", work.pk, refusal)
    return released


@task()
def forget_shares() -> int:
    """After the election, forget where works were posted; returns how many shares it concerned."""
    return sharing.forget_after_election()


@task(queue_name="studio")
def make_previews(work: int) -> bool:
    """Draw the small pictures of a submitted work."""
    return press.run_press(work, press.previews_of, press.IN_REVIEW)


@task(queue_name="studio")
def make_editions(work: int) -> bool:
    """Make and seal the files of an accepted work; its previews too, were they missing."""
    return press.run_press(work, press.everything_of, press.ACCEPTED)


@task()
def restart_left_presses() -> int:
    """Ask again for the files of works whose task was never kept, or was lost with its database."""
    from datetime import timedelta

    from django.utils import timezone
    from django_tasks_db.models import DBTaskResult

    waiting = Work.objects.filter(press=Press.WAITING, status__in=[*press.IN_REVIEW, *press.ACCEPTED])
    asked = DBTaskResult.objects.filter(status__in=["READY", "RUNNING"], queue_name="studio")
    known = {one.args_kwargs["args"][0] for one in asked.iterator() if one.args_kwargs["args"]}
    known |= {
        one.args_kwargs["args"][0]
        for one in DBTaskResult.objects.filter(
            queue_name="studio", enqueued_at__gte=timezone.now() - timedelta(minutes=2)
        )
        if one.args_kwargs["args"]
    }
    again = 0
    for work in waiting:
        if work.pk not in known:
            (make_editions if work.status == Status.ACCEPTED else make_previews).enqueue(work.pk)
            again += 1
    return again
