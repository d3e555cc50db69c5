"""The bot: it belongs to one server, answers in private, and outlives whatever goes wrong in it."""

import logging
from collections import deque
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands
from django.utils import translation

from tractage.bot.controls import ITEMS
from tractage.bot.database import in_database
from tractage.bot.words import Words, language_of
from tractage.hq.server.models import PieceKind
from tractage.hq.server.selectors import pieces

log = logging.getLogger(__name__)


class Tree(app_commands.CommandTree["TractageBot"]):
    """The commands, on the community's own server alone."""

    async def interaction_check(self, interaction: discord.Interaction["TractageBot"], /) -> bool:
        """Speak the person's language; another server gets no answer."""
        translation.activate(language_of(interaction))
        return interaction.client.is_own(interaction)

    async def on_error(
        self, interaction: discord.Interaction["TractageBot"], error: app_commands.AppCommandError, /
    ) -> None:
        """Keep the fault for the operator; the next command works."""
        interaction.client.note_failure(error)


class TractageBot(commands.Bot):
    """One bot for one server."""

    def __init__(self, server: int, *, message_content: bool = True) -> None:
        super().__init__(
            command_prefix=(),
            help_command=None,
            intents=intents(message_content),
            tree_cls=Tree,
            allowed_mentions=discord.AllowedMentions.none(),
            chunk_guilds_at_startup=False,
            max_messages=2000,
        )
        self.server = server
        self.reads_messages = message_content
        self.places: dict[str, int] = {}
        self.roles: dict[str, int] = {}
        self.last_fault = ""
        self.failures: deque[str] = deque(maxlen=50)

    async def setup_hook(self) -> None:
        """Hang up the commands, before the gateway opens."""
        from tractage.bot.cogs import COGS

        self.add_dynamic_items(*ITEMS)
        await self.read_places()
        for cog in COGS:
            await self.add_cog(cog(self))
        await self.tree.set_translator(Words())
        own = discord.Object(self.server)
        # Only the own server is ever told of the commands: nothing is registered for all servers.
        self.tree.copy_global_to(guild=own)
        await self.tree.sync(guild=own)

    async def read_places(self) -> None:
        """Read again which channel and which role stands for what."""
        self.places = await in_database(pieces, PieceKind.CHANNEL)
        self.roles = await in_database(pieces, PieceKind.ROLE)

    def is_own(self, interaction: discord.Interaction[Any]) -> bool:
        """Whether something happens on the community's own server."""
        return interaction.guild_id == self.server

    @property
    def own(self) -> discord.Guild | None:
        """The community's server, once Discord has told of it."""
        return self.get_guild(self.server)

    def place(self, key: str) -> discord.TextChannel | None:
        """The channel that the layout calls `key`."""
        own, number = self.own, self.places.get(key)
        found = own.get_channel(number) if own and number else None
        return found if isinstance(found, discord.TextChannel) else None

    def role(self, key: str) -> discord.Role | None:
        """The role that the layout calls `key`."""
        own, number = self.own, self.roles.get(key)
        return own.get_role(number) if own and number else None

    async def tell(self, key: str, embed: discord.Embed, view: discord.ui.View | None = None) -> bool:
        """Say something in one of the server's channels; false when there is none, or Discord refuses."""
        channel = self.place(key)
        if channel is None:
            return False
        try:
            await channel.send(embed=embed, view=view) if view else await channel.send(embed=embed)
        except discord.HTTPException as error:
            log.warning("the channel %s took nothing: %s", key, error)
            return False
        return True

    async def whisper(self, to: discord.Member, words: str) -> bool:
        """Tell a member of the own server something in private; false when they closed that door."""
        if to.guild.id != self.server or to.bot:
            return False
        try:
            await to.send(words)
        except discord.HTTPException:
            return False
        return True

    def note_failure(self, error: BaseException) -> None:
        """Keep a fault for the operator."""
        self.failures.append(f"{type(error).__name__}: {error}")
        log.error("the bot goes on after a fault", exc_info=error)

    async def on_error(self, event_method: str, /, *args: Any, **kwargs: Any) -> None:
        """A listener broke: keep the fault, go on."""
        import sys

        error = sys.exc_info()[1]
        if error is not None:
            self.note_failure(error)

    async def on_message(self, message: discord.Message, /) -> None:
        """No commands in messages: they all begin with a slash."""


def intents(message_content: bool) -> discord.Intents:
    """What Discord is asked to tell: no presence, no typing, no voice."""
    wanted = discord.Intents.none()
    wanted.guilds = wanted.members = wanted.moderation = True
    wanted.guild_messages = True
    wanted.auto_moderation_configuration = wanted.auto_moderation_execution = True
    wanted.message_content = message_content
    return wanted
