"""Work done in the background: each task may run twice."""

from django_tasks import task

from tractage.hq.requests import contact


@task()
def purge_contacts() -> int:
    """Remove the contacts of teams that have served; returns how many."""
    return contact.purge()
