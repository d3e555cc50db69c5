"""Releases that wait for an hour, for the calendar."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tractage.hq.campaigns.agenda import AgendaDate, register_dates
from tractage.hq.campaigns.models import Campaign
from tractage.hq.library.models import Status, Work


def releases(campaign: Campaign, since: datetime, until: datetime) -> Iterator[AgendaDate]:
    """The accepted works that come out by themselves; those who read works know their titles."""
    works = Work.objects.filter(
        campaign=campaign, status=Status.ACCEPTED, release_after__gte=since, release_after__lt=until
    )
    for work in works.only("title", "release_after").order_by("release_after", "pk"):
        assert work.release_after is not None  # asked for
        yield AgendaDate(
            f"work-{work.pk}",
            work.release_after,
            _("“%(title)s” comes out") % {"title": work.title},
            url=reverse("desk_work", args=[work.pk]),
            permission="library.see_queue",
        )


register_dates("sorties", gettext_lazy("Releases"), releases)
