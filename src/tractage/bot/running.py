"""Run the bot under supervision: whatever ends a connection, another one is opened, later and later."""

import asyncio
import contextlib
import logging
import random
import signal
import time
from collections.abc import AsyncIterator, Callable
from typing import Any

import discord
from asgiref.sync import sync_to_async
from yarl import URL

from tractage.bot.client import TractageBot
from tractage.bot.layout import wanted_layout
from tractage.bot.layout_changes import NOTHING, Actual, Applying, Change, Known, plan_changes
from tractage.conf.environment import Environment
from tractage.domain.errors import InputError, TractageError

log = logging.getLogger(__name__)
FIRST_WAIT, LONGEST_WAIT, STEADY_SECONDS = 2.0, 300.0, 120.0
"""Seconds before another try; a connection that held for the last of them starts the series again."""

Row = dict[str, str]


def use_addresses(settings: Environment) -> None:
    """Speak to another API or gateway than Discord's, when the settings name one."""
    if settings.discord_api:
        discord.http.Route.BASE = settings.discord_api
    if settings.discord_gateway:
        discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = URL(settings.discord_gateway)


async def supervise(settings: Environment, make: Callable[[], TractageBot] | None = None) -> None:
    """Run until a signal says stop. A refused token or a missing intent ends it: waiting mends neither.

    Raises InputError for these two, in words.
    """
    use_addresses(settings)
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        with contextlib.suppress(NotImplementedError, RuntimeError, ValueError):
            loop.add_signal_handler(name, stop.set)
    wait, last = FIRST_WAIT, ""
    while not stop.is_set():
        started = time.monotonic()
        bot = make() if make else new_bot(settings)
        bot.last_fault = last
        last = await _one_life(bot, settings, stop)
        if stop.is_set():
            return
        wait = FIRST_WAIT if time.monotonic() - started > STEADY_SECONDS else min(wait * 2, LONGEST_WAIT)
        pause = wait * random.uniform(0.8, 1.2)
        log.error("the bot's connection ended (%s); another one in %.0f s", last, pause)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), pause)


async def _one_life(bot: TractageBot, settings: Environment, stop: asyncio.Event) -> str:
    """One connection, resumed by discord.py as long as it can be; returns why it ended."""
    running = asyncio.create_task(bot.start(settings.discord_token or "", reconnect=True))
    stopping = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait((running, stopping), return_when=asyncio.FIRST_COMPLETED)
        if not running.done():
            log.info("the bot was asked to stop")
            return ""
        error = running.exception()
    finally:
        stopping.cancel()
        await bot.close()
        running.cancel()
        await asyncio.gather(running, stopping, return_exceptions=True)
    if isinstance(error, discord.LoginFailure):
        raise InputError("TRACTAGE_DISCORD_TOKEN: Discord refuses it; make another one on its page") from None
    if isinstance(error, discord.PrivilegedIntentsRequired):
        raise InputError(
            "TRACTAGE_DISCORD_MESSAGE_CONTENT: Discord refuses the intents; switch « server members » on "
            "for the application, and « message content » too, or set the variable to 0"
        ) from None
    return f"{type(error).__name__}: {error}" if error else "closed"


def new_bot(settings: Environment) -> TractageBot:
    """The bot of the community's server."""
    return TractageBot(settings.discord_guild or 0, message_content=settings.discord_message_content)


def plan_of_new_server() -> list[Row]:
    """What would be made on a server where nothing stands."""
    return [one.row() for one in plan_changes(wanted_layout(), NOTHING, Known.none())]


async def plan_of_server(settings: Environment) -> list[Row]:
    """What would be done on the actual server."""
    async with _visit(settings) as guild:
        layout, known = await _ask(wanted_layout), await _ask(Known)
        return [one.row() for one in plan_changes(layout, await Actual.of(guild), known)]


async def apply_to_server(settings: Environment, tell: Callable[[Row], None]) -> list[Row]:
    """Make the layout."""
    async with _visit(settings) as guild:
        me = discord.Object(guild._state.self_id or 0)
        done = Applying(guild, me, lambda change: tell(change.row()))
        changes: list[Change] = await done.apply(await _ask(wanted_layout))
        return [one.row() for one in changes]


async def _ask(work: Callable[[], Any]) -> Any:
    return await sync_to_async(work, thread_sensitive=True)()


@contextlib.asynccontextmanager
async def _visit(settings: Environment) -> AsyncIterator[discord.Guild]:
    """The server through the API alone, without a gateway."""
    use_addresses(settings)
    client = discord.Client(intents=discord.Intents.none())
    try:
        await client.login(settings.discord_token or "")
        guild = await client.fetch_guild(settings.discord_guild or 0)
        yield guild
    except discord.LoginFailure:
        raise InputError("TRACTAGE_DISCORD_TOKEN: Discord refuses it; make another one on its page") from None
    except discord.NotFound:
        raise InputError("TRACTAGE_DISCORD_GUILD: the bot is not on this server; invite it first") from None
    except discord.Forbidden as error:
        raise TractageError(f"Discord refuses: {error.text}; see the permissions in the guide") from None
    finally:
        await client.close()
