"""Standings and roles are one: the headquarters decide, and a role given by hand goes through their rules."""

import logging
from collections.abc import Sequence

import discord
from discord.ext import commands, tasks
from django.utils.translation import gettext as _

from tractage.bot.answers import SAUMON, Answer, card
from tractage.bot.asker import REFUSALS, told
from tractage.bot.client import TractageBot
from tractage.bot.database import in_database
from tractage.bot.layout import role_specs
from tractage.bot.orders import member_of
from tractage.bot.words import house_language
from tractage.hq.campaigns.selectors import latest_line
from tractage.hq.people.discord_links import member_of_account, standings_by_account
from tractage.hq.people.refusals import Refused
from tractage.hq.people.services import change_standing
from tractage.hq.safety.accounts import target_state
from tractage.hq.safety.models import Account

log = logging.getLogger(__name__)
EVERY_SECONDS = 2.0
VERBS = (
    "member.join",
    "member.standing",
    "member.welcome",
    "member.account",
    "member.discord.link",
    "member.discord.unlink",
    "member.erase",
)
"""Lines of the log after which a role may be wrong."""


class Mirror(commands.Cog):
    """Each member has the role of their standing, and no other of the mirrored ones."""

    def __init__(self, bot: TractageBot) -> None:
        self.bot = bot
        self._line = -1
        self._known: dict[str, str] = {}
        self._by_standing = {one.standing: one.key for one in role_specs() if one.standing}

    async def cog_load(self) -> None:
        """Begin to look."""
        self.follow.start()

    async def cog_unload(self) -> None:
        """Stop looking."""
        self.follow.cancel()

    @tasks.loop(seconds=EVERY_SECONDS)
    async def follow(self) -> None:
        """Bring the roles in line when a standing has changed."""
        if self.bot.own is None or not self._roles():
            return
        try:
            line = await in_database(latest_line, VERBS)
            if line == self._line:
                return
            standings = await in_database(standings_by_account)
            changed = {
                uid for uid in {*standings, *self._known} if standings.get(uid) != self._known.get(uid)
            }
            for uid in sorted(changed):
                await self.set_role(uid, standings.get(uid))
            self._line, self._known = line, standings
        except discord.HTTPException as error:
            log.warning("roles are brought in line later: %s", error)
        except Exception as error:
            self.bot.note_failure(error)

    def _roles(self) -> dict[str, discord.Role]:
        found = {standing: self.bot.role(key) for standing, key in self._by_standing.items()}
        return {standing: role for standing, role in found.items() if role is not None}

    async def set_role(self, uid: str, standing: str | None) -> None:
        """Give the role of a standing and take the others, unless safety holds the person."""
        own = self.bot.own
        member = await member_of(own, int(uid)) if own else None
        if member is None or await in_database(_is_held, uid):
            return
        roles = self._roles()
        wanted = roles.get(standing or "")
        extra = [role for role in roles.values() if role in member.roles and role != wanted]
        try:
            if wanted is not None and wanted not in member.roles:
                await member.add_roles(wanted, reason="standing")
            if extra:
                await member.remove_roles(*extra, reason="standing")
        except discord.Forbidden:
            log.warning("the bot's role stands below %s: it cannot give roles there", member.id)

    @commands.Cog.listener()
    async def on_audit_log_entry_create(self, entry: discord.AuditLogEntry) -> None:
        """Somebody gave or took a mirrored role by hand."""
        if entry.guild.id != self.bot.server or entry.action is not discord.AuditLogAction.member_role_update:
            return
        if self.bot.user is None or entry.user_id == self.bot.user.id or entry.user_id is None:
            return
        target = getattr(entry.target, "id", None)
        given = _numbers(getattr(entry.after, "roles", ()))
        taken = _numbers(getattr(entry.before, "roles", ()))
        mirrored = {role.id: standing for standing, role in self._roles().items()}
        if target is None or not (set(mirrored) & {*given, *taken}):
            return
        standing = next((mirrored[number] for number in given if number in mirrored), "")
        refusal = await in_database(_by_hand, str(entry.user_id), str(target), standing)
        standings = await in_database(standings_by_account)
        await self.set_role(str(target), standings.get(str(target)))
        self._known[str(target)] = standings.get(str(target), "")
        if refusal:
            with house_language():
                words = _("<@%(who)s> changed a role of <@%(whose)s>; it was put back: %(why)s") % {
                    "who": entry.user_id,
                    "whose": target,
                    "why": refusal,
                }
                embed = card(Answer(words, _("A role was put back"), colour=SAUMON))
            await self.bot.tell("moderation", embed)


def _numbers(roles: Sequence[discord.abc.Snowflake]) -> list[int]:
    return [role.id for role in roles]


def _is_held(uid: str) -> bool:
    account = Account.objects.filter(discord_id=uid).first()
    if account is None:
        return False
    state = target_state(account)
    return state.quarantined or state.banned


def _by_hand(giver: str, target: str, standing: str) -> str:
    """Change the standing as the giver asked by giving its role; the refusal in words, or nothing."""
    with house_language():
        try:
            actor, member = member_of_account(giver), member_of_account(target)
            if actor is None or member is None:
                raise Refused(_("Both have to be members: /rejoindre."))
            if not standing:
                raise Refused(_("A standing is changed on the desk, with a reason."))
            if member.standing != standing:
                change_standing(actor, member, standing, _("Its role was given on Discord."))
        except REFUSALS as refusal:
            return told(refusal)
        return ""
