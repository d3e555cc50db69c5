"""The app of the community's server."""

from django.apps import AppConfig


class ServerConfig(AppConfig):
    """What the bot made, and what it has to say."""

    name = "tractage.hq.server"
    label = "server"
