"""What the worker does for safety."""

from django_tasks import task

from tractage.hq.safety import expiry, sanctions


@task()
def lapse_sanctions() -> int:
    """Undo what nobody confirmed, end what has had its time."""
    return sanctions.lapse_sanctions()


@task()
def expire_safety_data() -> int:
    """Let go of what is personal, on its day."""
    return expiry.expire_safety_data()
