"""Reads about the campaign."""

from tractage.hq.campaigns.models import Campaign


def current_campaign() -> Campaign | None:
    """The campaign that this instance serves, or None before one is loaded."""
    return Campaign.objects.filter(current=True).first()
