"""`/galerie` and `/partager`: works are handed out, and a person posts them elsewhere, by hand."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from tractage.bot.answers import answer
from tractage.bot.choosing import choices, number
from tractage.bot.client import TractageBot
from tractage.bot.controls import on_choice, on_press
from tractage.bot.forms import Form
from tractage.bot.replies import gallery, pivots
from tractage.bot.words import labelled, named, said
from tractage.hq.library.models import Kind

Interaction = discord.Interaction[Any]
KINDS = [app_commands.Choice(name=labelled(kind), value=kind.value) for kind in Kind]


class Gallery(commands.Cog):
    """The wall, from the server."""

    def __init__(self, bot: TractageBot) -> None:
        self.bot = bot

    @app_commands.command(
        name=named("galerie", "gallery"), description=said(gettext_noop("The works of the wall"))
    )
    @app_commands.rename(kind=named("genre", "kind"), place=named("siège", "seat"))
    @app_commands.describe(
        kind=said(gettext_noop("Only those of one kind")), place=said(gettext_noop("Only those of one seat"))
    )
    @app_commands.choices(kind=KINDS)
    async def wall(self, interaction: Interaction, kind: str = "", place: str = "") -> None:
        """The wall."""
        await answer(interaction, gallery.wall(kind, place))

    @app_commands.command(
        name=named("partager", "share"),
        description=said(gettext_noop("Receive what you need to pass a work on yourself")),
    )
    @app_commands.rename(work=named("œuvre", "work"))
    @app_commands.describe(work=said(gettext_noop("Write a few letters of its title")))
    async def share(self, interaction: Interaction, work: str) -> None:
        """The kit, in private."""
        await answer(interaction, gallery.where_to(number(work)))

    @wall.autocomplete("place")
    async def seats(self, interaction: Interaction, current: str) -> list[app_commands.Choice[str]]:
        """Seats."""
        return await choices(interaction, pivots.matching_seats, current)

    @share.autocomplete("work")
    async def titles(self, interaction: Interaction, current: str) -> list[app_commands.Choice[str]]:
        """Works on the wall."""
        return await choices(interaction, gallery.matching_works, current)


@on_press("wall")
async def turn_wall(interaction: Interaction, key: str) -> None:
    """Another page of the wall."""
    kind, place, page = key.split(".")
    await answer(interaction, gallery.wall(kind, place, int(page)))


@on_choice("work")
async def open_work(interaction: Interaction, _key: str, values: list[str]) -> None:
    """One work, from a menu."""
    await answer(interaction, gallery.one_work(int(values[0])))


@on_press("work")
async def see_work(interaction: Interaction, key: str) -> None:
    """One work, from an announcement."""
    await answer(interaction, gallery.one_work(int(key)))


@on_press("share")
async def share(interaction: Interaction, key: str) -> None:
    """Where will it be posted?"""
    await answer(interaction, gallery.where_to(int(key)))


@on_choice("share_on")
async def share_on(interaction: Interaction, key: str, values: list[str]) -> None:
    """The kit for one platform."""
    await answer(interaction, gallery.kit(int(key), values[0]))


@on_press("posted")
async def ask_address(interaction: Interaction, key: str) -> None:
    """Ask for the address, if the person likes."""
    work, _dot, where = key.partition(".")

    async def filled(again: Interaction, written: dict[str, str]) -> None:
        told = gallery.posted(int(work), where, written["address"], written["words"])
        await answer(again, told, fresh=True)

    form = Form(_("I have posted it"), filled)
    form.ask("address", _("Address of your post, if you like"), least=0, most=300, hint="https://…")
    form.ask("words", _("Your words, only compared, never kept"), least=0, most=500, long=True)
    await interaction.response.send_modal(form)
