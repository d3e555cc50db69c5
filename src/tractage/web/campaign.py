"""The campaign that a page speaks of, read once a request."""

from django.http import Http404, HttpRequest

from tractage.hq.campaigns.models import Campaign
from tractage.hq.campaigns.selectors import current_campaign

UNREAD = object()


def campaign_of(request: HttpRequest) -> Campaign | None:
    """The current campaign, None before one is loaded."""
    found = getattr(request, "_campaign", UNREAD)
    if found is UNREAD:
        found = current_campaign()
        request._campaign = found  # type: ignore[attr-defined]
    return found  # type: ignore[return-value]


def served(request: HttpRequest) -> Campaign:
    """The current campaign. Raises Http404 before one is loaded."""
    campaign = campaign_of(request)
    if campaign is None:
        raise Http404("no campaign is loaded: tractage demo, or tractage serve --campaign FILE")
    return campaign
