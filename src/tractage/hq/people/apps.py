"""The people app."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class PeopleConfig(AppConfig):
    """Registered as tractage.hq.people."""

    name = "tractage.hq.people"
    label = "people"

    def ready(self) -> None:
        """Read each app's module `personal`: what it keeps about a member."""
        autodiscover_modules("personal")
