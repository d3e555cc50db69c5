"""The shelves app."""

from django.apps import AppConfig


class ShelvesConfig(AppConfig):
    """Registered as tractage.hq.shelves."""

    name = "tractage.hq.shelves"
    label = "shelves"
