"""`/mission`: the board, take, hand over, give back, deliver."""

import logging
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from tractage.bot.answers import MENTHE, answer, show, worked
from tractage.bot.choosing import choices, number
from tractage.bot.client import TractageBot
from tractage.bot.controls import on_choice, on_press
from tractage.bot.replies import missions
from tractage.bot.words import labelled, named, said
from tractage.hq.people.models import Craft

log = logging.getLogger(__name__)
Interaction = discord.Interaction[Any]
OPEN = said(gettext_noop("Write a few letters of its title"))
CRAFTS = [app_commands.Choice(name=labelled(craft), value=craft.value) for craft in Craft]


class Missions(commands.Cog):
    """Missions on the server are those of the desk: the same rows, at the same moment."""

    mission = app_commands.Group(
        name=named("mission", "mission"),
        description=said(gettext_noop("Missions: see, take, hand over, deliver")),
    )

    def __init__(self, bot: TractageBot) -> None:
        self.bot = bot

    @mission.command(name=named("liste", "list"), description=said(gettext_noop("The open missions")))
    @app_commands.rename(craft=named("métier", "craft"))
    @app_commands.describe(craft=said(gettext_noop("Only those of one craft")))
    @app_commands.choices(craft=CRAFTS)
    async def board(self, interaction: Interaction, craft: str = "") -> None:
        """The board."""
        await answer(interaction, missions.board(craft))

    @mission.command(name=named("miennes", "mine"), description=said(gettext_noop("What you have in hand")))
    async def mine(self, interaction: Interaction) -> None:
        """Tabs in hand and offers."""
        await answer(interaction, missions.mine)

    @mission.command(name=named("prendre", "take"), description=said(gettext_noop("Take a mission")))
    @app_commands.rename(brief="mission")
    @app_commands.describe(brief=OPEN)
    async def take(self, interaction: Interaction, brief: str) -> None:
        """Tear off a tab."""
        await answer(interaction, missions.take(number(brief)))

    @mission.command(name=named("rendre", "return"), description=said(gettext_noop("Give a mission back")))
    @app_commands.rename(brief="mission")
    @app_commands.describe(brief=OPEN)
    async def give_back(self, interaction: Interaction, brief: str) -> None:
        """Give a tab back."""
        await answer(interaction, missions.give_back_brief(number(brief)))

    @mission.command(
        name=named("passer", "hand-over"), description=said(gettext_noop("Hold a mission out to someone"))
    )
    @app_commands.rename(brief="mission", to=named("à", "to"))
    @app_commands.describe(brief=OPEN, to=said(gettext_noop("Who could take it")))
    async def hand_over(self, interaction: Interaction, brief: str, to: discord.Member) -> None:
        """Hold a tab out, and tell the other person."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        told = await worked(interaction, missions.offer(number(brief), str(to.id)))
        await show(interaction, told)
        if told.colour == MENTHE:
            await self.bot.whisper(
                to, _("Somebody holds a mission out to you: /mission miennes on the server.")
            )

    @mission.command(name=named("livrer", "deliver"), description=said(gettext_noop("Bring your version")))
    @app_commands.rename(brief="mission")
    @app_commands.describe(brief=OPEN)
    async def deliver(self, interaction: Interaction, brief: str) -> None:
        """The page to bring it on."""
        await answer(interaction, missions.deliver(number(brief)))

    @take.autocomplete("brief")
    async def open_titles(self, interaction: Interaction, current: str) -> list[app_commands.Choice[str]]:
        """Open missions."""
        return await choices(interaction, missions.matching_briefs, current)

    @give_back.autocomplete("brief")
    @hand_over.autocomplete("brief")
    @deliver.autocomplete("brief")
    async def held_titles(self, interaction: Interaction, current: str) -> list[app_commands.Choice[str]]:
        """Missions in hand."""
        return await choices(interaction, missions.matching_held, current)


@on_press("board")
async def turn_board(interaction: Interaction, key: str) -> None:
    """Another page of the board."""
    craft, _dot, page = key.rpartition(".")
    await answer(interaction, missions.board(craft, int(page or 0)))


@on_choice("mission")
async def open_mission(interaction: Interaction, _key: str, values: list[str]) -> None:
    """One mission, opened from a menu."""
    await answer(interaction, missions.mission(int(values[0])))


@on_press("take")
async def take(interaction: Interaction, key: str) -> None:
    """Tear off a tab."""
    await answer(interaction, missions.take(int(key)))


@on_press("give_back")
async def give_back(interaction: Interaction, key: str) -> None:
    """Give a tab back."""
    await answer(interaction, missions.give_back(int(key)))


@on_press("keep")
async def keep(interaction: Interaction, key: str) -> None:
    """Hold out no longer."""
    await answer(interaction, missions.keep(int(key)))


@on_press("deliver")
async def deliver(interaction: Interaction, key: str) -> None:
    """The page to bring a version on."""
    await answer(interaction, missions.deliver(int(key)), fresh=True)


@on_press("offer_take")
async def offer_take(interaction: Interaction, key: str) -> None:
    """Take what is held out."""
    await answer(interaction, missions.accept(int(key)))


@on_press("offer_leave")
async def offer_leave(interaction: Interaction, key: str) -> None:
    """Leave it."""
    await answer(interaction, missions.decline(int(key)))
