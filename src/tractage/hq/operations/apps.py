"""The operations app."""

from django.apps import AppConfig


class OperationsConfig(AppConfig):
    """Registered as tractage.hq.operations."""

    name = "tractage.hq.operations"
    label = "operations"
