"""The server as it should be: roles, categories, channels from the data file, AutoMod rules of the guard."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import discord
from django.conf import settings

from tractage.domain.guard.automod import AutoModPlan, KeywordRule, plan_automod
from tractage.hq.safety.services import rules_in_force

BOT_PERMISSIONS = discord.Permissions(
    view_channel=True,
    send_messages=True,
    embed_links=True,
    attach_files=True,
    read_message_history=True,
    manage_messages=True,
    manage_channels=True,
    manage_roles=True,
    manage_nicknames=True,
    moderate_members=True,
    ban_members=True,
    manage_guild=True,
    view_audit_log=True,
)
"""What the bot is invited with; docs/organiser/discord.md says what each is for. Never administrator."""


@dataclass(frozen=True)
class RoleSpec:
    """A role; `standing` is the standing that it mirrors, if it does."""

    key: str
    name: str
    hoist: bool
    standing: str = ""


@dataclass(frozen=True)
class CategorySpec:
    """A heading over channels."""

    key: str
    name: str


@dataclass(frozen=True)
class ChannelSpec:
    """A channel: where it stands, who may what, what is written above it."""

    key: str
    name: str
    category: str
    access: str
    topic: str


@dataclass(frozen=True)
class Layout:
    """All that the bot makes."""

    roles: tuple[RoleSpec, ...]
    categories: tuple[CategorySpec, ...]
    channels: tuple[ChannelSpec, ...]
    automod: AutoModPlan

    def rules(self) -> dict[str, KeywordRule]:
        """The AutoMod rules by key."""
        return {rule.name: rule for rule in self.automod.rules}


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((files("tractage.bot") / "data" / "server.toml").read_text("utf-8"))


def role_specs() -> tuple[RoleSpec, ...]:
    """The roles, in the instance's language."""
    language = settings.LANGUAGE_CODE
    return tuple(
        RoleSpec(one["key"], one[language], one["hoist"], one.get("standing", "")) for one in _data()["roles"]
    )


def wanted_layout() -> Layout:
    """The layout in the instance's language, with the rules in force; asks the database."""
    language = settings.LANGUAGE_CODE
    return Layout(
        role_specs(),
        tuple(CategorySpec(one["key"], one[language]) for one in _data()["categories"]),
        tuple(
            ChannelSpec(one["key"], one[language], one["category"], one["access"], one[f"topic_{language}"])
            for one in _data()["channels"]
        ),
        plan_automod(rules_in_force()),
    )


Overwrites = dict[discord.Role | discord.Member | discord.Object, discord.PermissionOverwrite]


def overwrites(
    access: str, roles: dict[str, discord.Role], guild: discord.Guild, me: discord.abc.Snowflake
) -> Overwrites:
    """Who may what in a channel of this access. Everyone in quarantine is kept out, but for their room."""
    shut = discord.PermissionOverwrite(view_channel=False)
    seen = discord.PermissionOverwrite(view_channel=True, send_messages=True)
    found: Overwrites = {discord.Object(me.id, type=discord.Member): discord.PermissionOverwrite(
        view_channel=True, send_messages=True, embed_links=True, manage_messages=True, manage_channels=True
    )}  # fmt: skip
    moderators = [roles[key] for key in ("moderator", "coordinator", "founder") if key in roles]
    if access == "read":
        found[guild.default_role] = discord.PermissionOverwrite(view_channel=True, send_messages=False)
    elif access in ("members", "moderators", "quarantine"):
        found[guild.default_role] = shut
    if access == "members":
        found |= {roles[key]: seen for key in ("newcomer", "member", "reviewer") if key in roles}
    if access != "open":
        found |= dict.fromkeys(moderators, seen)
    if access == "quarantine" and "quarantine" in roles:
        found[roles["quarantine"]] = seen
    elif "quarantine" in roles:
        found[roles["quarantine"]] = shut
    return found
