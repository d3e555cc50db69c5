"""Which language an interaction is answered in, and the names of commands in both."""

from typing import Any

import discord
from discord import app_commands
from django.conf import settings
from django.utils import translation

ENGLISH = (discord.Locale.american_english, discord.Locale.british_english)


def language_of(interaction: discord.Interaction) -> str:
    """The person's language if the house speaks it, else the server's, else the instance's."""
    for locale in (interaction.locale, interaction.guild_locale):
        language = str(locale or "").partition("-")[0]
        if language in dict(settings.LANGUAGES):
            return language
    return str(settings.LANGUAGE_CODE)


def house_language() -> translation.override:
    """The language of what everyone reads in a channel: the instance's."""
    return translation.override(settings.LANGUAGE_CODE)


def said(text: str) -> app_commands.locale_str:
    """The text of a command: French unless Discord speaks English to the person.

    text: an English message id, marked with gettext_noop. Needs Django's catalogues, hence cogs are imported
    by the running bot and not before.
    """
    with translation.override("fr"):
        return app_commands.locale_str(translation.gettext(text)[:100], english=text[:100])


def named(french: str, english: str) -> app_commands.locale_str:
    """The name of a command, of an option or of a choice in both languages."""
    return app_commands.locale_str(french, english=english)


def labelled(choice: Any) -> app_commands.locale_str:
    """The label of one of the headquarters' choices in both languages."""
    with translation.override("en"):
        english = str(choice.label)
    with translation.override("fr"):
        return app_commands.locale_str(str(choice.label), english=english)


class Words(app_commands.Translator):
    """Gives Discord the English words; the French ones are the commands' own."""

    async def translate(
        self,
        string: app_commands.locale_str,
        locale: discord.Locale,
        context: app_commands.TranslationContextTypes,
    ) -> str | None:
        """The word in one of Discord's languages, None for the command's own."""
        return string.extras.get("english") if locale in ENGLISH else None
