"""What has to be done for the server to be as the layout says, and doing it; what people made stays."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import discord
from django.utils.translation import gettext as _

from tractage.bot.controls import Push, Style, panel
from tractage.bot.database import in_database
from tractage.bot.layout import Layout, overwrites
from tractage.bot.words import house_language
from tractage.domain.guard.automod import KeywordRule
from tractage.hq.server.models import PieceKind
from tractage.hq.server.selectors import made_pieces, pieces
from tractage.hq.server.services import forget_piece, keep_piece

CREATE, KEEP, ADOPT, CHANGE, REMOVE, BY_HAND = "create", "keep", "use", "change", "remove", "by hand"
DOOR = "door"


@dataclass(frozen=True)
class Change:
    """One line of the plan: `do` is create, keep, use (it stands there), change, remove or by hand."""

    do: str
    kind: str
    key: str
    name: str
    detail: str = ""

    def row(self) -> dict[str, str]:
        """The line as a table or JSON shows it."""
        return {"do": self.do, "kind": self.kind, "key": self.key, "name": self.name, "detail": self.detail}


@dataclass(frozen=True)
class Actual:
    """What stands on the server now: names by number, for each kind; rules with what they hold."""

    roles: dict[int, discord.Role]
    categories: dict[int, discord.CategoryChannel]
    channels: dict[int, discord.TextChannel]
    rules: dict[int, discord.AutoModRule]

    @classmethod
    async def of(cls, guild: discord.Guild) -> "Actual":
        """Ask Discord."""
        channels = await guild.fetch_channels()
        return cls(
            {one.id: one for one in await guild.fetch_roles()},
            {one.id: one for one in channels if isinstance(one, discord.CategoryChannel)},
            {one.id: one for one in channels if isinstance(one, discord.TextChannel)},
            {one.id: one for one in await guild.fetch_automod_rules()},
        )


NOTHING = Actual({}, {}, {}, {})


class Known:
    """The pieces that the database knows, by kind."""

    def __init__(self) -> None:
        self.all = {kind.value: pieces(kind) for kind in PieceKind}
        self.made = {kind.value: made_pieces(kind) for kind in PieceKind}

    @classmethod
    def none(cls) -> "Known":
        """What is known of a server where nothing stands."""
        empty = cls.__new__(cls)
        empty.all = {kind.value: {} for kind in PieceKind}
        empty.made = {kind.value: {} for kind in PieceKind}
        return empty


def plan_changes(layout: Layout, actual: Actual, known: Known) -> list[Change]:
    """What `apply` would do, in its order."""
    found = [_plan("role", one.key, one.name, actual.roles, known, one.standing) for one in layout.roles]
    found += [_plan("category", one.key, one.name, actual.categories, known) for one in layout.categories]
    found += [
        _plan("channel", one.key, one.name, actual.channels, known, one.access) for one in layout.channels
    ]
    found += _plan_rules(layout, actual, known)
    found.append(
        Change(KEEP if known.all["message"].get(DOOR) and actual.roles else CREATE, "message", DOOR, "door")
    )
    return found + _by_hand(layout, actual, known)


def _plan(kind: str, key: str, name: str, there: dict[int, Any], known: Known, detail: str = "") -> Change:
    number = known.all[kind].get(key)
    if number in there:
        return Change(KEEP, kind, key, there[number].name, detail)
    same = next((one for one in there.values() if one.name == name), None)
    return Change(ADOPT if same else CREATE, kind, key, name, detail)


def _plan_rules(layout: Layout, actual: Actual, known: Known) -> list[Change]:
    found = []
    for key, rule in layout.rules().items():
        detail = _rule_detail(rule)
        there = actual.rules.get(known.all["rule"].get(key, 0))
        if there is None:
            found.append(Change(CREATE, "rule", key, rule.name, detail))
        else:
            found.append(Change(KEEP if _same_rule(rule, there) else CHANGE, "rule", key, rule.name, detail))
    for key, number in known.made["rule"].items():
        if key not in layout.rules() and number in actual.rules:
            found.append(Change(REMOVE, "rule", key, key))
    found += [
        Change(BY_HAND, "rule", one, one, "does not fit into AutoMod: only the bot applies it")
        for one in layout.automod.left_out
    ]
    return found


def _by_hand(layout: Layout, actual: Actual, known: Known) -> list[Change]:
    """Channels of people's own that somebody in quarantine could still read: the bot leaves them alone."""
    role = actual.roles.get(known.all["role"].get("quarantine", 0))
    if role is None:
        return []
    made = set(known.made["channel"].values())
    return [
        Change(BY_HAND, "channel", str(number), one.name, f"deny « view » to {role.name}")
        for number, one in actual.channels.items()
        if number not in made and one.overwrites_for(role).view_channel is not False
    ]


def _rule_detail(rule: KeywordRule) -> str:
    does = "blocks" if rule.block else "reports"
    return f"{does}: {len(rule.keywords)} terms, {len(rule.patterns)} patterns"


def _same_rule(rule: KeywordRule, there: discord.AutoModRule) -> bool:
    trigger = there.trigger
    return (
        set(trigger.keyword_filter) == set(rule.keywords)
        and set(trigger.regex_patterns) == set(rule.patterns)
        and set(trigger.allow_list) == set(rule.allowed)
        and there.enabled
    )


class Applying:
    """Makes the layout on one server, piece by piece; each is written down as soon as it stands."""

    def __init__(
        self, guild: discord.Guild, me: discord.abc.Snowflake, tell: Callable[[Change], None]
    ) -> None:
        self.guild, self.me, self.tell = guild, me, tell
        self.roles: dict[str, discord.Role] = {}
        self.categories: dict[str, discord.CategoryChannel] = {}
        self.channels: dict[str, discord.TextChannel] = {}

    async def apply(self, layout: Layout) -> list[Change]:
        """Do what the plan says. Twice does nothing more."""
        actual, known = await Actual.of(self.guild), await in_database(Known)
        plan = plan_changes(layout, actual, known)
        by_place = {(one.kind, one.key): one for one in plan}
        for role in layout.roles:
            there = self._there(by_place[("role", role.key)], actual.roles, known)
            made = there or await self.guild.create_role(
                name=role.name, hoist=role.hoist, mentionable=False, permissions=discord.Permissions.none()
            )
            self.roles[role.key] = made
            await self._keep(by_place[("role", role.key)], made.id)
        for heading in layout.categories:
            there = self._there(by_place[("category", heading.key)], actual.categories, known)
            self.categories[heading.key] = there or await self.guild.create_category(heading.name)
            await self._keep(by_place[("category", heading.key)], self.categories[heading.key].id)
        for channel in layout.channels:
            there = self._there(by_place[("channel", channel.key)], actual.channels, known)
            self.channels[channel.key] = there or await self.guild.create_text_channel(
                channel.name,
                category=self.categories[channel.category],
                topic=channel.topic,
                overwrites=overwrites(channel.access, self.roles, self.guild, self.me),
            )
            await self._keep(by_place[("channel", channel.key)], self.channels[channel.key].id)
        await self._rules(layout, actual, known, by_place)
        await self._door(by_place[("message", DOOR)], known)
        return plan

    def _there(self, change: Change, there: dict[int, Any], known: Known) -> Any:
        if change.do == KEEP:
            return there[known.all[change.kind][change.key]]
        if change.do == ADOPT:
            return next(one for one in there.values() if one.name == change.name)
        return None

    async def _keep(self, change: Change, number: int) -> None:
        if change.do in (CREATE, ADOPT):
            await in_database(keep_piece, change.kind, change.key, number, made=change.do == CREATE)
        self.tell(change)

    async def _rules(
        self, layout: Layout, actual: Actual, known: Known, plan: dict[tuple[str, str], Change]
    ) -> None:
        for (kind, key), change in plan.items():
            if kind != "rule" or change.do == BY_HAND:
                continue
            if change.do == REMOVE:
                await actual.rules[known.made["rule"][key]].delete(
                    reason="no longer among the rules in force"
                )
                await in_database(forget_piece, "rule", key)
                self.tell(change)
                continue
            values = self._rule_values(layout.rules()[key])
            if change.do == CHANGE:
                there = actual.rules[known.all["rule"][key]]
                await there.edit(trigger=values["trigger"], actions=values["actions"], enabled=True)
                self.tell(change)
            elif change.do == CREATE:
                made = await self.guild.create_automod_rule(
                    name=change.name,
                    event_type=discord.AutoModRuleEventType.message_send,
                    enabled=True,
                    **values,
                )
                await self._keep(change, made.id)
            else:
                self.tell(change)

    def _rule_values(self, rule: KeywordRule) -> dict[str, Any]:
        actions: list[discord.AutoModRuleAction] = []
        if rule.block:
            actions.append(discord.AutoModRuleAction(type=discord.AutoModRuleActionType.block_message))
        if "moderation" in self.channels:
            actions.append(discord.AutoModRuleAction(channel_id=self.channels["moderation"].id))
        trigger = discord.AutoModTrigger(
            keyword_filter=list(rule.keywords),
            regex_patterns=list(rule.patterns),
            allow_list=list(rule.allowed),
        )
        exempt: Sequence[discord.abc.Snowflake] = [
            self.channels[key] for key in ("moderation",) if key in self.channels
        ]
        return {"trigger": trigger, "actions": actions, "exempt_channels": exempt}

    async def _door(self, change: Change, known: Known) -> None:
        channel = self.channels[DOOR]
        number = known.all["message"].get(DOOR)
        if number:
            try:
                await channel.fetch_message(number)
            except discord.NotFound:
                number = None
        if number:
            self.tell(Change(KEEP, change.kind, change.key, change.name))
            return
        with house_language():
            words = _("Come in: the charter, a pseudonym of yours, a first mission. Two minutes, no e-mail.")
            view = panel([Push("join", "", _("Come in"), Style.primary)])
        message = await channel.send(words, view=view)  # type: ignore[arg-type]
        await in_database(keep_piece, "message", DOOR, message.id, made=True)
        self.tell(Change(CREATE, change.kind, change.key, change.name))
