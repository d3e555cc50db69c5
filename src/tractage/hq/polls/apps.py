"""The polls app."""

from django.apps import AppConfig


class PollsConfig(AppConfig):
    """Registered as tractage.hq.polls."""

    name = "tractage.hq.polls"
    label = "polls"
