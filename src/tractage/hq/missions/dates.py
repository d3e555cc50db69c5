"""Deadlines of missions, for the calendar."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tractage.hq.campaigns.agenda import AgendaDate, register_dates
from tractage.hq.campaigns.models import Campaign
from tractage.hq.missions.models import Brief, BriefStatus


def deadlines(campaign: Campaign, since: datetime, until: datetime) -> Iterator[AgendaDate]:
    """The deadlines of the open missions."""
    briefs = Brief.objects.filter(
        campaign=campaign, status=BriefStatus.OPEN, deadline__gte=since, deadline__lt=until
    )
    for brief in briefs.only("title", "deadline").order_by("deadline", "pk"):
        assert brief.deadline is not None  # asked for
        text = _("Deadline of “%(title)s”") % {"title": brief.title}
        yield AgendaDate(f"brief-{brief.pk}", brief.deadline, text, url=brief.get_absolute_url())


register_dates("missions", gettext_lazy("Missions"), deadlines)
