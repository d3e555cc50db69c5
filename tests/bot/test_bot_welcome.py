"""Coming in from Discord: charter, pseudonym, crafts, first mission; doors to the desk."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from tests.bot.conftest import Server, ask, labels, words

from tractage.hq.missions.models import Claim
from tractage.hq.missions.services import starter_briefs
from tractage.hq.people.discord_links import door_to_enter, door_to_link, member_of_account
from tractage.hq.people.models import DiscordAccount, Member

if TYPE_CHECKING:
    from tractage.hq.campaigns.models import Campaign


def links(message: object) -> list[str]:
    """The addresses of a message's buttons."""
    from simcord.components import walk_components

    rows = getattr(message, "components", [])
    return [str(one["url"]) for one in walk_components(rows) if one.get("url")]


@pytest.fixture
def missions(campaign: "Campaign", quiet_day: None) -> None:
    """What a new community starts with."""
    starter_briefs(campaign)


async def test_a_newcomer_reaches_a_first_mission_in_few_presses(server: Server, missions: None) -> None:
    nora = server.come("nora")
    door = await nora.slash(server.hall, "rejoindre")
    assert door.ephemeral
    assert "En mon nom" in words(door.response)
    asked = await nora.click(door.response, label="J’accepte, je choisis mon pseudonyme")
    assert asked.modal
    welcome = await nora.submit_modal(asked, {"pseudonym": "Nora du Verger"})
    member = await ask(Member.objects.get, pseudonym="Nora du Verger")
    assert member.standing == "newcomer"
    assert not member.has_usable_password()
    first = await nora.select(welcome.response, ["writing", "design"])
    assert "dix minutes" in words(first.response)
    await ask(member.refresh_from_db)
    assert member.crafts == ["design", "writing"]
    brief = await ask(lambda: member_of_account(str(nora.id)) and Claim.objects.count())
    assert brief == 0
    options = first.response.components[0]["components"][0]["options"]
    opened = await nora.select(first.response, [options[0]["value"]])
    taken = await nora.click(opened.response, label="Prendre cette mission")
    assert "Elle est à vous" in words(taken.response)
    assert (await ask(lambda: Claim.objects.get().member)) == member


async def test_a_taken_name_is_told_and_another_can_be_tried(
    server: Server, campaign: "Campaign", bob: Member
) -> None:
    nora = server.come("nora")
    door = await nora.slash(server.hall, "rejoindre")
    asked = await nora.click(door.response, label="J’accepte, je choisis mon pseudonyme")
    told = await nora.submit_modal(asked, {"pseudonym": "bob"})
    assert told.response.ephemeral
    assert "Ce pseudonyme est pris." in words(told.response)
    assert not await ask(DiscordAccount.objects.exists)
    asked = await nora.click(told.response, label="Choisir un autre pseudonyme")
    assert asked.modal


async def test_who_has_joined_cannot_join_again(server: Server, campaign: "Campaign", bob: Member) -> None:
    bob_there = await server.member(bob)
    here = await bob_there.slash(server.hall, "rejoindre")
    assert "Vous êtes là, Bob." in words(here.response)


async def test_a_new_charter_is_asked_before_anything_else(
    server: Server, campaign: "Campaign", bob: Member
) -> None:
    bob_there = await server.member(bob)

    def change() -> None:
        campaign.charter_version = "2027.2"
        campaign.save()

    await ask(change)
    shut = await bob_there.slash(server.hall, "mission miennes")
    assert "La charte a changé" in words(shut.response)
    again = await bob_there.slash(server.hall, "rejoindre")
    await bob_there.click(again.response, label="J’accepte")
    await ask(bob.refresh_from_db)
    assert bob.charter_version == "2027.2"


async def test_who_has_not_joined_gets_words_and_nothing_else(server: Server, campaign: "Campaign") -> None:
    dan_there = server.come("dan")
    for command in ("mission liste", "mission miennes", "bureau"):
        told = await dan_there.slash(server.hall, command)
        assert told.ephemeral
        assert "Vous n’avez pas encore rejoint" in words(told.response)


async def test_english_speakers_are_answered_in_english(server: Server, campaign: "Campaign") -> None:
    server.locale = "en-GB"
    told = await server.come("dan").slash(server.hall, "mission liste")
    assert "You have not joined yet" in words(told.response)
    commands = server.env.http_requests
    sent = next(one for one in commands if one.method == "PUT" and one.path.endswith("/commands")).json
    mission = next(one for one in sent if one["name"] == "mission")
    board = next(one for one in mission["options"] if one["name"] == "liste")
    assert board["name_localizations"]["en-US"] == "list"
    assert board["description"] == "Les missions ouvertes"
    assert board["description_localizations"]["en-GB"] == "The open missions"


async def test_the_desk_opens_once_from_discord(server: Server, campaign: "Campaign", bob: Member) -> None:
    bob_there = await server.member(bob)
    shown = await bob_there.slash(server.hall, "bureau")
    assert shown.ephemeral
    (door,) = links(shown.response)
    path = door.split("8000", 1)[1]

    def through() -> tuple[int, int, int, int]:
        client = Client()
        seen = client.get(path).status_code
        entered = client.post(path).status_code
        inside = client.get("/moi/").status_code
        return seen, entered, inside, Client().post(path).status_code

    assert await ask(through) == (200, 302, 200, 410)


def test_a_door_closes_after_ten_minutes(
    bob: Member, campaign: "Campaign", monkeypatch: pytest.MonkeyPatch, client: Client
) -> None:
    from django.core import signing

    token, link = door_to_enter(bob, "900000000000000100"), door_to_link("900000000000000100")
    later = datetime.now(UTC).timestamp() + 601
    monkeypatch.setattr(signing.time, "time", lambda: later)
    assert client.get(f"/discord/entrer/{token}/").status_code == 410
    client.force_login(bob)
    assert client.get(f"/discord/relier/{link}/").status_code == 410


def test_an_account_of_the_site_is_linked_by_its_owner(
    bob: Member, dan: Member, campaign: "Campaign", client: Client
) -> None:
    path = f"/discord/relier/{door_to_link('900000000000000100')}/"
    assert client.get(path).status_code == 302
    client.force_login(bob)
    assert "0100" in client.get(path).content.decode()
    client.post(path)
    assert member_of_account("900000000000000100") == bob
    client.force_login(dan)
    assert client.post(path).status_code == 410
    assert member_of_account("900000000000000100") == bob


async def test_unlinking_needs_another_way_in(server: Server, campaign: "Campaign", bob: Member) -> None:
    bob_there = await server.member(bob)
    shown = await bob_there.slash(server.hall, "bureau")
    assert "Délier ce compte" in labels(shown.response)
    gone = await bob_there.click(shown.response, label="Délier ce compte")
    assert "ne parle plus pour personne" in words(gone.response)
    assert not await ask(DiscordAccount.objects.exists)


async def test_export_and_erase_know_the_account(server: Server, campaign: "Campaign", bob: Member) -> None:
    from tractage.hq.people.personal import everything_about
    from tractage.hq.people.services import erase

    bob_there = await server.member(bob)
    told = await ask(everything_about, bob)
    assert told["people"]["linked_accounts"] == [{"provider": "discord", "identifier": str(bob_there.id)}]
    await ask(erase, bob, bob, "")
    assert not await ask(DiscordAccount.objects.exists)


async def test_the_button_of_the_hall_works_after_a_restart(server: Server, campaign: "Campaign") -> None:
    from tractage.bot.controls import Push, panel

    channel = server.bot.get_channel(server.hall.id)
    await channel.send("Bienvenue", view=panel([Push("join", "", "Entrer")]))  # type: ignore[union-attr]
    await server.restart()
    opened = await server.come("nora").click(server.hall.last_message, label="Entrer")
    assert opened.ephemeral
    assert "En mon nom" in words(opened.response)


async def test_another_server_gets_no_answer(server: Server, campaign: "Campaign") -> None:
    elsewhere = server.env.create_guild("Ailleurs")
    hall = elsewhere.create_text_channel("salon")
    nora = elsewhere.add_member(server.env.create_user("nora"))
    assert nora.available_commands(hall) == ()
    assert not [route for route in server.routes() if str(elsewhere.id) in route or str(hall.id) in route]
