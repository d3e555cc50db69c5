"""`/mission`, and that the server and the site are the same headquarters."""

import time
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest
from tests.bot.conftest import Server, ask, labels, words

from tractage.hq.missions.claims import claim_brief
from tractage.hq.missions.models import Brief, Claim, ClaimStatus
from tractage.hq.missions.services import BriefContent, write_brief

if TYPE_CHECKING:
    from tractage.hq.campaigns.models import Campaign
    from tractage.hq.people.models import Member


@pytest.fixture
def brief(campaign: "Campaign", quiet_day: None) -> Brief:
    """A mission anyone may take."""
    content = BriefContent(
        "Une affiche qui dit 75 voix", "Dire l’écart en cinq mots.", "design", 40, versions=3
    )
    return write_brief(None, campaign, content)


async def test_the_board_is_private_and_opens_a_mission(server: Server, bob: "Member", brief: Brief) -> None:
    bob_there = await server.member(bob)
    shown = await bob_there.slash(server.hall, "mission liste")
    assert shown.ephemeral
    assert "Une affiche qui dit 75 voix" in words(shown.response)
    opened = await bob_there.select(shown.response, [str(brief.pk)])
    assert "Dire l’écart en cinq mots." in words(opened.response)
    assert "Prendre cette mission" in labels(opened.response)


async def test_taking_and_giving_back(server: Server, bob: "Member", brief: Brief) -> None:
    bob_there = await server.member(bob)
    taken = await bob_there.slash(server.hall, "mission prendre", mission=str(brief.pk))
    assert "Elle est à vous" in words(taken.response)
    back = await bob_there.click(taken.response, label="Rendre")
    assert "Rendue" in words(back.response)
    claim = await ask(Claim.objects.get)
    assert claim.status == ClaimStatus.RELEASED


async def test_a_newcomer_may_not_take_what_is_for_members(
    server: Server, dan: "Member", brief: Brief
) -> None:
    dan_there = await server.member(dan)
    opened = await dan_there.slash(server.hall, "mission prendre", mission=str(brief.pk))
    assert "ne le permet pas" in words(opened.response)
    assert not await ask(Claim.objects.exists)


async def test_a_title_is_completed_and_a_wrong_one_is_told(
    server: Server, bob: "Member", brief: Brief
) -> None:
    bob_there = await server.member(bob)
    found = await bob_there.autocomplete(server.hall, "mission prendre", "mission", "75")
    assert [(one["name"], one["value"]) for one in found] == [(brief.title, str(brief.pk))]
    assert await bob_there.autocomplete(server.hall, "mission rendre", "mission", "") == []
    told = await bob_there.slash(server.hall, "mission prendre", mission="n’importe quoi")
    assert "n’est plus là" in words(told.response)
    stranger = server.come("inconnue")
    assert await stranger.autocomplete(server.hall, "mission prendre", "mission", "")
    assert await stranger.autocomplete(server.hall, "mission livrer", "mission", "") == []


async def test_handing_over_and_the_other_person_answers(
    server: Server, bob: "Member", rosa: "Member", brief: Brief
) -> None:
    bob_there, rosa_there = await server.member(bob), await server.member(rosa)
    await bob_there.slash(server.hall, "mission prendre", mission=str(brief.pk))
    offered = await bob_there.slash(server.hall, "mission passer", mission=str(brief.pk), à=rosa_there)
    assert "Vous tendez" in words(offered.response)
    assert "/mission miennes" in rosa_there.user.dm_channel.last_message.content
    seen = await rosa_there.slash(server.hall, "mission miennes")
    assert "Bob vous la tend" in words(seen.response)
    taken = await rosa_there.click(seen.response, label="Prendre")
    assert "Elle est à vous maintenant" in words(taken.response)
    assert (await ask(lambda: Claim.objects.get().member)) == rosa
    back = await bob_there.slash(server.hall, "mission rendre", mission=str(brief.pk))
    assert "Vous n’avez pas cette mission" in words(back.response)


async def test_declining_and_keeping(server: Server, bob: "Member", rosa: "Member", brief: Brief) -> None:
    bob_there, rosa_there = await server.member(bob), await server.member(rosa)
    await bob_there.slash(server.hall, "mission prendre", mission=str(brief.pk))
    await bob_there.slash(server.hall, "mission passer", mission=str(brief.pk), à=rosa_there)
    mine = await bob_there.slash(server.hall, "mission miennes")
    opened = await bob_there.select(mine.response, [str(brief.pk)])
    await bob_there.click(opened.response, label="La garder, finalement")
    assert (await ask(Claim.objects.get)).offered_to_id is None
    await bob_there.slash(server.hall, "mission passer", mission=str(brief.pk), à=rosa_there)
    seen = await rosa_there.slash(server.hall, "mission miennes")
    await rosa_there.click(seen.response, label="Laisser")
    claim = await ask(Claim.objects.get)
    assert (claim.member_id, claim.offered_to_id) == (bob.pk, None)


async def test_only_members_can_be_offered_a_mission(server: Server, bob: "Member", brief: Brief) -> None:
    bob_there, stranger = await server.member(bob), server.come("inconnue")
    await bob_there.slash(server.hall, "mission prendre", mission=str(brief.pk))
    told = await bob_there.slash(server.hall, "mission passer", mission=str(brief.pk), à=stranger)
    assert "n’a pas encore rejoint" in words(told.response)
    assert not [route for route in server.routes() if "/users/@me/channels" in route]


async def test_delivering_leads_to_the_desk_with_the_mission(
    server: Server, bob: "Member", brief: Brief
) -> None:
    from django.test import Client
    from simcord.components import walk_components

    bob_there = await server.member(bob)
    told = await bob_there.slash(server.hall, "mission livrer", mission=str(brief.pk))
    assert "prenez-la d’abord" in words(told.response)
    await bob_there.slash(server.hall, "mission prendre", mission=str(brief.pk))
    shown = await bob_there.slash(server.hall, "mission livrer", mission=str(brief.pk))
    (door,) = [one["url"] for one in walk_components(shown.response.components) if one.get("url")]

    def walk() -> str:
        client = Client()
        path = door.split("8000", 1)[1]
        client.get(path)
        onward = unquote(door.split("next=", 1)[1])
        answer = client.post(path, {"next": onward})
        return client.get(answer.headers["Location"]).content.decode()

    assert f'value="{brief.pk}" selected' in await ask(walk)


async def test_a_mission_taken_on_discord_is_on_the_desk_within_two_seconds(
    server: Server, bob: "Member", brief: Brief
) -> None:
    from django.test import Client

    bob_there = await server.member(bob)

    def desk() -> str:
        client = Client()
        client.force_login(bob)
        return client.get("/bureau/mes-missions/").content.decode()

    assert brief.title not in await ask(desk)
    start = time.monotonic()
    await bob_there.slash(server.hall, "mission prendre", mission=str(brief.pk))
    assert brief.title in await ask(desk)
    assert time.monotonic() - start < 2


async def test_a_mission_taken_on_the_desk_is_on_discord_within_two_seconds(
    server: Server, bob: "Member", brief: Brief
) -> None:
    bob_there = await server.member(bob)
    await bob_there.slash(server.hall, "mission miennes")
    start = time.monotonic()
    await ask(claim_brief, bob, brief)
    mine = await bob_there.slash(server.hall, "mission miennes")
    assert brief.title in words(mine.response)
    assert time.monotonic() - start < 2


async def test_the_board_turns_its_pages(
    server: Server, bob: "Member", campaign: "Campaign", quiet_day: None
) -> None:
    def many() -> None:
        for place in range(10):
            write_brief(None, campaign, BriefContent(f"Mission {place:02}", "But.", "design", 20))

    await ask(many)
    bob_there = await server.member(bob)
    first = await bob_there.slash(server.hall, "mission liste", métier="design")
    assert "10 missions ouvertes" in words(first.response)
    assert "Page précédente" not in labels(first.response)
    second = await bob_there.click(first.response, label="Page suivante")
    assert "Mission 09" in words(second.response)
    none = await bob_there.slash(server.hall, "mission liste", métier="video")
    assert "Aucune mission ouverte" in words(none.response)
