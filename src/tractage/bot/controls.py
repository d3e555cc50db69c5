"""Buttons and menus that outlive a restart: what they do is written in their own number."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

import discord
from django.utils import translation

from tractage.bot.words import language_of

Interaction = discord.Interaction[Any]
Pressed = Callable[[Interaction, str], Awaitable[None]]
Chosen = Callable[[Interaction, str, list[str]], Awaitable[None]]
presses: dict[str, Pressed] = {}
choices: dict[str, Chosen] = {}
Style = discord.ButtonStyle


@dataclass(frozen=True)
class Push:
    """A button: `verb` says what it does, `key` to what."""

    verb: str
    key: str
    label: str
    style: Style = Style.secondary
    row: int | None = None


@dataclass(frozen=True)
class Link:
    """A button that opens a page."""

    url: str
    label: str
    row: int | None = None


@dataclass(frozen=True)
class Option:
    """One line of a menu."""

    value: str
    label: str
    hint: str = ""
    chosen: bool = False


@dataclass(frozen=True)
class Menu:
    """A menu: `verb` says what a choice does, `key` to what."""

    verb: str
    key: str
    placeholder: str
    options: Sequence[Option]
    most: int = 1
    row: int | None = None


Control = Push | Link | Menu


def on_press(verb: str) -> Callable[[Pressed], Pressed]:
    """Say what the buttons of `verb` do; they do it after a restart too."""

    def keep(handler: Pressed) -> Pressed:
        presses[verb] = handler
        return handler

    return keep


def on_choice(verb: str) -> Callable[[Chosen], Chosen]:
    """Say what the menus of `verb` do."""

    def keep(handler: Chosen) -> Chosen:
        choices[verb] = handler
        return handler

    return keep


class PushItem(
    discord.ui.DynamicItem[discord.ui.Button[Any]], template=r"push:(?P<verb>[a-z_]+):(?P<key>[\w.\-]*)"
):
    """A button as Discord knows it."""

    def __init__(self, verb: str, key: str, item: discord.ui.Button[Any]) -> None:
        super().__init__(item)
        self.verb, self.key = verb, key

    @classmethod
    async def from_custom_id(cls, interaction: Interaction, item: Any, match: Any, /) -> "PushItem":
        """The button that was pressed, whoever sent it and when."""
        return cls(match["verb"], match["key"], item)

    async def interaction_check(self, interaction: Interaction, /) -> bool:
        """Speak the person's language."""
        translation.activate(language_of(interaction))
        return bool(interaction.client.is_own(interaction))

    async def callback(self, interaction: Interaction) -> None:
        """Do what the verb says."""
        await presses[self.verb](interaction, self.key)


class MenuItem(
    discord.ui.DynamicItem[discord.ui.Select[Any]], template=r"menu:(?P<verb>[a-z_]+):(?P<key>[\w.\-]*)"
):
    """A menu as Discord knows it."""

    def __init__(self, verb: str, key: str, item: discord.ui.Select[Any]) -> None:
        super().__init__(item)
        self.verb, self.key = verb, key

    @classmethod
    async def from_custom_id(cls, interaction: Interaction, item: Any, match: Any, /) -> "MenuItem":
        """The menu in which something was chosen."""
        return cls(match["verb"], match["key"], item)

    async def interaction_check(self, interaction: Interaction, /) -> bool:
        """Speak the person's language."""
        translation.activate(language_of(interaction))
        return bool(interaction.client.is_own(interaction))

    async def callback(self, interaction: Interaction) -> None:
        """Do what the verb says with what was chosen."""
        data: Any = interaction.data or {}
        await choices[self.verb](interaction, self.key, list(data.get("values", ())))


ITEMS = (PushItem, MenuItem)


def panel(controls: Sequence[Control]) -> discord.ui.View | None:
    """The controls of a message, None without any."""
    if not controls:
        return None
    view = discord.ui.View(timeout=None)
    for one in controls:
        view.add_item(_item(one))
    return view


def _item(control: Control) -> discord.ui.Item[Any]:
    if isinstance(control, Link):
        return discord.ui.Button(label=control.label[:80], url=control.url, row=control.row)
    if isinstance(control, Push):
        button: discord.ui.Button[Any] = discord.ui.Button(
            label=control.label[:80],
            style=control.style,
            custom_id=f"push:{control.verb}:{control.key}",
            row=control.row,
        )
        return PushItem(control.verb, control.key, button)
    options = [
        discord.SelectOption(
            label=one.label[:100], value=one.value, description=one.hint[:100] or None, default=one.chosen
        )
        for one in control.options[:25]
    ]
    menu: discord.ui.Select[Any] = discord.ui.Select(
        custom_id=f"menu:{control.verb}:{control.key}",
        placeholder=control.placeholder[:150],
        options=options,
        max_values=min(control.most, len(options)),
        row=control.row,
    )
    return MenuItem(control.verb, control.key, menu)
