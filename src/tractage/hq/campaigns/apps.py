"""The campaigns app."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class CampaignsConfig(AppConfig):
    """Registered as tractage.hq.campaigns."""

    name = "tractage.hq.campaigns"
    label = "campaigns"

    def ready(self) -> None:
        """Read each app's module `dates`: what it adds to the calendar."""
        autodiscover_modules("dates")
