"""Start the Discord bot, or print and make its server's layout, from a command."""

import asyncio
import importlib
from collections.abc import Callable
from typing import Any

from tractage.conf.environment import Environment
from tractage.domain.errors import InputError


def _running() -> Any:
    """The bot's own module, read once Django is set up: faces do not import each other."""
    return importlib.import_module("tractage.bot.running")


def _settings() -> Environment:
    from django.conf import settings

    found: Environment = settings.TRACTAGE
    return found


def run_bot() -> None:
    """Run the bot until SIGTERM or Ctrl-C. Raises InputError when its token or its server is not set."""
    _needed(_settings())
    asyncio.run(_running().supervise(_settings()))


def plan_server() -> list[dict[str, str]]:
    """What `apply` would do; against the actual server when a token is there, else on a new one."""
    settings = _settings()
    if settings.discord_token is None or settings.discord_guild is None:
        rows: list[dict[str, str]] = _running().plan_of_new_server()
        return rows
    found: list[dict[str, str]] = asyncio.run(_running().plan_of_server(settings))
    return found


def apply_server(tell: Callable[[dict[str, str]], None]) -> list[dict[str, str]]:
    """Make the layout on the community's server; `tell` gets each line as it is done."""
    _needed(_settings())
    found: list[dict[str, str]] = asyncio.run(_running().apply_to_server(_settings(), tell))
    return found


def _needed(settings: Environment) -> None:
    for name, value in (
        ("TRACTAGE_DISCORD_TOKEN", settings.discord_token),
        ("TRACTAGE_DISCORD_GUILD", settings.discord_guild),
    ):
        if value is None:
            raise InputError(f"{name}: not set; docs/operator/discord.md says where to find it")
