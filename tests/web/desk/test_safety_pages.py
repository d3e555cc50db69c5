"""The desk of safety: what each page shows and does, and who is kept out."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.conftest import QUIET_DAY, _member

from tractage.domain.guard.decisions import Action, Decision, Evidence
from tractage.domain.guard.sanctions import Kind
from tractage.hq.library.models import Status, Work
from tractage.hq.people.models import Member
from tractage.hq.safety.models import Account, GuardRule, Incident, KnownPictureRow, Report, Sanction
from tractage.hq.safety.services import (
    RuleContent,
    Seen,
    Wanted,
    account_of_discord,
    account_of_member,
    confirm_ban,
    contain_wave,
    guard_settings,
    ladder_now,
    propose_sanction,
    record_incident,
    record_shadow,
    remember_picture,
    said,
    target_state,
    write_rule,
)

Enter = Callable[[Any], Client]
SAFETY = "/bureau/securite/"
PROOF = (Evidence("found", "v.i.l.a.i.n", "vilain"), Evidence("disguise", "split word"))


@pytest.fixture
def mona(db: None) -> Member:
    """Mona moderates too."""
    return _member("Mona", "moderator")


@pytest.fixture
def incident(quiet_day: None, db: None) -> Incident:
    """A message of Tristan that a rule removed."""
    tristan = account_of_discord("100200300400500600", name="Tristan", roles=["11", "22"])
    decision = Decision(QUIET_DAY.timestamp(), Action.REMOVE, "vilain", "the rule is met", PROOF)
    return record_incident(decision, tristan, Seen(text="Espèce de v.i.l.a.i.n", channel="accueil"))


def text(answer: Any) -> str:
    return answer.content.decode()


def test_the_first_page_says_that_all_is_calm_then_what_happens(enter: Enter, chloe: Member) -> None:
    inside = enter(chloe)
    assert "Aucune marche" in text(inside.get(SAFETY))
    given = {"level": "3", "minutes": "60", "reason": "Raid annoncé ailleurs."}
    assert inside.post(f"{SAFETY}palier/", given | {"reason": ""}).status_code == 422
    assert inside.post(f"{SAFETY}palier/", given | {"level": "9"}).status_code == 422
    assert inside.post(f"{SAFETY}palier/", given).status_code == 302
    page = text(inside.get(SAFETY))
    assert "Portillon" in page
    assert "Raid annoncé ailleurs." in page
    assert ladder_now().by_person


def test_an_incident_is_filtered_read_and_dealt_with(enter: Enter, chloe: Member, incident: Incident) -> None:
    inside = enter(chloe)
    assert "vilain" in text(inside.get(f"{SAFETY}incidents/"))
    assert "vilain" not in text(inside.get(f"{SAFETY}incidents/?etat=tous&source=web")).replace("valeur", "")
    page = text(inside.get(f"{SAFETY}incidents/{incident.pk}/"))
    assert "Espèce de v.i.l.a.i.n" in page
    assert "mot coupé" in page
    assert inside.post(f"{SAFETY}incidents/{incident.pk}/", {"do": "dismissed"}).status_code == 302
    incident.refresh_from_db()
    assert (incident.state, incident.handled_by) == ("dismissed", chloe)
    assert "La garde n’a rien vu" in text(inside.get(f"{SAFETY}incidents/"))
    inside.post(f"{SAFETY}incidents/{incident.pk}/", {"do": "reopen"})
    incident.refresh_from_db()
    assert incident.state == "open"


def test_a_ban_is_proposed_from_an_incident_and_confirmed_by_another(
    enter: Enter, chloe: Member, mona: Member, incident: Incident
) -> None:
    proposer, second = enter(chloe), enter(mona)
    page = f"{SAFETY}sanctions/nouvelle/?incident={incident.pk}"
    assert "Tristan" in text(proposer.get(page))
    given = {"incident": incident.pk, "kind": "ban", "article": "3", "end": ""}
    made = proposer.post(f"{SAFETY}sanctions/nouvelle/", given)
    sanction = Sanction.objects.get()
    assert made.headers["Location"] == f"{SAFETY}sanctions/{sanction.pk}/"
    assert sanction.evidence[1]["found"] == "v.i.l.a.i.n"
    assert "ne peut pas la confirmer" in text(proposer.get(made.headers["Location"]))
    assert proposer.post(made.headers["Location"], {"do": "confirm"}).status_code == 403
    assert "Être la deuxième personne" in text(second.get(made.headers["Location"]))
    assert second.post(made.headers["Location"], {"do": "confirm"}).status_code == 302
    page = text(second.get(made.headers["Location"]))
    assert "Tristan, 0 rôle, banni" in page
    assert "Tristan, 2 rôles" in page
    assert second.post(made.headers["Location"], {"do": "undo", "because": ""}).status_code == 422
    assert second.post(made.headers["Location"], {"do": "undo", "because": "Erreur."}).status_code == 302
    assert target_state(Account.objects.get()).roles == {"11", "22"}


def test_a_sanction_by_pseudonym_needs_somebody_and_evidence(
    enter: Enter, chloe: Member, bob: Member
) -> None:
    inside = enter(chloe)
    given = {"pseudonym": "Personne", "kind": "warn", "article": "3", "seen": "Trois insultes.", "end": ""}
    assert "Une lettre à vérifier" in text(inside.post(f"{SAFETY}sanctions/nouvelle/", given))
    given["pseudonym"] = "bob"
    assert "a besoin de sa preuve" in text(inside.post(f"{SAFETY}sanctions/nouvelle/", given | {"seen": ""}))
    assert inside.post(f"{SAFETY}sanctions/nouvelle/", given).status_code == 302
    assert Sanction.objects.get().account.member == bob


def test_nobody_sanctions_somebody_above(enter: Enter, chloe: Member, alice: Member) -> None:
    given = {"pseudonym": "Alice", "kind": "warn", "article": "3", "seen": "Rien.", "end": ""}
    assert enter(chloe).post(f"{SAFETY}sanctions/nouvelle/", given).status_code == 403


def test_a_wave_shows_what_comes_back_and_is_undone(enter: Enter, chloe: Member, mona: Member) -> None:
    people = [account_of_discord(f"{10**17 + n}", name=f"N{n}", roles=["1", "2"]) for n in range(60)]
    contain_wave(chloe, "20270301-vague-1", people, Wanted(Kind.BAN, "3", said("Un raid.")))
    inside, page = enter(mona), f"{SAFETY}vagues/20270301-vague-1/"
    assert "page 1 sur 2" in text(inside.get(page))
    assert enter(chloe).post(page, {"do": "confirm"}).status_code == 422
    assert inside.post(page, {"do": "confirm"}).status_code == 302
    assert "N0, 2 rôles" in text(inside.get(page))
    assert inside.post(page, {"do": "undo", "because": " "}).status_code == 422
    assert inside.post(page, {"do": "undo", "because": "Une émission."}).status_code == 302
    assert "Plus rien de cette vague" in text(inside.get(page))
    assert inside.get(f"{SAFETY}vagues/inconnue/").status_code == 404


def test_who_is_shut_out_reads_the_evidence_and_appeals_with_their_password(
    enter: Enter, chloe: Member, mona: Member, alice: Member, bob: Member
) -> None:
    sanction = propose_sanction(
        chloe, account_of_member(bob), Wanted(Kind.BAN, "3", said("Trois insultes le 12."))
    )
    confirm_ban(mona, sanction)
    outside = Client()
    assert outside.login(username="Bob", password="Bob-secret") is False
    wrong = outside.post("/recours/", {"pseudonym": "Bob", "password": "faux"})
    assert "ne vont pas ensemble" in text(wrong)
    page = outside.post("/recours/", {"pseudonym": "Bob", "password": "Bob-secret"}).headers["Location"]
    shown = text(outside.get(page))
    assert "Trois insultes le 12." in shown
    assert "Jamais contre une personne privée" in shown
    assert "Chloé" not in shown
    assert outside.post(page, {"sanction": sanction.pk, "text": " "}).status_code == 422
    assert outside.post(page, {"sanction": sanction.pk, "text": "C’était une citation."}).status_code == 302
    assert outside.post(page, {"sanction": "9999", "text": "x"}).status_code == 404
    assert outside.get("/recours/faux/").status_code == 404
    appeal = sanction.appeal
    theirs = f"{SAFETY}recours/{appeal.pk}/"
    for decider in (chloe, mona):
        inside = enter(decider)
        assert "quelqu’un d’autre répond" in text(inside.get(theirs))
        assert inside.post(theirs, {"do": "overturn", "reason": "Bon."}).status_code == 403
    judge = enter(alice)
    assert "C’était une citation." in text(judge.get(theirs))
    assert judge.post(theirs, {"do": "overturn", "reason": ""}).status_code == 422
    assert judge.post(theirs, {"do": "overturn", "reason": "Exact, c’en était une."}).status_code == 302
    assert "Exact, c’en était une." in text(outside.get(page))
    assert outside.login(username="Bob", password="Bob-secret")


def test_a_member_logged_in_goes_straight_to_their_own_page(enter: Enter, bob: Member) -> None:
    inside = enter(bob)
    page = inside.get("/recours/").headers["Location"]
    assert "Rien n’a été décidé" in text(inside.get(page))


def test_rules_are_written_tried_judged_and_switched_on(enter: Enter, chloe: Member) -> None:
    inside = enter(chloe)
    assert "Pas encore de règle" in text(inside.get(f"{SAFETY}regles/"))
    given = {"kind": "pattern", "text": "(?=a)b", "action": "flag", "scope": ""}
    assert "RE2 refuses" in text(inside.post(f"{SAFETY}regles/nouvelle/", given))
    given = {"kind": "word", "text": "vilain mot", "action": "remove", "scope": "accueil, général"}
    page = inside.post(f"{SAFETY}regles/nouvelle/", given).headers["Location"]
    rule = GuardRule.objects.get()
    assert (rule.state, rule.scope) == ("shadow", ["accueil", "général"])
    record_shadow(1000, [("vilain mot", str(n), "vilain mot", f"Un vilain mot {n}") for n in range(3)])
    assert inside.post(page, {"do": "on"}).status_code == 422
    assert "Un vilain mot 1" in text(inside.get(page))
    first, second, _third = rule.sample.all()
    inside.post(f"{SAFETY}regles/prises/{first.pk}/", {"do": "right"})
    inside.post(f"{SAFETY}regles/prises/{second.pk}/", {"do": "wrong"})
    shown = text(inside.get(page))
    assert "50\u202f% des prises à tort, 2 jugées" in shown
    assert "9,5\u202f% à 90,5\u202f%" in shown
    assert inside.post(page, {"do": "on"}).status_code == 302
    inside.post(page, {"do": "change", **given, "scope": "", "action": "flag"})
    assert GuardRule.objects.get().state == "shadow"
    tried = text(inside.post(f"{SAFETY}regles/", {"message": "quel v i l a i n mot"}))
    assert "mot coupé" in tried
    assert "aucune règle" in text(inside.post(f"{SAFETY}regles/", {"message": "bonjour"}))
    assert inside.post(page, {"do": "remove"}).status_code == 302
    history = text(inside.get(f"{SAFETY}regles/historique/"))
    assert "vilain mot retirée" in history
    from tractage.hq.safety.models import RulesRevision

    on = RulesRevision.objects.get(what__contains="en service")
    inside.post(f"{SAFETY}regles/historique/", {"revision": on.pk})
    assert GuardRule.objects.get().state == "active"


def test_a_file_of_rules_comes_in_whole_or_not_at_all(enter: Enter, chloe: Member) -> None:
    inside, page = enter(chloe), f"{SAFETY}regles/fichier/"

    def send(content: bytes) -> Any:
        return inside.post(page, {"file": SimpleUploadedFile("r.toml", content)})

    assert send(b"\xff").status_code == 422
    assert send(b"[[terms]]\ntext = 3").status_code == 422
    assert inside.post(page).status_code == 422
    assert send(b'[[terms]]\ntext = "vilain"\naction = "flag"\n').status_code == 302
    assert inside.post(page, {"do": "shipped"}).status_code == 302
    assert GuardRule.objects.count() > 200
    out = text(inside.get(f"{page}regles.toml"))
    assert 'text = "vilain"' in out
    assert inside.post(f"{SAFETY}regles/permis/", {"words": "vilainage\n\n x "}).status_code == 302
    assert "vilainage" in text(inside.get(f"{SAFETY}regles/permis/"))


def test_settings_and_lists_are_a_coordinators(enter: Enter, alice: Member, chloe: Member) -> None:
    for page in ("reglages/", "listes/"):
        assert enter(chloe).get(SAFETY + page).status_code == 403
    inside = enter(alice)
    from dataclasses import asdict

    given = {key: value for key, value in asdict(guard_settings()).items() if value is not False}
    assert inside.post(f"{SAFETY}reglages/", given | {"gate": "on", "gate_minutes": "0"}).status_code == 422
    assert inside.post(f"{SAFETY}reglages/", given | {"gate": "on", "article": "3"}).status_code == 302
    assert (guard_settings().gate, guard_settings().article) == (True, "3")
    key = "ab" * 32
    partner = {"do": "partner", "source": "voisins", "public_key": "zz", "shared_key": key}
    assert inside.post(f"{SAFETY}listes/", partner).status_code == 422
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    partner["public_key"] = Ed25519PrivateKey.generate().public_key().public_bytes_raw().hex()
    assert inside.post(f"{SAFETY}listes/", partner).status_code == 302
    shown = text(inside.get(f"{SAFETY}listes/"))
    assert "Observer seulement" in shown
    assert key not in shown
    bad = {"do": "receive", "file": SimpleUploadedFile("l", b"{}")}
    assert inside.post(f"{SAFETY}listes/", bad).status_code == 422
    remember_picture(alice, bytes(32), "Haine")
    assert "Haine" in text(inside.get(f"{SAFETY}listes/"))
    inside.post(f"{SAFETY}listes/", {"do": "forget", "picture": KnownPictureRow.objects.get().pk})
    assert not KnownPictureRow.objects.exists()


def test_the_log_is_checked_by_a_button(enter: Enter, chloe: Member) -> None:
    write_rule(chloe, RuleContent("vilain", "word", "vilain", "flag"))
    inside, page = enter(chloe), f"{SAFETY}journal/"
    assert "toutes telles qu’elles ont été écrites" in text(inside.post(page))
    assert inside.post(page, {"noted": "abc"}).status_code == 422
    from tractage.hq.safety.models import LogLine

    LogLine.objects.update(actor="member:999")
    assert "ne tient pas" in text(inside.post(page))


def test_anybody_reports_a_work_and_a_moderator_answers(
    enter: Enter, chloe: Member, bob: Member, make_work: Callable[..., Work]
) -> None:
    work = make_work(title="Une affiche")
    Work.objects.filter(pk=work.pk).update(author=bob)
    page, visitor = f"/oeuvres/{work.slug}/signaler/", Client()
    assert page in text(visitor.get(f"/oeuvres/{work.slug}/"))
    assert visitor.post(page, {"reason": "", "words": "x"}).status_code == 422
    assert visitor.post(page, {"reason": "private", "words": "On voit une plaque."}).status_code == 302
    found = Report.objects.get()
    assert "plaque" not in found.sealed
    assert (found.reporter, found.subject_id) == (None, work.slug)
    inside = enter(chloe)
    assert "Une affiche" in text(inside.get(f"{SAFETY}signalements/"))
    theirs = f"{SAFETY}signalements/{found.pk}/"
    assert "On voit une plaque." in text(inside.get(theirs))
    assert inside.post(theirs, {"do": "handled", "answer": ""}).status_code == 422
    assert inside.post(theirs, {"do": "handled", "answer": "Plaque floutée."}).status_code == 302
    assert "Aucun signalement" in text(inside.get(f"{SAFETY}signalements/"))
    for _time in range(5):
        visitor.post(page, {"reason": "other"})
    assert visitor.post(page, {"reason": "other"}).status_code == 429
    assert Report.objects.count() == 6


def test_a_work_that_is_not_public_is_reported_by_who_sees_it_alone(
    enter: Enter, rachid: Member, dan: Member, make_work: Callable[..., Work]
) -> None:
    work = make_work()
    Work.objects.filter(pk=work.pk).update(status=Status.SUBMITTED)
    page = f"/oeuvres/{work.slug}/signaler/"
    assert Client().get(page).status_code == 404
    assert enter(dan).get(page).status_code == 404
    assert enter(rachid).get(page).status_code == 200


def test_a_reader_sees_what_lets_somebody_be_reached(
    enter: Enter, rachid: Member, bob: Member, make_work: Callable[..., Work]
) -> None:
    work = make_work(summary="Écrivez à noor.dupre@exemple.fr", title="12 rue des Lilas", released=False)
    Work.objects.filter(pk=work.pk).update(status=Status.SUBMITTED, author=bob, submitted_at=QUIET_DAY)
    page = text(enter(rachid).get(f"/bureau/relecture/{work.pk}/"))
    assert "noor.dupre@exemple.fr" in page.split("permettrait de joindre")[1]
    assert "12 rue des Lilas" in page.split("permettrait de joindre")[1]


@pytest.mark.parametrize("who", ["dan", "bob", "rachid"])
def test_below_a_moderator_nothing_opens(enter: Enter, request: Any, who: str, incident: Incident) -> None:
    inside = enter(request.getfixturevalue(who))
    for page in ("", "incidents/", "signalements/", "sanctions/", "recours/", "regles/", "journal/"):
        assert inside.get(SAFETY + page).status_code == 403
    assert inside.get(f"{SAFETY}incidents/{incident.pk}/").status_code == 403
    assert inside.post(f"{SAFETY}palier/", {"level": "4", "minutes": "60", "reason": "x"}).status_code == 403


def test_lists_do_not_ask_once_a_row(
    enter: Enter, chloe: Member, django_assert_max_num_queries: Any, quiet_day: None
) -> None:
    for number in range(40):
        person = account_of_discord(f"{10**17 + number}", name=f"N{number}")
        decision = Decision(QUIET_DAY.timestamp(), Action.QUARANTINE, "gate", "", PROOF, wave=f"v{number}")
        record_incident(decision, person, Seen())
    inside = enter(chloe)
    for page in ("", "incidents/", "sanctions/", "journal/"):
        with django_assert_max_num_queries(24):
            assert inside.get(SAFETY + page).status_code == 200


def test_a_sanction_ends_when_it_says(enter: Enter, chloe: Member, bob: Member) -> None:
    given = {"pseudonym": "Bob", "kind": "mute", "article": "3", "seen": "Trois insultes.", "end": "24"}
    enter(chloe).post(f"{SAFETY}sanctions/nouvelle/", given)
    assert Sanction.objects.get().until == QUIET_DAY + timedelta(hours=24)
