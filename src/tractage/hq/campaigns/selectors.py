"""Reads about the campaign."""

from collections.abc import Iterable

from tractage.hq.campaigns.models import AuditLine, Campaign


def current_campaign() -> Campaign | None:
    """The campaign that this instance serves, or None before one is loaded."""
    return Campaign.objects.filter(current=True).first()


def latest_line(verbs: Iterable[str] = ()) -> int:
    """Number of the last line of the log, of these verbs when some are named; 0 when there is none."""
    lines = AuditLine.objects.order_by("-pk")
    if names := list(verbs):
        lines = lines.filter(verb__in=names)
    return lines.values_list("pk", flat=True).first() or 0
