"""What the worker does for missions."""

from django_tasks import task

from tractage.hq.missions import claims


@task()
def expire_claims() -> int:
    """Mark the tabs whose time is up."""
    return claims.expire_claims()
