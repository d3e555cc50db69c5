"""What Discord offers while somebody types, and what was typed instead."""

from collections.abc import Callable
from typing import Any

import discord
from discord import app_commands
from django.utils.translation import gettext as _

from tractage.bot.asker import REFUSALS, Asker
from tractage.bot.database import in_database
from tractage.hq.people.refusals import Refused

Matching = Callable[[Asker, str], list[tuple[str, str]]]


async def choices(
    interaction: discord.Interaction[Any], matching: Matching, text: str
) -> list[app_commands.Choice[str]]:
    """Up to 25 names and values that hold `text`; none to somebody who may not see them."""
    asker = Asker(interaction.user.id, interaction.user.display_name)
    try:
        found = await in_database(matching, asker, text.strip())
    except REFUSALS:
        return []
    return [app_commands.Choice(name=name[:100], value=value) for name, value in found[:25]]


def number(text: str) -> int:
    """The number that a choice stands for; 0, which is nobody's, for a text that was typed instead."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


def chosen(text: str) -> str:
    """The value of a choice. Raises Refused when nothing was chosen from the list."""
    if not text.strip():
        raise Refused(_("Choose one of the lines that appear while you type."))
    return text.strip()
