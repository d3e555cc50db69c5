"""The safety app."""

from django.apps import AppConfig


class SafetyConfig(AppConfig):
    """Registered as tractage.hq.safety."""

    name = "tractage.hq.safety"
    label = "safety"
