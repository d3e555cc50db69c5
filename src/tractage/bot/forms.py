"""A form that Discord opens over the page."""

from collections.abc import Awaitable, Callable
from typing import Any

import discord
from django.utils import translation

from tractage.bot.words import language_of

Interaction = discord.Interaction[Any]
Filled = Callable[[Interaction, dict[str, str]], Awaitable[None]]


class Form(discord.ui.Modal):
    """Text fields by name, and what is done with what was written."""

    def __init__(self, title: str, filled: Filled) -> None:
        super().__init__(title=title[:45], timeout=900)
        self._filled = filled
        self._fields: dict[str, discord.ui.TextInput[Any]] = {}

    def ask(
        self,
        name: str,
        label: str,
        *,
        default: str = "",
        hint: str = "",
        most: int = 200,
        least: int = 1,
        long: bool = False,
    ) -> "Form":
        """Add a field; `least` 0 makes it optional."""
        style = discord.TextStyle.paragraph if long else discord.TextStyle.short
        field: discord.ui.TextInput[Any] = discord.ui.TextInput(
            label=label[:45],
            style=style,
            default=default[:most] or None,
            placeholder=hint[:100] or None,
            max_length=most,
            min_length=least or None,
            required=bool(least),
            custom_id=name,
        )
        self._fields[name] = field
        self.add_item(field)
        return self

    async def interaction_check(self, interaction: Interaction, /) -> bool:
        """Speak the person's language."""
        translation.activate(language_of(interaction))
        return bool(interaction.client.is_own(interaction))

    async def on_submit(self, interaction: Interaction, /) -> None:
        """Hand over what was written."""
        await self._filled(interaction, {name: field.value for name, field in self._fields.items()})
