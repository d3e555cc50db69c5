"""Announce released works and operations on the server, once each, never while the law holds them."""

import logging
from typing import Any

import discord
from discord.ext import commands, tasks
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from tractage.bot.answers import MENTHE, Answer, card
from tractage.bot.asker import page
from tractage.bot.client import TractageBot
from tractage.bot.controls import Link, Push, Style, panel
from tractage.bot.database import in_database
from tractage.bot.replies.figures import moment
from tractage.bot.words import house_language
from tractage.hq.campaigns.selectors import current_campaign
from tractage.hq.library.models import Work
from tractage.hq.operations.reminders import DueReminder
from tractage.hq.server.services import Due, close_announcement, find_announcements, put_back, take_due

log = logging.getLogger(__name__)
EVERY_SECONDS = 20.0
LOOKED_BACK = 200
"""Messages of the channel that are looked through for one that may have left before a restart."""


class Announcements(commands.Cog):
    """The queue of announcements."""

    def __init__(self, bot: TractageBot) -> None:
        self.bot = bot

    async def cog_load(self) -> None:
        """Begin to look."""
        self.announce.start()

    async def cog_unload(self) -> None:
        """Stop looking."""
        self.announce.cancel()

    @tasks.loop(seconds=EVERY_SECONDS)
    async def announce(self) -> None:
        """Send what is due."""
        channel = self.bot.place("announcements")
        if channel is None:
            return
        try:
            await in_database(_find)
            while (due := await in_database(_take)) is not None and await self._send(channel, due):
                pass
        except Exception as error:
            self.bot.note_failure(error)

    async def _send(self, channel: discord.TextChannel, due: Due) -> bool:
        """Send one; false when the others had better wait."""
        shown = await in_database(_shown, due)
        if due.again:
            known = await self._already(channel, shown["embed"].url)
            if known is not None:
                await in_database(close_announcement, due, known)
                return True
        try:
            message = await channel.send(**shown)
        except discord.HTTPException as error:
            log.warning("an announcement waits: %s", error)
            if error.status < 500:
                await in_database(put_back, due)
            return False
        await in_database(close_announcement, due, message.id)
        return True

    async def _already(self, channel: discord.TextChannel, mark: str | None) -> int | None:
        async for message in channel.history(limit=LOOKED_BACK):
            mine = self.bot.user is not None and message.author.id == self.bot.user.id
            if mine and any(embed.url == mark for embed in message.embeds):
                return message.id
        return None


def _find() -> None:
    campaign = current_campaign()
    if campaign is not None:
        find_announcements(campaign)


def _take() -> Due | None:
    campaign = current_campaign()
    return take_due(campaign) if campaign is not None else None


def _shown(due: Due) -> dict[str, Any]:
    with house_language():
        told, path, files = _of_work(due.work) if due.work else _of_operation(due.reminder)
        embed = card(told)
        embed.url = f"{page(path)}#a{due.announcement.pk}"
        if files:
            embed.set_image(url=f"attachment://{files[0].filename}")
        view = panel(told.controls) or discord.utils.MISSING
    return {"embed": embed, "view": view, "files": files}


def _of_work(work: Work) -> tuple[Answer, str, list[discord.File]]:
    path = work.get_absolute_url()
    controls = (
        Push("share", str(work.pk), _("Pass it on"), Style.primary),
        Link(page(path), _("On the site")),
    )
    fields = ((_("By"), work.credit),)
    answer = Answer(work.summary or work.get_kind_display(), work.title, fields, controls)
    return answer, path, _preview(work)


def _preview(work: Work) -> list[discord.File]:
    small = min((one for one in work.editions.all() if one.preview), key=lambda one: one.bytes, default=None)
    if small is None or small.bytes > 2_000_000 or not default_storage.exists(str(small.file.name)):
        return []
    path = default_storage.path(str(small.file.name))
    return [discord.File(path, filename=small.filename, description=work.alt_text[:1024])]


def _of_operation(due: DueReminder | None) -> tuple[Answer, str, list[discord.File]]:
    assert due is not None
    operation = due.operation
    path = operation.get_absolute_url()
    begins = f"{moment(operation.starts_at)} ({moment(operation.starts_at, 'R')})"
    fields = [(_("When"), f"{begins} – {moment(operation.ends_at)}"), (_("Slogan"), operation.slogan)]
    controls = (
        Push("op_see", str(operation.pk), _("See"), Style.secondary),
        Push("op_join", str(operation.pk), _("Take part"), Style.primary),
    )
    kept = tuple(one for one in fields if one[1])
    return Answer(operation.goal, operation.title, kept, controls, colour=MENTHE), path, []
