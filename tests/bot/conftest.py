"""A simulated Discord around the real bot; asynchronous tests run in it, their database in the thread."""

import inspect
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import pytest
from asgiref.sync import async_to_sync, sync_to_async

if TYPE_CHECKING:
    from simcord.actors import MemberActor
    from simcord.builders import ChannelHandle, GuildHandle
    from simcord.env import Env

    from tractage.bot.client import TractageBot
    from tractage.bot.layout_changes import Change
    from tractage.hq.people.models import Member

T = TypeVar("T")
NUMBER = 900_000_000_000_000_001


async def ask(work: Callable[..., T], *args: Any, **kwargs: Any) -> T:
    """Ask the database from an asynchronous test."""
    return await sync_to_async(work, thread_sensitive=True)(*args, **kwargs)


class Server:
    """The community's server with the bot on it, and the cast when it comes in."""

    env: "Env"
    guild: "GuildHandle"
    hall: "ChannelHandle"

    def __init__(self) -> None:
        self.locale = "fr"
        self.message_content = True
        self.approved: Any = None
        self.before: list[Callable[[Server], None]] = []

    @property
    def bot(self) -> "TractageBot":
        """The bot that runs."""
        return self.env.bot  # type: ignore[return-value]

    def make_bot(self) -> "TractageBot":
        """A bot of this server."""
        from tractage.bot.client import TractageBot

        return TractageBot(NUMBER, message_content=self.message_content)

    async def start(self) -> None:
        """Open the server, then let the bot in."""
        import simcord

        options = {"approved_intents": self.approved} if self.approved else {}
        self.env = simcord.Env(self.make_bot(), settle_timeout=30.0, **options)
        self.guild = self.env.create_guild("Le Verger", id=NUMBER)
        self.hall = self.guild.create_text_channel("accueil")
        for step in self.before:
            step(self)
        await self.env.start()
        await self.env.settle()

    async def stop(self) -> None:
        """Close it; a fault of the bot that no test looked at fails the test."""
        await self.env.settle()
        failures = list(self.env.bot.failures)  # type: ignore[attr-defined]
        await self.env.shutdown()
        self.env._raise_errors_since(self.env._errors_acknowledged)
        assert not failures, failures

    async def restart(self) -> None:
        """The bot's process ends and another one starts."""
        await self.env.restart_bot(self.make_bot())
        await self.env.settle()

    def come(self, name: str, **about: Any) -> "MemberActor":
        """Somebody comes to the server."""
        return self.guild.add_member(self.env.create_user(name), **about)

    async def member(self, member: "Member", name: str = "", **about: Any) -> "MemberActor":
        """Somebody comes for whom the headquarters know a member with the charter accepted."""
        from tractage.hq.campaigns.selectors import current_campaign
        from tractage.hq.people.discord_links import link_discord
        from tractage.hq.people.services import accept_charter

        actor = self.come(name or member.pseudonym.lower().replace("é", "e"), **about)

        def known() -> None:
            link_discord(member, member, str(actor.id))
            campaign = current_campaign()
            if campaign:
                accept_charter(member, campaign)

        await ask(known)
        return actor

    def routes(self) -> list[str]:
        """Every request that the bot made, as METHOD and path."""
        return [f"{one.method} {one.path}" for one in self.env.http_requests]


@cache
def _pause_invitations() -> None:
    """Teach the simulator the one route that it lacks: Discord's own pause of invitations."""
    from simcord.http.router import route

    @route("PUT", "/guilds/{guild_id}/incident-actions")
    def incident_actions(ctx: Any) -> Any:
        return {**(ctx.json or {}), "dm_spam_detected_at": None, "raid_detected_at": None}


@pytest.fixture
def server(db: None, monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> Iterator[Server]:
    """The simulated server; it opens when an asynchronous test begins."""
    from simcord import interactions

    settings.TRACTAGE = replace(settings.TRACTAGE, data_dir=tmp_path)
    made = Server()
    plain = interactions.base_payload

    def in_its_language(*args: Any, **kwargs: Any) -> Any:
        record, payload = plain(*args, **kwargs)
        payload["locale"] = made.locale
        return record, payload

    monkeypatch.setattr(interactions, "base_payload", in_its_language)
    _pause_invitations()
    return made


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: Any) -> bool | None:
    """Run an asynchronous test inside the server."""
    if not inspect.iscoroutinefunction(pyfuncitem.obj):
        return None
    names = pyfuncitem._fixtureinfo.argnames
    given = {name: pyfuncitem.funcargs[name] for name in names}

    async def scene() -> None:
        server = pyfuncitem.funcargs.get("server")
        if server is None:
            await pyfuncitem.obj(**given)
            return
        await server.start()
        try:
            with server.env.time_context():
                await pyfuncitem.obj(**given)
        except BaseException:
            print(server.env.transcript())
            await server.env.shutdown()
            raise
        await server.stop()

    async_to_sync(scene)()
    return True


def words(message: Any) -> str:
    """All that a message says: its text, its card and the labels of its buttons."""
    told = [message.content or ""]
    for card in message.embeds:
        told += [card.title or "", card.description or ""]
        told += [f"{field.name} {field.value}" for field in card.fields]
    return "\n".join(told)


def labels(message: Any) -> list[str]:
    """The labels of a message's buttons."""
    from simcord.components import walk_components

    rows = getattr(message, "components", [])
    return [str(one.get("label")) for one in walk_components(rows) if one.get("type") == 2]


async def applied(server: Server) -> "list[Change]":
    """Run `apply` once with what the database wants."""
    from tractage.bot.layout import wanted_layout
    from tractage.bot.layout_changes import Applying

    guild = server.bot.get_guild(NUMBER)
    assert guild
    told: list[Change] = []
    await Applying(guild, guild.me, told.append).apply(await ask(wanted_layout))
    await server.env.settle()
    await server.bot.read_places()
    return told


def permit(server: Server) -> None:
    """Give the bot what docs/organiser/discord.md asks for."""
    from tractage.bot.layout import BOT_PERMISSIONS

    role = server.guild.create_role("Bot", permissions=BOT_PERMISSIONS)
    backend = server.env.backend
    backend.get_guild(NUMBER).members[backend.bot_user.id].role_ids.append(role.id)


class Room:
    """The server as `apply` makes it, two moderators, one who has no rights, one about whom it is."""

    chloe: "MemberActor"
    alice: "MemberActor"
    bob: "MemberActor"
    troll: "MemberActor"

    def __init__(self, server: Server) -> None:
        self.server = server

    @property
    def told(self) -> Any:
        """The last message of the moderators' room."""
        return self.server.guild.channels["modération"].last_message

    async def open(self, alice: "Member", bob: "Member", chloe: "Member") -> "Room":
        """Let everybody in."""
        permit(self.server)
        await applied(self.server)
        moderators = [self.server.guild.roles["Modération"]]
        self.chloe = await self.server.member(chloe, roles=moderators)
        self.alice = await self.server.member(alice, roles=moderators)
        self.bob = await self.server.member(bob)
        self.troll = self.server.come("troll", roles=[self.server.guild.roles["Membre"]])
        return self

    def roles(self, who: "MemberActor") -> set[str]:
        """Names of somebody's roles."""
        numbers = self.server.env.backend.get_guild(self.server.guild.id).members[who.id].role_ids
        return {role.name for role in self.server.guild.roles.values() if role.id in numbers}


@pytest.fixture
def room(server: Server, campaign: Any) -> Room:
    """The room, shut until a test opens it."""
    return Room(server)
