"""The web app: template tags, static files, templates."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Registered as tractage.web."""

    name = "tractage.web"
    label = "web"
