"""What a level of the ladder means on the server; what it replaces is kept, and given back later."""

import logging
from datetime import timedelta
from typing import TYPE_CHECKING

import discord

from tractage.bot.database import in_database
from tractage.domain.guard.ladder import Level
from tractage.hq.server.models import PieceKind
from tractage.hq.server.selectors import pieces
from tractage.hq.server.services import forget_piece, keep_piece

if TYPE_CHECKING:
    from tractage.bot.client import TractageBot

log = logging.getLogger(__name__)
SLOW_SECONDS = 15
OPEN_PLACES = ("counter", "missions", "works")
"""Where people write; the moderators' room and the waiting room keep their pace."""
PAUSE = timedelta(hours=4)
"""Invitations open again by themselves, were the bot not there to do it."""
NO_ANSWER, MAY, MAY_NOT = 0, 1, 2


async def set_level(bot: "TractageBot", level: Level) -> list[str]:
    """Put the server in the state of a level; doing it twice changes nothing. Returns what failed."""
    failed = []
    for key in OPEN_PLACES:
        channel = bot.place(key)
        if channel is None:
            continue
        try:
            await _pace(channel, slow=level >= Level.SLOW)
            await _shut(channel, shut=level >= Level.LOCKDOWN)
        except discord.HTTPException as error:
            failed.append(f"#{channel.name}: {error.text or error}")
    try:
        await _invitations(bot, paused=level >= Level.LOCKDOWN)
    except discord.HTTPException as error:
        failed.append(f"invites: {error.text or error}")
    return failed


async def _pace(channel: discord.TextChannel, *, slow: bool) -> None:
    key = f"slow-{channel.id}"
    kept = (await in_database(pieces, PieceKind.MEASURE)).get(key)
    if slow and kept is None:
        await in_database(keep_piece, PieceKind.MEASURE, key, channel.slowmode_delay, made=True)
        if channel.slowmode_delay < SLOW_SECONDS:
            await channel.edit(slowmode_delay=SLOW_SECONDS, reason="ladder")
    elif not slow and kept is not None:
        await channel.edit(slowmode_delay=kept, reason="ladder")
        await in_database(forget_piece, PieceKind.MEASURE, key)


async def _shut(channel: discord.TextChannel, *, shut: bool) -> None:
    """Nobody without the member's role writes: the everyone role is denied, and given back as it was."""
    key, everyone = f"shut-{channel.id}", channel.guild.default_role
    kept = (await in_database(pieces, PieceKind.MEASURE)).get(key)
    overwrite = channel.overwrites_for(everyone)
    if shut and kept is None:
        was = {None: NO_ANSWER, True: MAY, False: MAY_NOT}[overwrite.send_messages]
        await in_database(keep_piece, PieceKind.MEASURE, key, was, made=True)
        overwrite.update(send_messages=False)
        await channel.set_permissions(everyone, overwrite=overwrite, reason="ladder")
    elif not shut and kept is not None:
        overwrite.update(send_messages={NO_ANSWER: None, MAY: True, MAY_NOT: False}[kept])
        empty = overwrite.is_empty()
        await channel.set_permissions(everyone, overwrite=None if empty else overwrite, reason="ladder")
        await in_database(forget_piece, PieceKind.MEASURE, key)


async def _invitations(bot: "TractageBot", *, paused: bool) -> None:
    own = bot.own
    if own is None:
        return
    kept = (await in_database(pieces, PieceKind.MEASURE)).get("invites")
    if paused and kept is None:
        until = discord.utils.utcnow() + PAUSE
        await in_database(keep_piece, PieceKind.MEASURE, "invites", int(until.timestamp()), made=True)
        await own.edit(invites_disabled_until=until, reason="ladder")
    elif not paused and kept is not None:
        await own.edit(invites_disabled_until=None, reason="ladder")  # type: ignore[arg-type]
        await in_database(forget_piece, PieceKind.MEASURE, "invites")
