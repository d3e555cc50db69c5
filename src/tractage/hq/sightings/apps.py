"""The sightings app."""

from django.apps import AppConfig


class SightingsConfig(AppConfig):
    """Registered as tractage.hq.sightings."""

    name = "tractage.hq.sightings"
    label = "sightings"
