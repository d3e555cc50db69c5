"""`/signaler`, by command or on a message; `/recours`, about oneself."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from tractage.bot.answers import MENTHE, Answer, answer, card, show, worked
from tractage.bot.client import TractageBot
from tractage.bot.controls import on_choice
from tractage.bot.forms import Form
from tractage.bot.people import person
from tractage.bot.replies import reports
from tractage.bot.words import house_language, labelled, named, said
from tractage.hq.safety.models import ReportReason

Interaction = discord.Interaction[Any]
REASONS = [app_commands.Choice(name=labelled(one), value=one.value) for one in ReportReason]


class Reports(commands.Cog):
    """What the moderators should see."""

    def __init__(self, bot: TractageBot) -> None:
        self.bot = bot
        menu = app_commands.ContextMenu(
            name=named("Signaler aux modérateurs", "Report to moderators"), callback=self.on_message_menu
        )
        bot.tree.add_command(menu)

    @app_commands.command(
        name=named("signaler", "report"),
        description=said(gettext_noop("Point a person out to the moderators, in private")),
    )
    @app_commands.rename(
        about=named("qui", "who"), reason=named("raison", "reason"), words=named("précisions", "details")
    )
    @app_commands.describe(
        about=said(gettext_noop("Who is it about")),
        reason=said(gettext_noop("Why")),
        words=said(gettext_noop("What happened, and where")),
    )
    @app_commands.choices(reason=REASONS)
    async def report(
        self, interaction: Interaction, about: discord.Member, reason: str, words: str = ""
    ) -> None:
        """Report a person."""
        me, them = person(interaction.user), person(about)
        await interaction.response.defer(ephemeral=True, thinking=True)
        told = await worked(interaction, reports.person_reported(me, them, reason, words[:2000]))
        await show(interaction, told)
        await self._tell_moderators(told, about.mention, reason)

    @app_commands.command(
        name=named("recours", "appeal"), description=said(gettext_noop("What was decided about you; appeal"))
    )
    async def appeal(self, interaction: Interaction) -> None:
        """What was decided about the asker."""
        await answer(interaction, reports.decided_about_me)

    async def on_message_menu(self, interaction: Interaction, message: discord.Message) -> None:
        """Report the message on which somebody pressed."""
        await answer(interaction, reports.reasons("message", f"{message.channel.id}-{message.id}"))

    async def message_reported(self, interaction: Interaction, key: str, reason: str) -> None:
        """Read the message again, seal it, tell the moderators."""
        await interaction.response.defer()
        channel_id, _dash, message_id = key.partition("-")
        message = await self._message(int(channel_id), int(message_id))
        if message is None:
            await show(interaction, Answer(_("This message is gone already. /signaler points a person out.")))
            return
        work = reports.message_reported(
            person(interaction.user),
            person(message.author),
            message.content,
            reason,
            "",
            channel_id,
            message_id,
        )
        told = await worked(interaction, work)
        await show(interaction, told)
        await self._tell_moderators(told, message.jump_url, reason)

    async def _message(self, channel: int, message: int) -> discord.Message | None:
        found = self.bot.own.get_channel_or_thread(channel) if self.bot.own else None
        if not isinstance(found, discord.abc.Messageable):
            return None
        try:
            return await found.fetch_message(message)
        except discord.HTTPException:
            return None

    async def _tell_moderators(self, told: Answer, where: str, reason: str) -> None:
        if told.colour != MENTHE:
            return
        with house_language():
            words = _("A report: %(reason)s\n%(where)s") % {
                "reason": ReportReason(reason).label,
                "where": where,
            }
            embed = card(Answer(words, _("To look at")))
        await self.bot.tell("moderation", embed)


@on_choice("report_message")
async def report_message(interaction: Interaction, key: str, values: list[str]) -> None:
    """Why the message is reported."""
    cog: Any = interaction.client.get_cog("Reports")
    await cog.message_reported(interaction, key, values[0])


@on_choice("appeal")
async def appeal(interaction: Interaction, _key: str, values: list[str]) -> None:
    """Ask for the words of the appeal."""
    sanction = int(values[0])

    async def filled(again: Interaction, written: dict[str, str]) -> None:
        await answer(again, reports.appealed(sanction, written["text"]))

    form = Form(_("Appeal"), filled)
    form.ask("text", _("What somebody else should know"), most=3000, long=True)
    await interaction.response.send_modal(form)
