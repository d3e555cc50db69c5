"""`/moderation`, `/signaler`, `/recours`: two persons for a ban, undoing, and nobody without the standing."""

from typing import TYPE_CHECKING

from tests.bot.conftest import Room, ask, labels, words

from tractage.hq.safety.models import Call, Report, Sanction

if TYPE_CHECKING:
    from tractage.hq.people.models import Member


async def test_a_warning_reaches_the_person_with_a_way_to_appeal(
    room: Room, alice: "Member", bob: "Member", chloe: "Member"
) -> None:
    await room.open(alice, bob, chloe)
    articles = await room.chloe.autocomplete(room.server.hall, "moderation avertir", "article", "source")
    assert [one["value"] for one in articles] == ["2"]
    told = await room.chloe.slash(
        room.server.hall, "moderation avertir", qui=room.troll, raison="Sans source", article="2"
    )
    assert told.ephemeral
    assert "Avertissement" in words(told.response)
    private = room.troll.user.dm_channel.last_message.content
    assert "article 2" in private
    assert "/recours/" in private
    assert (await ask(Call.objects.get)).state == "done"


async def test_who_has_no_rights_is_refused_in_words(
    room: Room, alice: "Member", bob: "Member", chloe: "Member"
) -> None:
    await room.open(alice, bob, chloe)
    for command, options in (
        ("moderation avertir", {"qui": room.troll, "raison": "x", "article": "1"}),
        ("moderation quarantaine", {"qui": room.troll, "raison": "x", "article": "1"}),
        ("moderation silence", {"qui": room.troll, "minutes": 5, "raison": "x", "article": "1"}),
        ("moderation bannir", {"qui": room.troll, "raison": "x", "article": "1"}),
        ("moderation lever", {"sanction": "1", "raison": "x"}),
        ("moderation vague", {"laquelle": "vague"}),
        ("moderation file", {}),
        ("moderation echelle", {}),
        ("moderation echelle", {"niveau": 4, "raison": "x"}),
    ):
        told = await room.bob.slash(room.server.hall, command, **options)
        assert told.ephemeral
        assert "ne le permet pas" in words(told.response), command
    assert await room.bob.autocomplete(room.server.hall, "moderation lever", "sanction", "") == []
    assert await room.bob.autocomplete(room.server.hall, "moderation vague", "laquelle", "") == []
    assert not await ask(Sanction.objects.exists)


async def test_a_ban_needs_a_second_person(
    room: Room, alice: "Member", bob: "Member", chloe: "Member"
) -> None:
    await room.open(alice, bob, chloe)
    told = await room.chloe.slash(
        room.server.hall, "moderation bannir", qui=room.troll, raison="Menaces", article="3"
    )
    assert "deuxième personne" in words(told.response)
    assert room.server.guild.get_ban(room.troll) is None
    alone = await room.chloe.click(room.told, label="Confirmer le bannissement")
    assert alone.ephemeral
    assert room.server.guild.get_ban(room.troll) is None
    done = await room.alice.click(room.told, label="Confirmer le bannissement")
    assert "deuxième personne" in words(done.response)
    assert room.server.guild.get_ban(room.troll) is not None
    sanction = await ask(Sanction.objects.get)
    assert (sanction.by_id, sanction.confirmed_by_id) == (chloe.pk, alice.pk)
    entries = [one for one in room.server.guild.audit_log() if int(one.action_type) == 22]
    assert [one.target_id for one in entries] == [room.troll.id]
    undone = await room.alice.slash(
        room.server.hall, "moderation lever", sanction=str(sanction.pk), raison="Erreur"
    )
    assert "Annulé" in words(undone.response)
    assert room.server.guild.get_ban(room.troll) is None


async def test_a_ban_can_be_refused(room: Room, alice: "Member", bob: "Member", chloe: "Member") -> None:
    await room.open(alice, bob, chloe)
    await room.chloe.slash(
        room.server.hall, "moderation bannir", qui=room.troll, raison="Menaces", article="3"
    )
    asked = await room.alice.click(room.told, label="Refuser")
    told = await room.alice.submit_modal(asked, {"why": "Un avertissement suffit"})
    assert "rien n’arrive" in words(told.response)
    assert (await ask(Sanction.objects.get)).standing == "refused"


async def test_quarantine_and_its_undoing_give_back_roles_and_name(
    room: Room, alice: "Member", bob: "Member", chloe: "Member"
) -> None:
    await room.open(alice, bob, chloe)
    told = await room.chloe.slash(
        room.server.hall, "moderation quarantaine", qui=room.troll, raison="Vérifier", article="1"
    )
    assert room.roles(room.troll) == {"Quarantaine"}
    asked = await room.chloe.click(told.response, label="Annuler")
    await room.chloe.submit_modal(asked, {"why": "C’était un malentendu"})
    assert room.roles(room.troll) == {"Membre"}


async def test_a_silence_has_an_end(room: Room, alice: "Member", bob: "Member", chloe: "Member") -> None:
    await room.open(alice, bob, chloe)
    await room.chloe.slash(
        room.server.hall, "moderation silence", qui=room.troll, minutes=30, raison="Pause", article="1"
    )
    there = await room.server.bot.own.fetch_member(room.troll.id)  # type: ignore[union-attr]
    sanction = await ask(Sanction.objects.get)
    assert there.timed_out_until is not None
    assert abs((there.timed_out_until - sanction.until).total_seconds()) < 1  # type: ignore[operator]


async def test_a_message_is_reported_from_its_menu(
    room: Room, alice: "Member", bob: "Member", chloe: "Member"
) -> None:
    await room.open(alice, bob, chloe)
    message = await room.troll.send(room.server.hall, "Voici son adresse")
    asked = await room.bob.context_menu(room.server.hall, "Signaler aux modérateurs", message)
    assert asked.ephemeral
    thanks = await room.bob.select(asked.response, ["private"])
    assert "La modération l’a reçu" in words(thanks.response)
    report = await ask(Report.objects.select_related("account").get)
    assert report.account.discord_id == str(room.troll.id)
    assert "Un signalement" in words(room.told)
    assert "Voici son adresse" not in words(room.told)


async def test_a_person_is_reported_in_private(
    room: Room, alice: "Member", bob: "Member", chloe: "Member"
) -> None:
    await room.open(alice, bob, chloe)
    told = await room.bob.slash(
        room.server.hall, "signaler", qui=room.troll, raison="hate", précisions="Hier"
    )
    assert told.ephemeral
    assert (await ask(Report.objects.get)).subject == "member"


async def test_who_is_sanctioned_reads_it_and_appeals(
    room: Room, alice: "Member", bob: "Member", chloe: "Member"
) -> None:
    await room.open(alice, bob, chloe)
    nothing = await room.troll.slash(room.server.hall, "recours")
    assert "Rien n’a été décidé" in words(nothing.response)
    await room.chloe.slash(
        room.server.hall, "moderation quarantaine", qui=room.bob, raison="Pause", article="1"
    )
    assert "/recours/" in room.bob.user.dm_channel.last_message.content
    mine = await room.bob.slash(room.server.hall, "recours")
    sanction = await ask(Sanction.objects.get)
    asked = await room.bob.select(mine.response, [str(sanction.pk)])
    told = await room.bob.submit_modal(asked, {"text": "Je répondais à une question."})
    assert "Votre recours attend" in words(told.response)
    again = await room.bob.slash(room.server.hall, "recours")
    assert not again.response.components


async def test_the_queue_says_what_waits(room: Room, alice: "Member", bob: "Member", chloe: "Member") -> None:
    await room.open(alice, bob, chloe)
    await room.chloe.slash(
        room.server.hall, "moderation bannir", qui=room.troll, raison="Menaces", article="3"
    )
    shown = await room.alice.slash(room.server.hall, "moderation file")
    assert "deuxième personne : 1" in words(shown.response).replace("\u00a0", " ")
    button = next(one for one in labels(shown.response) if one.startswith("Confirmer"))
    await room.alice.click(shown.response, label=button)
    assert room.server.guild.get_ban(room.troll) is not None


async def test_the_ladder_goes_where_a_moderator_puts_it_and_gives_all_back(
    room: Room, alice: "Member", bob: "Member", chloe: "Member"
) -> None:
    await room.open(alice, bob, chloe)
    counter = room.server.bot.place("counter")
    assert counter
    await counter.edit(slowmode_delay=3)
    before = dict(counter.overwrites)
    told = await room.chloe.slash(
        room.server.hall, "moderation echelle", niveau=4, raison="Vague annoncée", minutes=60
    )
    assert "verrou" in words(told.response)
    counter = room.server.bot.place("counter")
    assert counter
    assert counter.slowmode_delay == 15
    assert counter.overwrites_for(counter.guild.default_role).send_messages is False
    await room.server.restart()
    shown = await room.alice.slash(room.server.hall, "moderation echelle")
    assert "Le serveur en est à" in words(shown.response)
    await room.alice.slash(room.server.hall, "moderation echelle", niveau=0, raison="Rien n’est venu")
    counter = room.server.bot.place("counter")
    assert counter
    assert counter.slowmode_delay == 3
    assert dict(counter.overwrites) == before
