"""`tractage bot plan | apply`: what would be made on a new server, made once, others' things untouched."""

from typing import Any

import discord
from tests.bot.conftest import NUMBER, Server, applied, ask, permit

from tractage.hq.safety.services import RuleContent, switch_rule, write_rule
from tractage.hq.server.models import Piece


def with_rules() -> None:
    """Two rules in force."""
    for key, action in (("insulte", "remove"), ("rumeur", "flag")):
        rule = write_rule(None, RuleContent(key, "word", key, action))
        switch_rule(None, rule, active=True)


async def test_a_new_server_is_made_once(server: Server, db: None) -> None:
    permit(server)
    await ask(with_rules)
    first = await applied(server)
    assert {one.do for one in first} == {"create"}
    names = set(server.guild.channels)
    assert {"entrée", "annonces", "comptoir", "missions", "œuvres", "modération", "salle-d-attente"} <= names
    rules = await server.bot.get_guild(NUMBER).fetch_automod_rules()  # type: ignore[union-attr]
    assert sorted(rule.trigger.keyword_filter[0] for rule in rules) == ["insulte", "rumeur"]
    calls = len(server.env.http_requests)
    again = await applied(server)
    assert {one.do for one in again if one.do != "by hand"} == {"keep"}
    assert not [one for one in server.env.http_requests[calls:] if one.method != "GET"]
    assert set(server.guild.channels) == names


async def test_who_may_see_what(server: Server, db: None) -> None:
    permit(server)
    await applied(server)
    stranger = server.come("inconnue")
    guild = server.bot.get_guild(NUMBER)
    assert guild
    here = guild.get_member(stranger.id) or await guild.fetch_member(stranger.id)
    seen = {name for name in ("door", "counter", "missions", "moderation", "waiting")
            if (place := server.bot.place(name)) and place.permissions_for(here).view_channel}  # fmt: skip
    assert seen == {"door", "counter"}
    assert not server.bot.place("door").permissions_for(here).send_messages  # type: ignore[union-attr]


async def test_what_stands_there_is_used_and_left_as_it_is(server: Server, db: None) -> None:
    permit(server)
    before = server.guild.create_text_channel("annonces", topic="À nous")
    told = await applied(server)
    assert [one.do for one in told if one.key == "announcements"] == ["use"]
    assert server.bot.places["announcements"] == before.id
    touched = [
        one
        for one in server.env.http_requests
        if one.method in ("PATCH", "DELETE") and str(before.id) in one.path
    ]
    assert not touched
    piece = await ask(Piece.objects.get, kind="channel", key="announcements")
    assert piece.made is False
    by_hand = [one for one in await applied(server) if one.do == "by hand" and one.kind == "channel"]
    assert not by_hand or all("Quarantaine" in one.detail for one in by_hand)


async def test_what_was_removed_by_hand_comes_back(server: Server, db: None) -> None:
    permit(server)
    await applied(server)
    counter = server.bot.place("counter")
    assert counter
    await counter.delete()
    await server.env.settle()
    told = await applied(server)
    assert [(one.do, one.key) for one in told if one.do == "create"] == [("create", "counter")]


async def test_rules_follow_the_guard_and_others_rules_stay(server: Server, db: None) -> None:
    permit(server)
    await ask(with_rules)
    await applied(server)
    guild = server.bot.get_guild(NUMBER)
    assert guild
    other = await guild.create_automod_rule(
        name="À nous",
        event_type=discord.AutoModRuleEventType.message_send,
        trigger=discord.AutoModTrigger(keyword_filter=["ours"]),
        actions=[discord.AutoModRuleAction()],
    )

    def fewer() -> None:
        from tractage.hq.safety.models import GuardRule
        from tractage.hq.safety.services import remove_rule

        remove_rule(None, GuardRule.objects.get(key="rumeur"))
        switch_rule(None, write_rule(None, RuleContent("menace", "word", "menace", "remove")), active=True)

    await ask(fewer)
    told = await applied(server)
    assert sorted((one.do, one.kind) for one in told if one.kind == "rule") == [
        ("change", "rule"),
        ("remove", "rule"),
    ]
    rules = {rule.id: rule for rule in await guild.fetch_automod_rules()}
    assert other.id in rules
    assert {word for rule in rules.values() for word in rule.trigger.keyword_filter} == {
        "insulte",
        "menace",
        "ours",
    }


async def test_the_door_is_a_button_that_lets_in(server: Server, campaign: Any) -> None:
    permit(server)
    await applied(server)
    nora = server.come("nora")
    door = server.guild.channels["entrée"]
    assert door.last_message
    opened = await nora.click(door.last_message, label="Entrez")
    assert opened.ephemeral


def test_the_plan_of_a_new_server_without_a_token(db: None) -> None:
    from tractage.bot.layout import wanted_layout
    from tractage.bot.layout_changes import NOTHING, Known, plan_changes

    with_rules()
    plan = plan_changes(wanted_layout(), NOTHING, Known())
    assert {one.do for one in plan} == {"create"}
    assert [one.kind for one in plan].count("role") == 7
    assert [one.kind for one in plan].count("rule") == 2


async def test_every_command_has_its_line_in_the_guide(server: Server, db: None) -> None:
    from pathlib import Path

    page = (Path(__file__).parents[2] / "docs/user/discord.md").read_text()
    own = discord.Object(NUMBER)
    names = [
        command.qualified_name
        for command in server.bot.tree.walk_commands(guild=own)
        if not isinstance(command, discord.app_commands.Group)
    ]
    assert len(names) > 20
    assert not [name for name in names if f"`/{name}`" not in page]
    assert "Signaler aux modérateurs" in page


async def test_every_command_is_said_in_both_languages(server: Server, db: None) -> None:
    (sent,) = [one.json for one in server.env.http_requests if one.path.endswith("/commands")]

    def check(options: list[dict[str, Any]]) -> None:
        for one in options:
            if one.get("type") == 3 and one.get("target"):
                continue
            if one.get("description"):
                assert one["description_localizations"]["en-US"] != one["description"], one["name"]
                assert len(one["description"]) <= 100
            check(one.get("options", []))

    check(sent)  # type: ignore[arg-type]


def test_the_plan_keeps_to_automods_limits(db: None) -> None:
    from tractage.bot.layout import wanted_layout
    from tractage.hq.safety.models import GuardRule
    from tractage.hq.safety.services import import_rules

    words = "\n".join(f'[[terms]]\ntext = "gredin{number:04}"\naction = "remove"' for number in range(1200))
    patterns = "\n".join(f'[[patterns]]\nre2 = "gredin{number}x+"\naction = "remove"' for number in range(12))
    import_rules(None, f'language = "fr"\n{words}\n{patterns}\n', "essai.toml")
    GuardRule.objects.update(state="active")
    layout = wanted_layout()
    assert [len(rule.keywords) for rule in layout.automod.rules] == [1000, 200]
    assert sum(len(rule.patterns) for rule in layout.automod.rules) == 10
    assert len(layout.automod.left_out) == 2
