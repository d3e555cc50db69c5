"""Answers as plain values: made beside the database, shown on Discord, to the person who asked alone."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import discord
from django.utils import translation
from django.utils.translation import gettext as _

from tractage.bot.asker import REFUSALS, Asker, told
from tractage.bot.controls import Control, panel
from tractage.bot.database import in_database
from tractage.bot.words import language_of

CANARI, MENTHE, SAUMON, LILAS = 0xFFD23F, 0x7FD8B4, 0xFF9B85, 0xCBB4F0
MOST_TEXT, MOST_FIELD, MOST_FIELDS = 4000, 1000, 25


@dataclass(frozen=True)
class Attached:
    """A file to hand out, with the words for who does not see it."""

    name: str
    path: str
    alt: str


@dataclass(frozen=True)
class Answer:
    """What one person reads: a text, a few headed pieces, what can be pressed, files to take."""

    text: str
    title: str = ""
    fields: tuple[tuple[str, str], ...] = ()
    controls: tuple[Control, ...] = ()
    files: tuple[Attached, ...] = ()
    colour: int = CANARI

    def __add__(self, line: str) -> "Answer":
        return replace(self, text=f"{line}\n\n{self.text}".strip())


Work = Callable[[Asker], Answer]


def refusal(words: str) -> Answer:
    """What was not done, and why."""
    return Answer(words, colour=SAUMON)


async def answer(interaction: discord.Interaction, work: Work, *, fresh: bool = False) -> None:
    """Do `work` beside the loop and show its answer to the person who asked alone.

    A press in a private message changes that message, unless `fresh`; anything else opens a private one.
    """
    pressed = interaction.message
    if pressed is not None and pressed.flags.ephemeral and not fresh:
        await interaction.response.defer()
    else:
        await interaction.response.defer(ephemeral=True, thinking=True)
    await show(interaction, await worked(interaction, work))


async def worked(interaction: discord.Interaction, work: Work) -> Answer:
    """The answer of `work` in the person's language; a refusal or a fault becomes words."""
    translation.activate(language_of(interaction))
    asker = Asker(interaction.user.id, interaction.user.display_name)
    try:
        return await in_database(work, asker)
    except REFUSALS as error:
        return refusal(told(error))
    except Exception as error:
        note: Any = getattr(interaction.client, "note_failure", None)
        if note is None:
            raise
        note(error)
        return refusal(_("Something broke on our side, and the operator knows. What you have done is kept."))


async def show(interaction: discord.Interaction, answer: Answer) -> None:
    """Put an answer in the place that was opened for it."""
    files = [discord.File(one.path, filename=one.name, description=one.alt[:1024]) for one in answer.files]
    await interaction.edit_original_response(
        embed=card(answer), view=panel(answer.controls), attachments=files
    )


async def show_new(interaction: discord.Interaction, answer: Answer) -> None:
    """Answer at once in a private message of its own."""
    view = panel(answer.controls) or discord.utils.MISSING
    await interaction.response.send_message(embed=card(answer), view=view, ephemeral=True)


def card(answer: Answer) -> discord.Embed:
    """An answer as Discord shows it, within its limits."""
    made = discord.Embed(
        title=answer.title[:256] or None, description=shortened(answer.text, MOST_TEXT), colour=answer.colour
    )
    for name, text in answer.fields[:MOST_FIELDS]:
        made.add_field(name=name[:256], value=shortened(text, MOST_FIELD) or "–", inline=False)
    return made


def shortened(text: str, most: int) -> str:
    """A text cut at a word, with an ellipsis, when it is longer than `most` characters."""
    if len(text) <= most:
        return text
    return text[: most - 1].rsplit(" ", 1)[0] + "…"
