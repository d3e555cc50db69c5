"""What the worker does for sightings: prints, estimates, expiry. Each task may run twice."""

import logging

from django_tasks import task

from tractage.hq.campaigns.models import Campaign
from tractage.hq.campaigns.selectors import current_campaign
from tractage.hq.sightings import audits, keeping, prints, reach, shares
from tractage.hq.sightings.kinds import RunStatus
from tractage.hq.sightings.models import ReachRun

log = logging.getLogger(__name__)


@task()
def compute_reach(run: int) -> bool:
    """Estimate posts and views of a run."""
    return reach.run_reach(run)


@task(queue_name="studio")
def refresh_prints(campaign: int) -> int:
    """Take the prints of the works that the index lacks."""
    found = Campaign.objects.filter(pk=campaign).first()
    return prints.refresh(found) if found and prints.can_match() else 0


@task()
def ask_for_prints() -> bool:
    """Have the prints of newly released works taken, unless that is asked for already."""
    campaign = current_campaign()
    if (
        campaign is None
        or not prints.can_match()
        or _is_asked(refresh_prints)
        or not prints.anything_missing(campaign)
    ):
        return False
    refresh_prints.enqueue(campaign.pk)
    return True


@task()
def restart_left_runs() -> int:
    """Ask again for estimates whose task was lost."""
    left = [
        pk
        for pk in ReachRun.objects.filter(status=RunStatus.WAITING).values_list("pk", flat=True)
        if not _is_asked(compute_reach, pk)
    ]
    for pk in left:
        compute_reach.enqueue(pk)
    return len(left)


@task()
def take_in_shares() -> int:
    """Bring the posts that people declared into list A."""
    return shares.take_in_shares()


@task()
def expire_audits() -> int:
    """Put back the drawn searches whose day is over."""
    return audits.expire_tasks()


@task()
def purge_sightings() -> dict[str, int]:
    """Let go of what is past its time."""
    return keeping.purge()


def _is_asked(of: object, *args: int) -> bool:
    """Whether the queue holds this task, waiting or running."""
    from django_tasks_db.models import DBTaskResult

    waiting = DBTaskResult.objects.filter(
        status__in=["READY", "RUNNING"],
        task_path=of.module_path,  # type: ignore[attr-defined]
    )
    return any(not args or list(args) == one.args_kwargs["args"] for one in waiting)
