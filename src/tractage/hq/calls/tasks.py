"""Work done in the background: each task may run twice."""

from django_tasks import task

from tractage.hq.calls.models import PosterCall, State
from tractage.hq.calls.services import forget_entries, move_call
from tractage.hq.campaigns.clock import now


@task()
def close_calls() -> int:
    """Hand the calls whose last hour has passed to the jury; returns how many."""
    late = list(PosterCall.objects.filter(state=State.OPEN, closes_at__lte=now()))
    for call in late:
        move_call(None, call, State.JURY)
    return len(late)


@task()
def forget_posters() -> int:
    """Remove the files of calls that closed long ago; returns how many."""
    return forget_entries()
