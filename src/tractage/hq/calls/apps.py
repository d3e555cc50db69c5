"""The calls app."""

from django.apps import AppConfig


class CallsConfig(AppConfig):
    """Registered as tractage.hq.calls."""

    name = "tractage.hq.calls"
    label = "calls"
