"""Reads about the log: who did what to what, and when."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import QuerySet

from tractage.hq.campaigns.models import AuditLine


@dataclass(frozen=True)
class LogFilter:
    """What one asked of the log; an empty value asks nothing. `who`: a pseudonym, or OPERATOR."""

    who: str = ""
    verb: str = ""
    subject: str = ""
    subject_id: str = ""
    since: date | None = None
    until: date | None = None


OPERATOR = "-"
"""Lines that no member wrote: the operator's commands, what the site does by itself, erased members."""


def log_lines(asked: LogFilter) -> QuerySet[AuditLine]:
    """The lines that answer, the latest first; days are those of the site's clock, both included."""
    lines = AuditLine.objects.select_related("actor").order_by("-pk")
    if asked.who == OPERATOR:
        lines = lines.filter(actor=None)
    elif asked.who:
        lines = lines.filter(actor__pseudonym__iexact=asked.who)
    if asked.verb:
        lines = lines.filter(verb=asked.verb)
    if asked.subject:
        lines = lines.filter(subject=asked.subject)
    if asked.subject_id:
        lines = lines.filter(subject_id=asked.subject_id)
    if asked.since:
        lines = lines.filter(at__gte=_midnight(asked.since))
    if asked.until:
        lines = lines.filter(at__lt=_midnight(asked.until + timedelta(days=1)))
    return lines


def log_verbs() -> list[str]:
    """The verbs that have a line."""
    return sorted(AuditLine.objects.order_by().values_list("verb", flat=True).distinct())


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(0), ZoneInfo(settings.TIME_ZONE))
