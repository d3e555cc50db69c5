"""The real client over real sockets: a tiny API and gateway on this machine, cut and opened again."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import discord
import pytest
from aiohttp import WSMsgType, web
from tests.bot.conftest import NUMBER

APP, USER, CHANNEL = "900000000000000010", "900000000000000020", "900000000000000030"
TOKEN = "x" * 60


def plain(data: Any, status: int = 200) -> web.Response:
    """JSON with the very content type that Discord gives."""
    body = json.dumps(data).encode()
    return web.Response(body=body, status=status, headers={"Content-Type": "application/json"})


class TinyDiscord:
    """What the bot needs of Discord, and a record of all that it asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.answers: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.opened: asyncio.Queue[int] = asyncio.Queue()
        self.line: web.WebSocketResponse | None = None
        self.number = 0
        self.address = ""
        self.refuses = 0

    async def api(self, request: web.Request) -> web.StreamResponse:
        """Answer one request."""
        path = request.path.removeprefix("/api/v10")
        self.asked.append(f"{request.method} {path}")
        me = {"id": APP, "username": "tractage", "discriminator": "0", "avatar": None, "bot": True}
        if path == "/users/@me":
            return plain(me)
        if path == "/oauth2/applications/@me":
            about = {"id": APP, "name": "tractage", "icon": None, "description": "", "bot_public": False}
            rest = {"bot_require_code_grant": False, "verify_key": "", "owner": me, "summary": ""}
            return plain({**about, **rest})
        if path.endswith("/commands"):
            sent = await request.json()
            extra = {"application_id": APP, "version": "1"}
            ids = range(900000000000000100, 900000000000000200)
            made = [
                {"description": "", **one, **extra, "id": str(n)} for n, one in zip(ids, sent, strict=False)
            ]
            return plain(made)
        if path.endswith("/callback"):
            return plain({"interaction": {"id": "1", "type": 2}})
        if path.startswith("/webhooks/"):
            body = await request.json()
            await self.answers.put(body)
            return plain(_message(body))
        return plain({"message": "unknown", "code": 0}, status=404)

    async def gateway(self, request: web.Request) -> web.WebSocketResponse:
        """One connection of the gateway."""
        line = web.WebSocketResponse()
        await line.prepare(request)
        if self.refuses:
            self.refuses -= 1
            await line.close(code=1011)
            return line
        self.line = line
        await line.send_json({"op": 10, "d": {"heartbeat_interval": 40_000}})
        async for message in line:
            if message.type is not WSMsgType.TEXT:
                break
            asked = json.loads(message.data)
            if asked["op"] == 2:
                await self._ready()
            elif asked["op"] == 6:
                await self.send("RESUMED", {})
            elif asked["op"] == 1:
                await line.send_json({"op": 11})
            if asked["op"] in (2, 6):
                await self.opened.put(asked["op"])
        return line

    async def _ready(self) -> None:
        user = {"id": APP, "username": "tractage", "discriminator": "0", "avatar": None, "bot": True}
        ready = {
            "v": 10, "user": user, "guilds": [{"id": str(NUMBER), "unavailable": True}], "session_id": "s",
            "resume_gateway_url": self.address.replace("http", "ws") + "/gateway",
            "application": {"id": APP, "flags": 0},
        }  # fmt: skip
        await self.send("READY", ready)
        await self.send("GUILD_CREATE", _guild())

    async def send(self, event: str, data: Any) -> None:
        """Send an event."""
        assert self.line
        self.number += 1
        await self.line.send_json({"op": 0, "t": event, "s": self.number, "d": data})

    async def slash(self, name: str) -> dict[str, Any]:
        """Somebody types a command; what they read."""
        self.number += 1
        user = {"id": USER, "username": "passante", "discriminator": "0", "avatar": None}
        member = {"user": user, "roles": [], "joined_at": "2026-01-01T00:00:00+00:00", "deaf": False,
                  "mute": False, "permissions": "0", "flags": 0, "avatar": None}  # fmt: skip
        data = {"id": "900000000000000100", "name": name, "type": 1, "guild_id": str(NUMBER)}
        channel = {"id": CHANNEL, "type": 0, "name": "accueil", "permissions": "0", "position": 0}
        common = {"application_id": APP, "type": 2, "token": "t", "version": 1, "locale": "fr", "context": 0}
        place = {"guild_id": str(NUMBER), "channel_id": CHANNEL, "channel": channel, "member": member}
        rest = {"entitlements": [], "authorizing_integration_owners": {}, "attachment_size_limit": 1}
        number = str(900000000000001000 + self.number)
        await self.send("INTERACTION_CREATE", {"id": number, "data": data, **common, **place, **rest})
        return await asyncio.wait_for(self.answers.get(), 10)


def _guild() -> dict[str, Any]:
    everyone = {"id": str(NUMBER), "name": "@everyone", "color": 0, "hoist": False, "position": 0,
                "permissions": "0", "managed": False, "mentionable": False, "flags": 0}  # fmt: skip
    lists = "emojis stickers features members threads voice_states presences channels stage_instances"
    empty: dict[str, Any] = {key: [] for key in f"{lists} guild_scheduled_events soundboard_sounds".split()}
    return {**empty, "id": str(NUMBER), "name": "Le Verger", "owner_id": USER, "roles": [everyone],
            "member_count": 1, "large": False, "verification_level": 0, "explicit_content_filter": 0,
            "default_message_notifications": 0, "mfa_level": 0, "nsfw_level": 0, "premium_tier": 0,
            "system_channel_flags": 0, "preferred_locale": "fr", "afk_timeout": 60,
            "premium_progress_bar_enabled": False}  # fmt: skip


def _message(body: dict[str, Any]) -> dict[str, Any]:
    author = {"id": APP, "username": "tractage", "discriminator": "0", "avatar": None, "bot": True}
    return {"id": "900000000000009000", "channel_id": CHANNEL, "author": author, "content": "",
            "timestamp": "2026-01-01T00:00:00+00:00", "edited_timestamp": None, "tts": False, "pinned": False,
            "mention_everyone": False, "mentions": [], "mention_roles": [], "attachments": [],
            "embeds": body.get("embeds", []), "type": 0, "flags": 64}  # fmt: skip


@asynccontextmanager
async def served() -> AsyncIterator[TinyDiscord]:
    """The tiny server on a free port of this machine."""
    tiny = TinyDiscord()
    app = web.Application()
    app.router.add_get("/gateway", tiny.gateway)
    app.router.add_get("/gateway/", tiny.gateway)
    app.router.add_route("*", "/api/v10/{rest:.*}", tiny.api)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    tiny.address = f"http://127.0.0.1:{port}"
    try:
        yield tiny
    finally:
        await runner.cleanup()


@pytest.fixture
def addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Discord's own addresses again afterwards."""
    monkeypatch.setattr(discord.http.Route, "BASE", discord.http.Route.BASE)
    socket = discord.gateway.DiscordWebSocket
    monkeypatch.setattr(socket, "DEFAULT_GATEWAY", socket.DEFAULT_GATEWAY)


async def test_a_lost_gateway_is_resumed_and_a_dead_one_opened_again(
    campaign: Any, quiet_day: None, addresses: None, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tractage.bot import running

    monkeypatch.setattr(running, "FIRST_WAIT", 0.05)
    async with served() as tiny:
        found = replace(
            settings.TRACTAGE,
            discord_token=TOKEN,
            discord_guild=NUMBER,
            discord_api=f"{tiny.address}/api/v10",
            discord_gateway=tiny.address.replace("http", "ws") + "/gateway",
        )
        life = asyncio.create_task(running.supervise(found))
        try:
            assert await asyncio.wait_for(tiny.opened.get(), 20) == 2
            told = await tiny.slash("rejoindre")
            assert "promet" in told["embeds"][0]["title"]
            assert tiny.line
            await tiny.line.close(code=4000)
            assert await asyncio.wait_for(tiny.opened.get(), 20) == 6, "resumed, not begun again"
            assert (await tiny.slash("pivots"))["embeds"]
            await tiny.line.close(code=4014)
            with pytest.raises(Exception, match="TRACTAGE_DISCORD_MESSAGE_CONTENT"):
                await asyncio.wait_for(life, 20)
        finally:
            life.cancel()
            await asyncio.gather(life, return_exceptions=True)
    commands = f"/applications/{APP}/guilds/{NUMBER}/commands"
    known = ("/users/@me", "/oauth2", commands, "/interactions/", "/webhooks/")
    unknown = [one for one in tiny.asked if not one.split(" ")[1].startswith(known)]
    assert unknown == []


async def test_a_fault_of_the_connection_opens_another_one(
    campaign: Any, quiet_day: None, addresses: None, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tractage.bot import running
    from tractage.bot.client import TractageBot

    monkeypatch.setattr(running, "FIRST_WAIT", 0.02)
    lives = 0

    def make() -> TractageBot:
        nonlocal lives
        lives += 1
        bot = running.new_bot(found)
        if lives < 3:

            async def broken(*_args: Any, **_kwargs: Any) -> None:
                raise OSError("the network is gone")

            monkeypatch.setattr(bot, "start", broken)
        return bot

    async with served() as tiny:
        found = replace(
            settings.TRACTAGE,
            discord_token=TOKEN,
            discord_guild=NUMBER,
            discord_api=f"{tiny.address}/api/v10",
            discord_gateway=tiny.address.replace("http", "ws") + "/gateway",
        )
        life = asyncio.create_task(running.supervise(found, make))
        try:
            assert await asyncio.wait_for(tiny.opened.get(), 20) == 2
            assert lives == 3
            assert (await tiny.slash("rejoindre"))["embeds"]
        finally:
            life.cancel()
            await asyncio.gather(life, return_exceptions=True)


def test_without_a_token_the_command_says_which_setting_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    from tractage.conf.bot import run_bot
    from tractage.domain.errors import InputError

    with pytest.raises(InputError, match="TRACTAGE_DISCORD_TOKEN: not set"):
        run_bot()


@pytest.mark.long
async def test_the_command_runs_and_a_sigterm_ends_it_cleanly(tmp_path: Path) -> None:
    async with served() as tiny:
        env = {
            **{key: value for key, value in os.environ.items() if not key.startswith("TRACTAGE_")},
            "TRACTAGE_DATA_DIR": str(tmp_path),
            "TRACTAGE_DISCORD_TOKEN": TOKEN,
            "TRACTAGE_DISCORD_GUILD": str(NUMBER),
            "TRACTAGE_DISCORD_API": f"{tiny.address}/api/v10",
            "TRACTAGE_DISCORD_GATEWAY": tiny.address.replace("http", "ws") + "/gateway",
        }
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tractage.cli.main", "bot", env=env, stderr=asyncio.subprocess.PIPE
        )
        try:
            assert await asyncio.wait_for(tiny.opened.get(), 240) == 2
            assert (await tiny.slash("pivots"))["embeds"]
            process.send_signal(signal.SIGTERM)
            _out, said = await asyncio.wait_for(process.communicate(), 30)
            assert process.returncode == 0, said.decode()
            assert TOKEN not in said.decode()
            assert "Traceback" not in said.decode()
        finally:
            if process.returncode is None:
                process.kill()
