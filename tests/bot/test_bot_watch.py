"""Listeners: words; shadow only counts, a failure ends nothing, nothing goes to another server."""

from typing import TYPE_CHECKING, Any

import discord
import pytest
from tests.bot.conftest import Room, Server, ask, words
from tests.bot.guarding import opened, rule

from tractage.hq.safety.models import GuardRule, Incident

if TYPE_CHECKING:
    from tractage.hq.people.models import Member


async def test_a_rule_in_force_removes_and_says_why(
    room: Room, alice: "Member", bob: "Member", chloe: "Member"
) -> None:
    await ask(rule, "saperlotte", "remove", active=True)
    await opened(room, alice, bob, chloe)
    counter = room.server.guild.channels["comptoir"]
    await room.troll.send(counter, "Espèce de s.a.p.e.r.l.o.t.t.e")
    assert counter.last_message is None
    told = words(room.told)
    assert "Un message a été retiré" in told
    assert "saperlotte" in told
    incident = await ask(Incident.objects.get)
    assert (incident.rule, incident.action) == ("saperlotte", "remove")
    fine = await room.chloe.click(room.told, label="Rien à redire")
    assert fine.ephemeral
    assert (await ask(Incident.objects.get)).state == "dismissed"
    await room.troll.send(counter, "Bonjour tout le monde")
    assert counter.last_message is not None


async def test_a_rule_in_shadow_only_counts(
    room: Room, alice: "Member", bob: "Member", chloe: "Member"
) -> None:
    await ask(rule, "saperlotte", "quarantine", active=False)
    await opened(room, alice, bob, chloe)
    counter = room.server.guild.channels["comptoir"]
    await room.troll.send(counter, "saperlotte")
    await room.server.env.advance_time(6)
    assert counter.last_message is not None
    assert not await ask(Incident.objects.exists)
    counted = await ask(GuardRule.objects.get)
    assert (counted.seen, counted.hits) == (1, 1)
    assert await ask(counted.sample.count) == 1


async def test_switching_a_rule_on_reaches_the_bot_in_seconds(
    room: Room, alice: "Member", bob: "Member", chloe: "Member"
) -> None:
    await opened(room, alice, bob, chloe)
    await ask(rule, "saperlotte", "remove", active=True)
    await room.server.env.advance_time(6)
    counter = room.server.guild.channels["comptoir"]
    await room.troll.send(counter, "saperlotte")
    assert counter.last_message is None


async def test_quarantine_by_a_rule_can_be_undone_by_one_button(
    room: Room, alice: "Member", bob: "Member", chloe: "Member"
) -> None:
    await ask(rule, "saperlotte", "quarantine", active=True)
    await opened(room, alice, bob, chloe)
    await room.troll.send(room.server.guild.channels["comptoir"], "s a p e r l o t t e")
    assert room.roles(room.troll) == {"Quarantaine"}
    wrong = await room.chloe.click(room.told, label="Laisser entrer")
    await room.chloe.submit_modal(wrong, {"why": "Il citait quelqu’un"})
    assert room.roles(room.troll) == {"Membre"}


async def test_without_message_content_words_are_not_read_and_commands_work(
    server: Server, campaign: Any, room: Room, alice: "Member", bob: "Member", chloe: "Member"
) -> None:
    await ask(rule, "saperlotte", "remove", active=True)
    server.message_content = False
    intents = discord.Intents.all()
    intents.message_content = False
    server.env.approved_intents = intents
    await server.env.restart_bot(server.make_bot())
    await opened(room, alice, bob, chloe)
    counter = server.guild.channels["comptoir"]
    await room.troll.send(counter, "s.a.p.e.r.l.o.t.t.e")
    assert counter.last_message is not None
    before = counter.last_message.id
    await room.troll.send(counter, "saperlotte")
    assert counter.last_message.id == before, "AutoMod stops what the bot cannot read"
    shown = await room.bob.slash(server.hall, "mission miennes")
    assert shown.ephemeral


async def test_what_automod_stops_is_judged_too(
    room: Room, alice: "Member", bob: "Member", chloe: "Member"
) -> None:
    await ask(rule, "saperlotte", "quarantine", active=True)
    await opened(room, alice, bob, chloe)
    await room.troll.send(room.server.guild.channels["comptoir"], "saperlotte")
    await room.server.env.settle()
    assert room.roles(room.troll) == {"Quarantaine"}


async def test_a_broken_listener_ends_nothing(
    room: Room, alice: "Member", bob: "Member", chloe: "Member", monkeypatch: pytest.MonkeyPatch
) -> None:
    await opened(room, alice, bob, chloe)
    watch: Any = room.server.bot.get_cog("Watch")

    def broken(_event: Any) -> None:
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr(watch.guard, "see", broken)
    await room.troll.send(room.server.hall, "Bonjour")
    monkeypatch.undo()
    assert "broken on purpose" in room.server.bot.failures[0]
    await room.server.env.advance_time(6)
    assert "broken on purpose" in words(room.told)
    await room.server.env.advance_time(60)
    alerts = [one for one in room.server.guild.channels["modération"].history() if "panne" in words(one)]
    assert len(alerts) == 1, "told once, then rarely"
    room.server.bot.failures.clear()
    assert room.server.env.errors
    shown = await room.bob.slash(room.server.hall, "mission miennes")
    assert shown.ephemeral


async def test_everything_goes_to_the_own_server_alone(
    room: Room, alice: "Member", bob: "Member", chloe: "Member"
) -> None:
    server = room.server
    elsewhere = server.env.create_guild("Ailleurs")
    hall = elsewhere.create_text_channel("salon")
    stranger = elsewhere.add_member(server.env.create_user("ailleurs"))
    await ask(rule, "saperlotte", "quarantine", active=True)
    await opened(room, alice, bob, chloe)
    await stranger.send(hall, "saperlotte")
    await room.troll.send(server.guild.channels["comptoir"], "saperlotte")
    await server.env.advance_time(60)
    own = {str(server.guild.id), *(str(channel.id) for channel in server.guild.channels.values())}
    members = {room.chloe, room.alice, room.bob, room.troll}
    private = {str(one.user.dm_channel.id) for one in members if server.env.backend.dm_channels.get(one.id)}
    for route in server.routes():
        method, path = route.split(" ", 1)
        parts = path.strip("/").split("/")
        assert parts[0] in (
            "guilds",
            "channels",
            "applications",
            "oauth2",
            "users",
            "interactions",
            "webhooks",
        )
        if parts[0] in ("guilds", "channels"):
            assert parts[1] in own | private, route
        if parts[0] == "users":
            assert (method, path) == ("POST", "/users/@me/channels")
        if parts[0] == "applications":
            assert parts[3] == str(server.guild.id), route
    assert not hall.history()[1:]
