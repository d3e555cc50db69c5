"""What the worker does for operations."""

from django_tasks import task


@task(queue_name="studio")
def print_sheet(operation: int) -> bool:
    """Print the briefing sheet ahead, so that it opens at once; False when the operation is gone."""
    from tractage.hq.operations.models import Operation
    from tractage.hq.operations.sheet import sheet_of

    found = Operation.objects.filter(pk=operation).first()
    if found is None:
        return False
    sheet_of(found)
    return True
