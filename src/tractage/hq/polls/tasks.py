"""What the worker does for polls."""

import logging

from django_tasks import task

log = logging.getLogger(__name__)


@task(queue_name="studio")
def compute_trends(table: int) -> int:
    """Compute the trends of a table; a fault is kept beside the table, in words."""
    from tractage.hq.polls.models import Computing, PollTable
    from tractage.hq.polls.services import make_trends

    try:
        return make_trends(table)
    except Exception as error:
        words = str(error)[:300] or type(error).__name__
        PollTable.objects.filter(pk=table).update(status=Computing.FAILED, error=words)
        log.exception("trends of table %s", table)
        raise
