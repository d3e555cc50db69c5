"""`/vu`: a post that carries one of our works, noted in five seconds."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands
from django.utils.translation import gettext_noop

from tractage.bot.answers import answer
from tractage.bot.choosing import choices, number
from tractage.bot.client import TractageBot
from tractage.bot.controls import on_choice, on_press
from tractage.bot.replies import gallery, sightings
from tractage.bot.words import labelled, named, said
from tractage.hq.sightings.kinds import How

Interaction = discord.Interaction[Any]
HOW = [app_commands.Choice(name=labelled(one), value=one.value) for one in (How.PASSING, How.SELF)]


class Sightings(commands.Cog):
    """What was seen elsewhere."""

    def __init__(self, bot: TractageBot) -> None:
        self.bot = bot

    @app_commands.command(
        name=named("vu", "seen"), description=said(gettext_noop("Note a post that carries one of our works"))
    )
    @app_commands.rename(
        link=named("lien", "link"), work=named("œuvre", "work"), views=named("vues", "views"), how="comment"
    )
    @app_commands.describe(
        link=said(gettext_noop("The address of the post")),
        work=said(gettext_noop("Write a few letters of its title")),
        views=said(gettext_noop("Views that you read there, as written: 12 k")),
        how=said(gettext_noop("How you found it")),
    )
    @app_commands.choices(how=HOW)
    async def seen(
        self,
        interaction: Interaction,
        link: str,
        work: str = "",
        views: str = "",
        how: str = How.PASSING.value,
    ) -> None:
        """Note it."""
        await answer(interaction, sightings.seen(link, number(work), views, how))

    @seen.autocomplete("work")
    async def titles(self, interaction: Interaction, current: str) -> list[app_commands.Choice[str]]:
        """Works on the wall."""
        return await choices(interaction, gallery.matching_works, current)


@on_choice("seen_work")
async def name_work(interaction: Interaction, key: str, values: list[str]) -> None:
    """Say which work it is."""
    await answer(interaction, sightings.named(int(key), int(values[0])))


@on_press("unseen")
async def take_back(interaction: Interaction, key: str) -> None:
    """Take it back."""
    await answer(interaction, sightings.unseen(int(key)))
