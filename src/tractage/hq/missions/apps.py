"""The missions app."""

from django.apps import AppConfig


class MissionsConfig(AppConfig):
    """Registered as tractage.hq.missions."""

    name = "tractage.hq.missions"
    label = "missions"
