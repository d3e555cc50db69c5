"""The exchange app."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """Registered as tractage.hq.exchange."""

    name = "tractage.hq.exchange"
    label = "exchange"
