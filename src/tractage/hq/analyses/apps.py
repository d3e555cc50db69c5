"""The analyses app."""

from django.apps import AppConfig


class AnalysesConfig(AppConfig):
    """Registered as tractage.hq.analyses."""

    name = "tractage.hq.analyses"
    label = "analyses"
