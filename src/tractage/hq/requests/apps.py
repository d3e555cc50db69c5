"""The requests app."""

from django.apps import AppConfig


class RequestsConfig(AppConfig):
    """Registered as tractage.hq.requests."""

    name = "tractage.hq.requests"
    label = "requests"
