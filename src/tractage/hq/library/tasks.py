"""Work done in the background: each task takes ids only and may run twice."""

import logging

from django_tasks import task

from tractage.hq.campaigns.clock import now
from tractage.hq.library import press
from tractage.hq.library.models import Status, Work
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


@task(queue_name="studio")
def make_previews(work: int) -> bool:
    """Draw the small pictures of a submitted work."""
    return press.run_press(work, press.previews_of, press.IN_REVIEW)


@task(queue_name="studio")
def make_editions(work: int) -> bool:
    """Make and seal the files of an accepted work; its previews too, were they missing."""
    return press.run_press(
        work, press.everything_of, press.ACCEPTED
    )
