"""Carry out what safety has decided, each call once: written down before it leaves, closed after."""

import logging
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import discord

from tractage.bot.database import in_database
from tractage.bot.measures import set_level
from tractage.domain.guard.ladder import Level
from tractage.domain.guard.sanctions import MemberState
from tractage.hq.safety.call_models import Route
from tractage.hq.safety.services import Order, mark_done, mark_failed, mark_sent, next_calls

if TYPE_CHECKING:
    from tractage.bot.client import TractageBot

log = logging.getLogger(__name__)
REASON = "Tractage"
WAIT_SECONDS = 5.0
APPLIED = " apply"
MOST_TOLD = 10
"""People of a wave are not written to one by one: that would be the bot's own flood."""


class LaterError(Exception):
    """The call stays to be made, after so many seconds. refused: it was not made, for certain (status 429);
    otherwise no answer came, and it is looked up before it is made again."""

    def __init__(self, seconds: float, *, refused: bool) -> None:
        super().__init__(f"again in {seconds:g} s")
        self.seconds, self.refused = seconds, refused


async def carry_out_all(bot: "TractageBot") -> float:
    """Make every call that is due, oldest first; returns the seconds to wait when Discord asked for it."""
    while bot.own is not None:
        orders = await in_database(next_calls, 50)
        if not orders:
            return 0.0
        for order in orders:
            if not await in_database(mark_sent, order.key):
                continue
            try:
                await _carry_out(bot, order, tells=len(orders) <= MOST_TOLD)
            except LaterError as later:
                if later.refused:
                    await in_database(mark_failed, order.key, str(later), again=True)
                return later.seconds
            except discord.HTTPException as error:
                await in_database(mark_failed, order.key, f"{error.status} {error.text}"[:300])
                log.warning("the call %s was refused: %s", order.key, error)
            else:
                await in_database(mark_done, order.key)
    return 0.0


async def _carry_out(bot: "TractageBot", order: Order, *, tells: bool) -> None:
    try:
        if order.route is Route.WARN or (tells and order.key.endswith(APPLIED)):
            await _tell(bot, order)
        if order.route is Route.CLOSE:
            await set_level(bot, Level.LOCKDOWN)
        elif order.route is Route.BAN:
            await _ban_together(bot, order)
        elif order.route is Route.SYNC and order.target is not None:
            await set_state(bot, int(order.discord_ids[0]), order.target, order.until)
    except discord.HTTPException as error:
        if error.status >= 500:
            raise LaterError(WAIT_SECONDS, refused=False) from error
        if error.status == 429:
            wait = float(getattr(error, "retry_after", WAIT_SECONDS))
            raise LaterError(wait, refused=True) from error
        raise


async def _ban_together(bot: "TractageBot", order: Order) -> None:
    """Ban a lot; one that may have left already is looked up first, and only who is missing goes again."""
    own = _own(bot)
    wanted = [int(one) for one in order.discord_ids]
    if order.doubtful:
        gone = {entry.user.id async for entry in own.bans(limit=None)}
        wanted = [one for one in wanted if one not in gone]
    if wanted:
        await own.bulk_ban([discord.Object(one) for one in wanted], reason=f"{REASON} {order.wave}".strip())


async def _tell(bot: "TractageBot", order: Order) -> None:
    """Tell a person in private what was decided and where to appeal."""
    member = await member_of(_own(bot), int(order.discord_ids[0]))
    if member is None:
        return
    words = f"{order.words}\n{order.link}"
    if order.doubtful:
        channel = member.dm_channel or await member.create_dm()
        if words in [message.content async for message in channel.history(limit=20)]:
            return
    await bot.whisper(member, words)


async def set_state(bot: "TractageBot", uid: int, target: MemberState, until: float | None) -> None:
    """Make a person's state on the server what it must be; asking twice changes nothing."""
    own = _own(bot)
    person = discord.Object(uid)
    if target.banned:
        if not await _is_banned(own, person):
            await own.ban(person, reason=REASON, delete_message_seconds=0)
        return
    member = await member_of(own, uid)
    if member is None:
        if await _is_banned(own, person):
            await own.unban(person, reason=REASON)
        return
    if not target.present:
        await member.kick(reason=REASON)
        return
    changes = _changes(bot, member, target, until)
    if changes:
        await member.edit(reason=REASON, **changes)


def _changes(
    bot: "TractageBot", member: discord.Member, target: MemberState, until: float | None
) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    fixed = [role for role in member.roles if role.managed]
    waiting = bot.role("quarantine")
    if target.quarantined:
        wanted = [*fixed, *([waiting] if waiting else [])]
    else:
        own = [role for key in target.roles if (role := member.guild.get_role(int(key)))]
        wanted = [*fixed, *(role for role in own if role != waiting)]
    here = {role for role in member.roles if not role.is_default()}
    if set(wanted) != here:
        changes["roles"] = wanted
    if (member.nick or "") != target.name:
        changes["nick"] = target.name or None
    end = datetime.fromtimestamp(until, UTC) if target.muted and until else None
    if (member.timed_out_until if member.is_timed_out() else None) != end:
        changes["timed_out_until"] = end
    return changes


async def member_of(own: discord.Guild, uid: int) -> discord.Member | None:
    """A member of the server, None when they are not there."""
    known = own.get_member(uid)
    if known is not None:
        return known
    try:
        return await own.fetch_member(uid)
    except discord.NotFound:
        return None


async def _is_banned(own: discord.Guild, person: discord.Object) -> bool:
    try:
        await own.fetch_ban(person)
    except discord.NotFound:
        return False
    return True


def _own(bot: "TractageBot") -> discord.Guild:
    own = bot.own
    if own is None:
        raise LaterError(WAIT_SECONDS, refused=True)
    return own
