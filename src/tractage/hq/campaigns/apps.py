"""The campaigns app."""

from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    """Registered as tractage.hq.campaigns."""

    name = "tractage.hq.campaigns"
    label = "campaigns"
