"""Raids and the calls they need: shadow does nothing, a restart repeats nothing, a refusal is kept."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from tests.bot.conftest import Room, Server, ask, words
from tests.bot.guarding import START, labels_of, opened, settle

from tractage.hq.safety.models import Call, LadderStep, MassAction, Sanction

if TYPE_CHECKING:
    from tractage.hq.people.models import Member


@pytest.fixture
def early(at: Callable[[datetime], None]) -> None:
    """The bot starts three days before the raid; whoever is there by then is no raider."""
    at(START - timedelta(days=3))


def raiders(server: Server, number: int, at: Callable[[datetime], None]) -> list[Any]:
    """Arrivals a tenth of a second apart, alike."""
    came = []
    for place in range(number):
        at(START + timedelta(milliseconds=100 * place))
        came.append(server.come(f"freemoney{place:03}"))
    return came


async def test_a_raid_goes_up_the_ladder_is_undone_and_everything_is_as_before(
    room: Room, alice: "Member", bob: "Member", chloe: "Member", at: Callable[[datetime], None], early: None
) -> None:
    server = room.server
    await ask(settle, raids=True)
    await opened(room, alice, bob, chloe)
    came = raiders(server, 25, at)
    await server.env.settle()
    steps = await ask(lambda: [step.level for step in LadderStep.objects.order_by("pk")])
    assert steps[-1] == 4
    told = "\n".join(words(one) for one in server.guild.channels["modération"].history())
    assert "L’échelle" in told
    assert "same name stem" in told or "joined at once" in told or "account under" in told
    held = [one for one in came if room.roles(one) == {"Quarantaine"}]
    assert len(held) >= 20
    assert not server.guild.get_ban(came[0])
    counter = server.bot.place("counter")
    assert counter
    assert counter.slowmode_delay == 15
    waves = await ask(lambda: {one.wave for one in Sanction.objects.all()})
    (wave,) = waves - {""}
    look = await room.chloe.slash(server.hall, "moderation vague", laquelle=wave)
    asked = await room.chloe.click(look.response, label="Annuler toute la vague")
    await room.chloe.submit_modal(asked, {"why": "C’était la télévision"})
    await server.env.advance_time(3)
    assert {frozenset(room.roles(one)) for one in came if one in held} == {frozenset()}
    at(START + timedelta(hours=2))
    await server.env.advance_time(6)
    counter = server.bot.place("counter")
    assert counter
    assert counter.slowmode_delay == 0
    assert counter.overwrites_for(counter.guild.default_role).send_messages is None


async def test_a_raid_in_shadow_is_only_told(
    room: Room, alice: "Member", bob: "Member", chloe: "Member", at: Callable[[datetime], None], early: None
) -> None:
    await opened(room, alice, bob, chloe)
    came = raiders(room.server, 20, at)
    await room.server.env.settle()
    assert not [one for one in came if room.roles(one)]
    assert not await ask(Sanction.objects.exists)
    assert not await ask(LadderStep.objects.exists)
    counter = room.server.bot.place("counter")
    assert counter
    assert counter.slowmode_delay == 0
    told = "\n".join(words(one) for one in room.server.guild.channels["modération"].history())
    assert "En observation" in told


async def test_a_wave_is_banned_exactly_once_across_a_restart(
    room: Room, alice: "Member", bob: "Member", chloe: "Member", at: Callable[[datetime], None],
    early: None, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    from tractage.bot import orders

    server = room.server
    await ask(settle, raids=True)
    await opened(room, alice, bob, chloe)
    came = raiders(server, 25, at)
    await server.env.settle()
    (wave,) = await ask(lambda: {one.wave for one in Sanction.objects.exclude(wave="")})
    people = await ask(lambda: Sanction.objects.filter(wave=wave).count())
    card = next(
        one for one in server.guild.channels["modération"].history() if "Bannir la vague" in labels_of(one)
    )
    asked = await room.chloe.click(card, label="Bannir la vague")

    def killed(_key: str) -> None:
        raise SystemError("the process ends here")

    proposed = await room.chloe.submit_modal(asked, {"why": "Raid"})
    assert proposed.response
    assert not server.guild.get_ban(came[0])
    monkeypatch.setattr(orders, "mark_done", killed)
    calls = len(server.env.http_requests)
    await room.alice.click(room.told, label="Confirmer le bannissement de la vague")
    monkeypatch.undo()
    server.bot.failures.clear()
    _ = server.env.errors
    await server.restart()
    await server.env.advance_time(10)
    bulk = [one for one in server.env.http_requests[calls:] if one.path.endswith("/bulk-ban")]
    banned = [uid for one in bulk for uid in one.json["user_ids"]]  # type: ignore[index]
    assert len(banned) == len(set(map(str, banned))) == people
    action = await ask(MassAction.objects.get)
    assert action.state == "done"
    assert not await ask(Call.objects.exclude(state="done").exists)


@pytest.mark.parametrize("status", [429, 500])
async def test_a_call_that_discord_puts_off_is_made_once(
    room: Room, alice: "Member", bob: "Member", chloe: "Member", status: int
) -> None:
    await opened(room, alice, bob, chloe)
    room.server.env.inject_error("PATCH", "/guilds/*/members/*", status=status)
    await room.chloe.slash(
        room.server.hall, "moderation quarantaine", qui=room.troll, raison="Vérifier", article="1"
    )
    await room.server.env.advance_time(10)
    assert room.roles(room.troll) == {"Quarantaine"}
    assert (await ask(Call.objects.get)).state == "done"


async def test_a_refused_call_is_kept_for_a_person(
    room: Room, alice: "Member", bob: "Member", chloe: "Member"
) -> None:
    await opened(room, alice, bob, chloe)
    room.server.env.inject_error("PATCH", "/guilds/*/members/*", status=403)
    await room.chloe.slash(
        room.server.hall, "moderation quarantaine", qui=room.troll, raison="Vérifier", article="1"
    )
    call = await ask(Call.objects.get)
    assert (call.state, call.error[:3]) == ("failed", "403")


async def test_who_comes_back_in_quarantine_stays_in_quarantine(
    room: Room, alice: "Member", bob: "Member", chloe: "Member"
) -> None:
    await opened(room, alice, bob, chloe)
    await room.chloe.slash(
        room.server.hall, "moderation quarantaine", qui=room.troll, raison="Vérifier", article="1"
    )
    room.server.guild.remove_member(room.troll)
    await room.server.env.settle()
    back = room.server.guild.add_member(room.troll.user)
    await room.server.env.settle()
    assert room.roles(back) == {"Quarantaine"}
