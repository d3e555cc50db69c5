"""`/galerie`, `/partager`, `/pivots`, `/operation`, `/vu`: in private, and nothing is posted."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from tests.bot.conftest import Server, ask, labels, words
from tests.conftest import PARIS, QUIET_DAY

from tractage.hq.library.models import Share, Work
from tractage.hq.operations.models import Operation, OperationStatus, Participation
from tractage.hq.sightings.models import SeenState, Sighting

if TYPE_CHECKING:
    from tractage.hq.campaigns.models import Campaign
    from tractage.hq.people.models import Member

MakeWork = Callable[..., Work]


async def test_the_wall_is_shown_in_private_to_anyone(server: Server, make_work: MakeWork) -> None:
    work = await ask(make_work, title="Soixante-quinze voix", seats=["24-03"])
    await ask(make_work, title="Un épisode", kind="episode")
    visitor = server.come("passante")
    shown = await visitor.slash(server.hall, "galerie", genre="poster")
    assert shown.ephemeral
    assert "Soixante-quinze voix" in words(shown.response)
    assert "Un épisode" not in words(shown.response)
    opened = await visitor.select(shown.response, [str(work.pk)])
    assert "Un grand nombre sur fond vert." in words(opened.response)
    assert "La passer" in labels(opened.response)
    none = await visitor.slash(server.hall, "galerie", siège="01-01")
    assert "Rien de tel" in words(none.response)


async def test_a_share_kit_holds_file_alt_text_ideas_and_is_logged(
    server: Server, make_work: MakeWork, bob: "Member"
) -> None:
    work = await ask(make_work, title="Soixante-quinze voix", summary="75 voix.", seats=["24-03"])
    bob_there = await server.member(bob)
    asked = await bob_there.slash(server.hall, "partager", œuvre=str(work.pk))
    kit = await bob_there.select(asked.response, ["instagram"])
    assert kit.response.ephemeral
    (file,) = kit.response.attachments
    assert file.filename.endswith("portrait.png")
    told = words(kit.response)
    assert "Un grand nombre sur fond vert." in told
    assert "Des idées à réécrire" in told
    modal = await bob_there.click(kit.response, label="J’ai posté")
    done = await bob_there.submit_modal(modal, {"address": "", "words": "Mes mots à moi"})
    assert "Compté" in words(done.response)
    share = await ask(Share.objects.get)
    assert (share.work_id, share.member_id, share.platform) == (work.pk, bob.pk, "instagram")


async def test_a_link_that_is_no_post_is_told(server: Server, make_work: MakeWork, bob: "Member") -> None:
    work = await ask(make_work)
    bob_there = await server.member(bob)
    asked = await bob_there.slash(server.hall, "partager", œuvre=str(work.pk))
    kit = await bob_there.select(asked.response, ["instagram"])
    modal = await bob_there.click(kit.response, label="J’ai posté")
    told = await bob_there.submit_modal(modal, {"address": "pas un lien"})
    assert "ne mène pas" in words(told.response)
    assert not await ask(Share.objects.exists)


async def test_sharing_is_refused_during_the_silence_with_article_and_hour(
    server: Server, make_work: MakeWork, bob: "Member", at: Callable[[datetime], None]
) -> None:
    work = await ask(make_work, seats=["24-03"])
    bob_there = await server.member(bob)
    asked = await bob_there.slash(server.hall, "partager", œuvre=str(work.pk))
    at(datetime(2027, 4, 17, 12, tzinfo=PARIS))
    late = await bob_there.select(asked.response, ["instagram"])
    ends = int(datetime(2027, 4, 18, 20, tzinfo=PARIS).timestamp())
    assert "L49" in words(late.response)
    assert f"<t:{ends}:f>" in words(late.response)
    assert not late.response.attachments
    refused = await bob_there.slash(server.hall, "partager", œuvre=str(work.pk))
    assert "Chut" in words(refused.response)
    assert not labels(refused.response)


async def test_titles_are_completed(server: Server, make_work: MakeWork) -> None:
    work = await ask(make_work, title="Soixante-quinze voix")
    found = await server.come("passante").autocomplete(server.hall, "partager", "œuvre", "quinze")
    assert [one["value"] for one in found] == [str(work.pk)]


async def test_the_pivots_and_one_seat(server: Server, campaign: "Campaign", quiet_day: None) -> None:
    visitor = server.come("passante")
    ranking = await visitor.slash(server.hall, "pivots")
    assert ranking.ephemeral
    assert words(ranking.response).splitlines()[2].startswith("1. **")
    following = await visitor.click(ranking.response, label="Page suivante")
    assert "11. **" in words(following.response)
    found = await visitor.autocomplete(server.hall, "pivots", "siège", "dordogne")
    assert "24-03" in [one["value"] for one in found]
    one = await visitor.slash(server.hall, "pivots", siège="24-03")
    assert "Dordogne" in words(one.response)
    assert "voix entre les deux premiers" in words(one.response)
    wrong = await visitor.slash(server.hall, "pivots", siège="99-99")
    assert "Aucun siège" in words(wrong.response)


def _operation(campaign: "Campaign", **values: Any) -> Operation:
    start = QUIET_DAY + timedelta(days=2)
    defaults: dict[str, Any] = {
        "title": "Dix villes, dix affiches",
        "goal": "Montrer dix écarts.",
        "starts_at": start,
        "ends_at": start + timedelta(hours=3),
        "status": OperationStatus.PLANNED,
        "created_at": QUIET_DAY,
    }
    return Operation.objects.create(campaign=campaign, **(defaults | values))


async def test_operations_are_seen_joined_and_left(
    server: Server, campaign: "Campaign", quiet_day: None, bob: "Member"
) -> None:
    operation = await ask(_operation, campaign)
    draft = await ask(_operation, campaign, title="Brouillon secret", status=OperationStatus.DRAFT)
    bob_there = await server.member(bob)
    shown = await bob_there.slash(server.hall, "operation")
    assert "Dix villes" in words(shown.response)
    assert "Brouillon secret" not in words(shown.response)
    opened = await bob_there.select(shown.response, [str(operation.pk)])
    taken = await bob_there.click(opened.response, label="Participer")
    assert "Vous en êtes" in words(taken.response)
    assert await ask(Participation.objects.filter(member=bob, left_at=None).exists)
    left = await bob_there.click(taken.response, label="Ne plus participer")
    assert "Vous pouvez revenir" in words(left.response)
    hidden = await bob_there.slash(server.hall, "operation", laquelle=str(draft.pk))
    assert "ne le permet pas" in words(hidden.response)
    assert [
        one["value"] for one in await bob_there.autocomplete(server.hall, "operation", "laquelle", "")
    ] == [str(operation.pk)]


async def test_a_post_is_noted_named_and_taken_back(
    server: Server, make_work: MakeWork, bob: "Member"
) -> None:
    work = await ask(make_work)
    bob_there = await server.member(bob)
    link = "https://www.tiktok.com/@quelquun/video/7301234567890123456"
    noted = await bob_there.slash(server.hall, "vu", lien=link, vues="12 k")
    assert noted.ephemeral
    named = await bob_there.select(noted.response, [str(work.pk)])
    assert work.title in words(named.response)
    sighting = await ask(Sighting.objects.get)
    assert (sighting.work_id, sighting.state) == (work.pk, SeenState.CONFIRMED)
    gone = await bob_there.click(named.response, label="Annuler")
    assert "Repris" in words(gone.response)
    assert (await ask(Sighting.objects.get)).state == SeenState.WITHDRAWN


async def test_a_link_that_cannot_count_is_told(server: Server, make_work: MakeWork, bob: "Member") -> None:
    await ask(make_work)
    bob_there = await server.member(bob)
    told = await bob_there.slash(server.hall, "vu", lien="pas un lien")
    assert told.response.ephemeral
    assert not await ask(Sighting.objects.exists)
    dan_there = server.come("dan")
    refused = await dan_there.slash(server.hall, "vu", lien="https://example.org/x")
    assert "Vous n’avez pas encore rejoint" in words(refused.response)
