"""`/pivots`: where a few votes decide."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands
from django.utils.translation import gettext_noop

from tractage.bot.answers import answer
from tractage.bot.choosing import choices
from tractage.bot.client import TractageBot
from tractage.bot.controls import on_press
from tractage.bot.replies import pivots
from tractage.bot.words import named, said

Interaction = discord.Interaction[Any]


class Pivots(commands.Cog):
    """The ranking, and one seat."""

    def __init__(self, bot: TractageBot) -> None:
        self.bot = bot

    @app_commands.command(
        name=named("pivots", "pivots"),
        description=said(gettext_noop("The seats that can swing, or one of them")),
    )
    @app_commands.rename(place=named("siège", "seat"))
    @app_commands.describe(place=said(gettext_noop("A département, a code like 24-03")))
    async def seats(self, interaction: Interaction, place: str = "") -> None:
        """The ranking, or one seat."""
        await answer(interaction, pivots.one_seat(place) if place else pivots.closest())

    @seats.autocomplete("place")
    async def names(self, interaction: Interaction, current: str) -> list[app_commands.Choice[str]]:
        """Seats."""
        return await choices(interaction, pivots.matching_seats, current)


@on_press("pivots")
async def turn_ranking(interaction: Interaction, key: str) -> None:
    """Another page of the ranking."""
    await answer(interaction, pivots.closest(int(key)))
