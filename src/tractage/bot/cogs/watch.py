"""Listeners: arrivals, departures, messages; what the guard decides is written down, then done, then told."""

import asyncio
import logging
import time
from collections import OrderedDict
from collections.abc import Sequence

import discord
from discord.ext import commands, tasks
from django.utils.translation import gettext as _

from tractage.bot.answers import SAUMON, Answer, card
from tractage.bot.beat import leave_beat
from tractage.bot.cards import decision_card, step_card
from tractage.bot.client import TractageBot
from tractage.bot.controls import panel
from tractage.bot.database import in_database
from tractage.bot.guarding import Guard, Judged, refresh, step_of
from tractage.bot.measures import set_level
from tractage.bot.orders import carry_out_all
from tractage.bot.people import Person, person
from tractage.bot.pictures import Prints, prints_of
from tractage.bot.recording import Recorded, record_decision, rejoined, seen_again
from tractage.bot.words import house_language
from tractage.domain.guard.decisions import Action, Decision, Evidence
from tractage.domain.guard.events import Event, Join, Leave, Post
from tractage.domain.guard.ladder import Level, Step
from tractage.domain.guard.rhythm import Rhythm
from tractage.hq.safety.services import Seen, record_steps

log = logging.getLogger(__name__)
REFRESH_SECONDS, ORDER_SECONDS = 5.0, 2.0
MOST_PLACES = 20_000
ALERT_SECONDS = 1800.0
LEARNT_SECONDS = 8 * 7 * 86400.0
TOLD_AT = frozenset({1, 10, 50, 100, 250, 500, 1000, 2500, 5000})


class Watch(commands.Cog):
    """The guard's eyes and hands."""

    def __init__(self, bot: TractageBot) -> None:
        self.bot = bot
        self.guard: Guard | None = None
        self._places: OrderedDict[str, tuple[int, str]] = OrderedDict()
        self._orders = asyncio.Lock()
        self._by_person = self._stood = False
        self._pause = 0.0
        self._alerted = -ALERT_SECONDS
        self._learnt = False
        self._waved: dict[str, int] = {}

    async def cog_load(self) -> None:
        """Read rules and settings, then look after what comes round by the clock."""
        self.guard = await in_database(Guard)
        self._by_person = self.guard.level > Level.CALM
        self.keep_up.start()
        self.carry_out.start()

    async def cog_unload(self) -> None:
        """Stop looking."""
        self.keep_up.cancel()
        self.carry_out.cancel()

    @tasks.loop(seconds=REFRESH_SECONDS)
    async def keep_up(self) -> None:
        """Rules, settings, a moderator's hand on the ladder, the way down that time brings."""
        if self.guard is None or self.bot.own is None:
            return
        try:
            steps = self.guard.tick()
            if steps:
                await self._take_steps(steps)
            await in_database(leave_beat)
            if await in_database(refresh, self.guard, self.guard.take_shadow()) is not None:
                self._by_person, self._stood = True, False
            if not self._stood:
                await self._stand()
            await self._alert()
        except Exception as error:
            self.bot.note_failure(error)

    @tasks.loop(seconds=ORDER_SECONDS)
    async def carry_out(self) -> None:
        """What was decided here or on the site."""
        self._pause = max(0.0, self._pause - ORDER_SECONDS)
        try:
            await self.do_orders()
        except Exception as error:
            self.bot.note_failure(error)

    async def do_orders(self) -> None:
        """Make the calls that are due, one after another."""
        async with self._orders:
            if not self._pause:
                self._pause = await carry_out_all(self.bot)

    @commands.Cog.listener()
    async def on_member_join(self, member: discord.Member) -> None:
        """An arrival."""
        if member.guild.id != self.bot.server or member.bot or self.guard is None:
            return
        if await in_database(rejoined, person(member)):
            await self.do_orders()
        join = Join(
            self.guard.moment(),
            str(member.id),
            member.display_name,
            min(member.created_at.timestamp(), self.guard.moment()),
            member.avatar is not None,
        )
        await self._see(join, [person(member)])

    @commands.Cog.listener()
    async def on_raw_member_remove(self, payload: discord.RawMemberRemoveEvent) -> None:
        """A departure."""
        if payload.guild_id == self.bot.server and self.guard is not None:
            await self._see(Leave(self.guard.moment(), str(payload.user.id)), [])

    @commands.Cog.listener()
    async def on_member_update(self, _before: discord.Member, after: discord.Member) -> None:
        """Roles or name have changed: what is a person's own is kept up to date."""
        if after.guild.id == self.bot.server and not after.bot:
            await in_database(seen_again, person(after))

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """A message of the own server; without the intent its words are empty, its rhythm counts."""
        mine = message.guild is not None and message.guild.id == self.bot.server
        if not mine or message.author.bot or message.webhook_id or self.guard is None:
            return
        prints = await prints_of(message) if self.bot.reads_messages else Prints()
        channel = getattr(message.channel, "name", "")
        self._places[str(message.id)] = (message.channel.id, message.content)
        while len(self._places) > MOST_PLACES:
            self._places.popitem(last=False)
        called = tuple(str(one.id) for one in (*message.mentions, *message.role_mentions))
        post = Post(
            self.guard.moment(),
            str(message.id),
            str(message.author.id),
            message.content,
            channel,
            prints.pictures,
            called,
        )
        await self._see(post, [person(message.author)])
        for name, reason in prints.hostile:
            await self._hostile(post, person(message.author), name, reason)

    @commands.Cog.listener()
    async def on_automod_action(self, execution: discord.AutoModAction) -> None:
        """Discord stopped a message by one of the guard's terms: its author is judged like any other."""
        stopped = execution.action.type is discord.AutoModRuleActionType.block_message
        if execution.guild_id != self.bot.server or self.guard is None or not stopped:
            return
        text = execution.content or execution.matched_keyword or ""
        author = str(execution.user_id)
        number = f"automod-{execution.rule_id}-{author}"
        channel = getattr(execution.channel, "name", "")
        await self._see(Post(self.guard.moment(), number, author, text, channel), [self._person(author)])

    async def _hostile(self, post: Post, who: Person, name: str, reason: str) -> None:
        evidence = (Evidence("file", name), Evidence("refused", reason))
        why = "a file that is not what it says, or that would harm a reader"
        decision = Decision(post.t, Action.REMOVE, "media", why, evidence, (who.uid,), (post.id,))
        active = self.guard is not None and self.guard.settings.pictures
        await self._act(Judged(decision, active), [who])

    async def _see(self, event: Event, people: Sequence[Person]) -> None:
        if self.guard is None:
            return
        for judged in self.guard.see(event):
            if judged.decision.action is Action.STEP:
                await self._take_steps([step_of(judged.decision)])
            else:
                await self._act(judged, people)

    async def _act(self, judged: Judged, people: Sequence[Person]) -> None:
        decision = judged.decision
        first = decision.messages[0] if decision.messages else ""
        place, text = self._places.get(first, (0, ""))
        seen = Seen(text=text, channel=str(place or ""), message=first)
        known = {one.uid: one for one in people}
        everyone = [known.get(uid) or self._person(uid) for uid in decision.members]
        recorded = await in_database(record_decision, judged, everyone, seen)
        if judged.active and decision.action in (Action.REMOVE, Action.QUARANTINE):
            await self._remove(decision.messages)
        if judged.active and decision.action is Action.QUARANTINE:
            await self.do_orders()
        await self._tell(judged, everyone, place, recorded)

    def _person(self, uid: str) -> Person:
        member = self.bot.own.get_member(int(uid)) if self.bot.own and uid.isdigit() else None
        return person(member) if member else Person(uid, "")

    async def _remove(self, messages: Sequence[str]) -> None:
        for number in messages:
            place, _text = self._places.get(number, (0, ""))
            channel = self.bot.own.get_channel_or_thread(place) if self.bot.own and place else None
            if not isinstance(channel, discord.TextChannel | discord.Thread):
                continue
            try:
                await channel.get_partial_message(int(number)).delete()
            except discord.NotFound:
                continue
            except discord.HTTPException as error:
                log.warning("a message stays in #%s: %s", channel.name, error)

    async def _tell(self, judged: Judged, everyone: Sequence[Person], place: int, recorded: Recorded) -> None:
        wave, rule = judged.decision.wave, judged.decision.rule
        if wave and rule == "gate":
            # A wave is told at its first arrival, then ever more rarely: the room stays readable.
            self._waved[wave] = count = self._waved.get(wave, 0) + 1
            if count not in TOLD_AT:
                return
        who = ", ".join(f"<@{one.uid}>" for one in everyone[:10])
        if len(everyone) > 10:
            who += f" … ({len(everyone)})"
        with house_language():
            told = judged if not recorded.wave else recorded.under(judged)
            embed, controls = decision_card(told, who, f"<#{place}>" if place else "", recorded.incident)
            view = panel(controls)
        await self.bot.tell("moderation", embed, view)

    async def _take_steps(self, steps: Sequence[Step]) -> None:
        if self.guard is None:
            return
        active = self._acts
        failed = await self._stand() if active else []
        if active:
            await in_database(record_steps, list(steps))
        for step in steps:
            with house_language():
                embed = step_card(step, active=active, failed=failed)
            await self.bot.tell("moderation", embed)

        if self.guard.level is Level.CALM:
            self._by_person = False

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """Learn the server's own rhythm from when its members came."""
        own = self.bot.own
        if own is None or self.guard is None or self._learnt:
            return
        self._learnt = True
        try:
            came = [one.joined_at.timestamp() async for one in own.fetch_members(limit=None) if one.joined_at]
        except discord.HTTPException as error:
            log.warning("the rhythm of arrivals could not be learnt: %s", error)
            return
        until = self.guard.moment()
        since = max(own.created_at.timestamp(), until - LEARNT_SECONDS)
        if until > since:
            recent = [t for t in came if since <= t <= until]
            self.guard.patrol.use_rhythm(Rhythm(recent, since, until))

    async def _alert(self) -> None:
        """Tell the moderators' room, rarely, that something broke: the log has the rest."""
        faults = len(self.bot.failures)
        what = self.bot.last_fault or (self.bot.failures[-1] if faults else "")
        if not what or time.monotonic() - self._alerted < ALERT_SECONDS:
            return
        with house_language():
            words = _("The bot met a fault and goes on: %(what)s. The operator’s log has the rest.")
            embed = card(Answer(words % {"what": what[:300]}, _("For the operator"), colour=SAUMON))
        if await self.bot.tell("moderation", embed):
            self._alerted, self.bot.last_fault = time.monotonic(), ""

    @property
    def _acts(self) -> bool:
        """Whether the ladder moves anything: its part is switched on, or a person has put it there."""
        return self._by_person or (self.guard is not None and self.guard.settings.raids)

    async def _stand(self) -> list[str]:
        self._stood = True
        level = self.guard.level if self.guard is not None and self._acts else Level.CALM
        return await set_level(self.bot, level)
