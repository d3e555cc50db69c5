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
    """Take the prints of some works that the index lacks, and ask for the next slice while any is left.

    One chain at a time: a second one that finds another waiting or running ends there.
    """
    found = Campaign.objects.filter(pk=campaign).first()
    if found is None or not prints.can_match():
        return 0
    added = prints.refresh(found)
    if prints.missing(found) and len(_asked(refresh_prints)) < 2:  # this very task is one of them
        refresh_prints.enqueue(campaign)
    return added


@task()
def ask_for_prints() -> bool:
    """Have the prints of newly released works taken, unless that is asked for already."""
    campaign = current_campaign()
    if (
        campaign is None
        or not prints.can_match()
        or _asked(refresh_prints)
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
        if not _asked(compute_reach, pk)
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


def _asked(of: object, *args: int) -> list[str]:
    """The tasks of this kind that the queue holds, waiting or running."""
    from django_tasks_db.models import DBTaskResult

    waiting = DBTaskResult.objects.filter(
        status__in=["READY", "RUNNING"],
        task_path=of.module_path,  # type: ignore[attr-defined]
    )
    return [str(one.pk) for one in waiting if not args or list(args) == one.args_kwargs["args"]]
