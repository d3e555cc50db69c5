"""`/operation`: what is to come, take part."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands
from django.utils.translation import gettext_noop

from tractage.bot.answers import answer
from tractage.bot.choosing import choices, number
from tractage.bot.client import TractageBot
from tractage.bot.controls import on_choice, on_press
from tractage.bot.replies import operations
from tractage.bot.words import named, said

Interaction = discord.Interaction[Any]


class Operations(commands.Cog):
    """Operations on the server are those of the desk."""

    def __init__(self, bot: TractageBot) -> None:
        self.bot = bot

    @app_commands.command(
        name=named("operation", "operation"), description=said(gettext_noop("Operations to come; take part"))
    )
    @app_commands.rename(one=named("laquelle", "which"))
    @app_commands.describe(one=said(gettext_noop("Write a few letters of its title")))
    async def operation(self, interaction: Interaction, one: str = "") -> None:
        """The list, or one of them."""
        await answer(interaction, operations.operation(number(one)) if one else operations.coming)

    @operation.autocomplete("one")
    async def titles(self, interaction: Interaction, current: str) -> list[app_commands.Choice[str]]:
        """Operations to come."""
        return await choices(interaction, operations.matching_operations, current)


@on_choice("operation")
async def open_operation(interaction: Interaction, _key: str, values: list[str]) -> None:
    """One operation, from a menu."""
    await answer(interaction, operations.operation(int(values[0])))


@on_press("op_see")
async def see(interaction: Interaction, key: str) -> None:
    """One operation, from an announcement."""
    await answer(interaction, operations.operation(int(key)))


@on_press("op_join")
async def join(interaction: Interaction, key: str) -> None:
    """Take part."""
    await answer(interaction, operations.take_part(int(key)))


@on_press("op_leave")
async def leave(interaction: Interaction, key: str) -> None:
    """No longer take part."""
    await answer(interaction, operations.leave(int(key)))
