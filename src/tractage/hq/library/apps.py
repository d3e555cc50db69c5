"""The library app."""

from django.apps import AppConfig


class LibraryConfig(AppConfig):
    """Registered as tractage.hq.library."""

    name = "tractage.hq.library"
    label = "library"
