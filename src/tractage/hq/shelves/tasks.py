"""What the worker does for the shelves."""

from django_tasks import task

from tractage.hq.campaigns.selectors import current_campaign
from tractage.hq.shelves import album


@task(queue_name="studio")
def print_album(pk: int) -> bool:
    """Set the cards of a print on sheets."""
    return album.make_print(pk)


@task()
def refresh_album() -> int:
    """Ask for the prints that the cards of now lack, and let go of those they have replaced."""
    campaign = current_campaign()
    if campaign is None:
        return 0
    album.remove_old_prints(campaign)
    wanted = album.wanted_prints(campaign)
    for one in wanted:
        print_album.enqueue(one.pk)
    return len(wanted)
