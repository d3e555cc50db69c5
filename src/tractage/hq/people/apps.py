"""The people app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Registered as tractage.hq.people."""

    name = "tractage.hq.people"
    label = "people"
