"""The campaign that a public page speaks of."""

from django.http import Http404

from tractage.hq.campaigns.models import Campaign
from tractage.hq.campaigns.selectors import current_campaign


def served() -> Campaign:
    """The current campaign. Raises Http404 before one is loaded."""
    campaign = current_campaign()
    if campaign is None:
        raise Http404("no campaign is loaded: tractage demo, or tractage serve --campaign FILE")
    return campaign
