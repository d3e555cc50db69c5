"""Episodes to come, for the calendar."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tractage.hq.campaigns.agenda import AgendaDate, register_dates
from tractage.hq.campaigns.models import Campaign
from tractage.hq.shelves.models import Episode


def episodes(campaign: Campaign, since: datetime, until: datetime) -> Iterator[AgendaDate]:
    """The episodes that are announced for a date."""
    found = Episode.objects.filter(series__campaign=campaign, at__gte=since, at__lt=until)
    for one in found.select_related("series").order_by("at", "pk"):
        assert one.at is not None  # asked for
        words = {"series": one.series.title, "number": one.number, "title": one.title}
        text = _("%(series)s, episode %(number)s: %(title)s") % words
        yield AgendaDate(f"episode-{one.pk}", one.at, text, url=one.series.get_absolute_url())


register_dates("episodes", gettext_lazy("Episodes"), episodes)
