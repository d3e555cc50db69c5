"""Coming in, in two minutes: charter, pseudonym, crafts, first mission."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from tractage.bot.answers import Answer, answer, show_new, worked
from tractage.bot.client import TractageBot
from tractage.bot.controls import on_choice, on_press
from tractage.bot.forms import Form
from tractage.bot.replies import welcome
from tractage.bot.words import named, said

Interaction = discord.Interaction[Any]


class Welcome(commands.Cog):
    """Doors."""

    def __init__(self, bot: TractageBot) -> None:
        self.bot = bot

    @app_commands.command(
        name=named("rejoindre", "join"), description=said(gettext_noop("Join in two minutes, by pseudonym"))
    )
    async def join(self, interaction: Interaction) -> None:
        """The charter, or what comes after it."""
        await answer(interaction, welcome.doorway)

    @app_commands.command(
        name=named("bureau", "desk"),
        description=said(gettext_noop("Open the desk of the site; your account")),
    )
    async def desk(self, interaction: Interaction) -> None:
        """A door to the site, once."""
        await answer(interaction, welcome.account)


@on_press("join")
async def open_door(interaction: Interaction, _key: str) -> None:
    """The button that everyone sees."""
    await answer(interaction, welcome.doorway)


@on_press("charter_page")
async def turn_page(interaction: Interaction, key: str) -> None:
    """Another page of the charter."""
    await answer(interaction, welcome.charter(int(key)))


@on_press("charter_accept")
async def accept(interaction: Interaction, _key: str) -> None:
    """A member accepts the new version."""
    await answer(interaction, welcome.accepted)


@on_press("join_name")
async def ask_name(interaction: Interaction, _key: str) -> None:
    """Ask for a pseudonym, one that is free to start from."""
    proposed = await worked(interaction, welcome.proposed_name)
    if proposed.colour != Answer("").colour:
        await show_new(interaction, proposed)
        return
    form = Form(_("Your pseudonym"), named_oneself)
    form.ask(
        "pseudonym",
        _("Pseudonym: not your name"),
        default=proposed.text,
        hint=_("Letters, digits, spaces and hyphens"),
        most=32,
        least=2,
    )
    await interaction.response.send_modal(form)


async def named_oneself(interaction: Interaction, written: dict[str, str]) -> None:
    """Make the member."""
    await answer(interaction, welcome.joined(written["pseudonym"]))


@on_choice("crafts")
async def choose_crafts(interaction: Interaction, _key: str, values: list[str]) -> None:
    """Keep the crafts, then offer the first missions."""
    await answer(interaction, welcome.crafts_chosen(values))


@on_press("crafts_again")
async def crafts_again(interaction: Interaction, _key: str) -> None:
    """Choose one's crafts again."""
    await answer(interaction, welcome.crafts_again)


@on_press("unlink")
async def unlink(interaction: Interaction, _key: str) -> None:
    """Let this account speak for nobody."""
    await answer(interaction, welcome.unlinked)
