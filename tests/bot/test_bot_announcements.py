"""Announcements leave once, never in the silence; standings and roles mirror each other."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import discord
import pytest
from tests.bot.conftest import Server, applied, ask, labels, permit, words
from tests.conftest import PARIS, QUIET_DAY

from tractage.hq.library.models import Work
from tractage.hq.library.services import recall_work, release_work
from tractage.hq.operations.models import Operation, OperationStatus
from tractage.hq.operations.reminders import set_reminders
from tractage.hq.people.services import change_standing
from tractage.hq.server.models import Announcement, State

if TYPE_CHECKING:
    from tractage.hq.campaigns.models import Campaign
    from tractage.hq.people.models import Member

MakeWork = Callable[..., Work]
SILENCE = datetime(2027, 4, 17, 12, tzinfo=PARIS)
AFTER = datetime(2027, 4, 18, 20, 30, tzinfo=PARIS)


def said(server: Server) -> list[str]:
    """What the announcements' channel says, oldest first."""
    return [words(message) for message in server.guild.channels["annonces"].history()]


async def opened(server: Server) -> None:
    """The server as `apply` makes it; the bot has looked once."""
    permit(server)
    await applied(server)
    await server.env.advance_time(21)


async def test_a_released_work_is_announced_once(server: Server, make_work: MakeWork) -> None:
    await ask(make_work, title="D’avant le bot")
    await opened(server)
    assert said(server) == []
    await ask(make_work, title="Soixante-quinze voix", summary="75 voix.")
    await server.env.advance_time(21)
    (told,) = said(server)
    assert "Soixante-quinze voix" in told
    message = server.guild.channels["annonces"].last_message
    assert message
    assert labels(message) or message.components
    assert message.attachments[0].description == "Un grand nombre sur fond vert."
    await server.env.advance_time(60)
    await server.restart()
    await server.env.advance_time(60)
    assert len(said(server)) == 1


async def test_nothing_leaves_during_the_silence_and_all_of_it_after(
    server: Server, make_work: MakeWork, at: Callable[[datetime], None]
) -> None:
    await opened(server)
    works = [await ask(make_work, title=f"Retenue {number}", seats=["24-03"]) for number in range(3)]
    at(SILENCE)
    calls = len(server.env.http_requests)
    await server.env.advance_time(120)
    await server.restart()
    await server.env.advance_time(120)
    assert said(server) == []
    made = server.env.http_requests[calls:]
    assert not [one for one in made if one.method == "POST" and "/messages" in one.path]
    held = await ask(lambda: {one.held_until for one in Announcement.objects.all()})
    assert held == {datetime(2027, 4, 18, 20, tzinfo=PARIS)}
    await ask(recall_work, None, works[1], "Une source manquait.")
    at(AFTER)
    await server.env.advance_time(21)
    told = said(server)
    assert ["Retenue 0" in told[0], "Retenue 2" in told[1], len(told)] == [True, True, 2]
    assert await ask(Announcement.objects.filter(state=State.DROPPED).count) == 1


async def test_practical_information_leaves_during_the_silence(
    server: Server, make_work: MakeWork, at: Callable[[datetime], None]
) -> None:
    await opened(server)
    await ask(make_work, title="Où voter", kind="practical")
    at(SILENCE)
    await server.env.advance_time(21)
    assert "Où voter" in said(server)[0]


async def test_a_restart_between_sending_and_its_answer_sends_nothing_twice(
    server: Server, make_work: MakeWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tractage.bot.cogs import announcements

    await opened(server)
    await ask(make_work, title="Une fois")

    def killed(*_args: Any) -> None:
        raise SystemError("the process ends here")

    monkeypatch.setattr(announcements, "close_announcement", killed)
    await server.env.advance_time(21)
    assert len(said(server)) == 1
    assert (await ask(Announcement.objects.get)).state == State.SENDING
    monkeypatch.undo()
    server.bot.failures.clear()
    await server.restart()
    await server.env.advance_time(60)
    assert len(said(server)) == 1
    assert (await ask(Announcement.objects.get)).state == State.SENT


@pytest.mark.parametrize("status", [429, 500, 403])
async def test_a_refusal_of_discord_loses_nothing(server: Server, make_work: MakeWork, status: int) -> None:
    await opened(server)
    await ask(make_work, title="Plus tard")
    server.env.inject_error("POST", "/channels/*/messages", status=status)
    await server.env.advance_time(21)
    assert said(server) == []
    await server.env.advance_time(21)
    assert len(said(server)) == 1


async def test_an_operation_is_announced_at_its_hours(
    server: Server, campaign: "Campaign", at: Callable[[datetime], None], bob: "Member"
) -> None:
    at(QUIET_DAY)
    await opened(server)

    def planned() -> Operation:
        start = QUIET_DAY + timedelta(hours=26)
        made = Operation.objects.create(
            campaign=campaign,
            title="Dix villes",
            goal="Montrer dix écarts.",
            starts_at=start,
            ends_at=start + timedelta(hours=3),
            status=OperationStatus.PLANNED,
            created_at=QUIET_DAY,
        )
        set_reminders(made)
        return made

    await ask(planned)
    await server.env.advance_time(21)
    assert said(server) == []
    at(QUIET_DAY + timedelta(hours=2, minutes=1))
    await server.env.advance_time(60)
    assert len(said(server)) == 1
    bob_there = await server.member(bob)
    joined = await bob_there.click(server.guild.channels["annonces"].last_message, label="Participer")
    assert joined.ephemeral
    at(QUIET_DAY + timedelta(hours=24, minutes=1))
    await server.env.advance_time(60)
    assert len(said(server)) == 2


def roles(server: Server, who: Any) -> set[str]:
    """Names of somebody's roles."""
    numbers = server.env.backend.get_guild(server.guild.id).members[who.id].role_ids
    return {role.name for role in server.guild.roles.values() if role.id in numbers}


async def test_a_standing_gives_its_role_and_takes_the_others(
    server: Server, campaign: "Campaign", bob: "Member", alice: "Member"
) -> None:
    await opened(server)
    bob_there = await server.member(bob)
    await server.env.advance_time(3)
    assert roles(server, bob_there) == {"Membre"}
    await ask(change_standing, alice, bob, "reviewer", "Elle relit bien")
    await server.env.advance_time(3)
    assert roles(server, bob_there) == {"Relecture"}


async def test_a_role_given_by_hand_goes_through_the_rules(
    server: Server, campaign: "Campaign", bob: "Member", alice: "Member", dan: "Member"
) -> None:
    await opened(server)
    manages = server.guild.create_role("Rôles", permissions=discord.Permissions(manage_roles=True))
    alice_there = await server.member(alice, roles=[manages])
    bob_there, dan_there = await server.member(bob), await server.member(dan)
    await server.env.advance_time(3)

    async def give(giver: Any, to: Any, name: str) -> None:
        role, backend = server.guild.roles[name], server.env.backend
        backend.add_member_role(server.guild.id, to.id, role.id)
        added = [{"key": "$add", "new_value": [{"id": str(role.id), "name": name}]}]
        backend.record_audit_log(server.guild.id, 25, target_id=to.id, changes=added, user_id=giver.id)
        await server.env.settle()

    await give(alice_there, bob_there, "Relecture")
    await ask(bob.refresh_from_db)
    assert bob.standing == "reviewer"
    assert roles(server, bob_there) == {"Relecture"}
    await give(bob_there, dan_there, "Modération")
    await ask(dan.refresh_from_db)
    assert dan.standing == "newcomer"
    assert roles(server, dan_there) == {"Nouvelle tête"}
    assert "il a été remis" in words(server.guild.channels["modération"].last_message)


async def test_who_unlinks_keeps_no_role(server: Server, campaign: "Campaign", bob: "Member") -> None:
    from tractage.hq.people.discord_links import unlink_discord

    await opened(server)
    bob_there = await server.member(bob)
    await server.env.advance_time(3)
    assert roles(server, bob_there) == {"Membre"}
    await ask(unlink_discord, bob, bob)
    await server.env.advance_time(3)
    assert roles(server, bob_there) == set()


def test_release_is_what_is_announced(make_work: MakeWork) -> None:
    from tractage.hq.server.services import find_announcements, take_due

    work = make_work(released=False)
    assert find_announcements(work.campaign) == 0
    assert take_due(work.campaign) is None
    release_work(None, work)
    assert find_announcements(work.campaign) == 1
    due = take_due(work.campaign)
    assert due
    assert due.work == work
