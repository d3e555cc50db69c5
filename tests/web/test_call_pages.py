"""The call on the public site and on the desk: a poster's way from a stranger to the jury, names hidden."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.conftest import QUIET_DAY, small_png
from tests.hq.calls.conftest import open_a_call, send
from tests.web.desk.conftest import enter as enter  # noqa: PLC0414 - a fixture of this file too

from tractage.hq.calls.models import Entry, PosterCall, State
from tractage.hq.calls.services import choose_entry, move_call, vote
from tractage.hq.library.models import Work
from tractage.hq.library.reviewing import Point, review_work


@pytest.fixture(autouse=True)
def _own_keys(settings: Any, tmp_path: Path) -> None:
    settings.TRACTAGE = replace(settings.TRACTAGE, data_dir=tmp_path)


@pytest.fixture
def call(campaign: Any, quiet_day: None) -> PosterCall:
    """A call that takes posters."""
    return open_a_call(campaign)


def said(**words: Any) -> dict[str, Any]:
    """What the form sends."""
    return {
        "file": SimpleUploadedFile("moi-chez-moi.png", small_png(9), "image/png"),
        "title": "L’urne qui sourit",
        "credit": "Mirabelle",
        "alt_text": "Une urne verte qui sourit.",
        "ground": "own",
        "basis": "Mon dessin",
        "ai": "none",
        "consent": "on",
    } | words


def test_a_stranger_sends_a_poster_follows_it_and_takes_it_back(client: Client, call: PosterCall) -> None:
    page = client.get("/appel/").content.decode()
    assert "Une urne, pas de visage." in page
    assert client.get("/appel/gabarit-portrait").content.startswith(b"\x89PNG")
    assert client.get("/appel/gabarit-story").status_code == 404
    assert client.get("/appel/palette.gpl").content.startswith(b"GIMP Palette")
    answer = client.post("/appel/", said())
    assert answer.status_code == 302
    follow = answer.headers["Location"]
    assert "bien arrivée" in client.get(follow).content.decode()
    assert client.get(follow[:-3] + "xx/").status_code == 404
    assert client.post(follow).status_code == 302
    assert not Entry.objects.exists()


def test_who_sent_a_chosen_poster_reads_where_it_is_and_why(
    client: Client, call: PosterCall, alice: Any, rosa: Any, rachid: Any
) -> None:
    assert "supprimés 60 jours après" in client.get("/appel/").content.decode()
    entry, token = send(call)
    follow = f"/appel/suivi/{token}/"
    move_call(None, call, State.JURY)
    for juror in (rosa, rachid):
        vote(juror, entry, 3)
    work = choose_entry(alice, entry)
    assert "Deux membres la relisent" in client.get(follow).content.decode()
    assert work.get_absolute_url() not in client.get(follow).content.decode()
    points = dict.fromkeys(Point.values, True) | {"rights": False}
    review_work(rosa, work, points, "refuse", "La photo du fond n’est pas libre.")
    page = client.get(follow).content.decode()
    assert "refusée à la relecture" in page
    assert "La photo du fond n’est pas libre." in page
    assert "Rosa" not in page
    assert client.get(work.get_absolute_url()).status_code == 404


def test_who_has_no_account_answers_the_readers(
    client: Client, call: PosterCall, alice: Any, rosa: Any, rachid: Any
) -> None:
    entry, token = send(call)
    follow = f"/appel/suivi/{token}/"
    answer = {"corriger": "1", "alt_text": "Une urne.", "basis": "Mon dessin, à l’encre"}
    assert client.post(follow, answer).status_code == 409
    assert Entry.objects.filter(pk=entry.pk).exists(), "an answer that nobody asked for takes nothing back"
    move_call(None, call, State.JURY)
    for juror in (rosa, rachid):
        vote(juror, entry, 3)
    work = choose_entry(alice, entry)
    points = dict.fromkeys(Point.values, True)
    assert client.post(follow, answer).status_code == 409
    review_work(rosa, work, points | {"rights": False}, "changes", "D’où vient le fond de l’affiche ?")
    assert "D’où vient le fond" in client.get(follow).content.decode()
    assert client.post(follow, answer | {"alt_text": ""}).status_code == 422
    wrong = SimpleUploadedFile("a.png", b"<script>non</script>", "image/png")
    assert client.post(follow, answer | {"file": wrong}).status_code == 422
    before = work.editions.get(format="original").sha256
    better = SimpleUploadedFile("b.png", small_png(77), "image/png")
    assert client.post(follow, answer | {"file": better}).status_code == 302
    work.refresh_from_db()
    assert (work.status, work.proof, work.alt_text) == ("submitted", 2, "Une urne.")
    assert work.rights[0]["basis"] == "Mon dessin, à l’encre"
    assert work.editions.get(format="original").sha256 != before
    assert client.post(follow, answer).status_code == 409
    for reader in (rosa, rachid):
        review_work(reader, work, points, "accept")
    work.refresh_from_db()
    assert work.status == "accepted"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ({"consent": ""}, "Presque"),
        ({"alt_text": ""}, "Presque"),
        ({"file": SimpleUploadedFile("a.png", b"<script>non</script>", "image/png")}, "Presque"),
    ],
)
def test_what_lacks_is_said_beside_its_field(
    client: Client, call: PosterCall, words: dict[str, Any], sentence: str
) -> None:
    answer = client.post("/appel/", said(**words))
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Entry.objects.exists()


def test_without_a_call_nothing_is_taken(client: Client, campaign: Any, quiet_day: None) -> None:
    assert "Pas d’appel ouvert" in client.get("/appel/").content.decode()
    answer = client.post("/appel/", said())
    assert answer.status_code == 422
    assert "Cet appel est clos" in answer.content.decode()


def test_the_jury_reads_without_a_name_and_marks_stay_hidden_until_ones_own_are_given(
    call: PosterCall, enter: Callable[[Any], Client], rosa: Any, rachid: Any, alice: Any, bob: Any
) -> None:
    entries = [send(call, credit=f"Nom caché {number}")[0] for number in range(2)]
    desk = f"/bureau/appels/{call.pk}/"
    coordinator, first, second = enter(alice), enter(rosa), enter(rachid)
    assert enter(bob).get(desk).status_code == 403
    assert first.post(f"{desk}avancer/", {"vers": "jury"}).status_code == 403
    assert first.get(f"{desk}jury/").status_code == 302  # not closed yet
    assert first.get(f"{desk}jury/{entries[0].pk}/image/").status_code == 404
    assert coordinator.post(f"{desk}avancer/", {"vers": "jury"}).status_code == 302
    for juror in (first, second):
        for _number in range(2):
            page = juror.get(f"{desk}jury/")
            assert "Nom caché" not in page.content.decode()
            sent = {"affiche": page.context["entry"].pk, "note": "3", "commentaire": "Bien."}
            assert juror.post(f"{desk}jury/", sent).status_code == 302
        assert juror.get(f"{desk}jury/").status_code == 302  # all done
        assert "Nom caché" not in juror.get(desk).content.decode()
    assert coordinator.get(desk).context["results"] == []
    for entry in entries:
        coordinator.post(f"{desk}jury/", {"affiche": entry.pk, "note": "2"})
    page = coordinator.get(desk)
    assert len(page.context["results"]) == 2
    assert "Nom caché" not in page.content.decode()
    assert first.post(f"{desk}jury/", {"affiche": entries[0].pk, "note": "9"}).status_code == 409
    assert first.post(f"{desk}choisir/{entries[0].pk}/").status_code == 403
    assert coordinator.post(f"{desk}choisir/{entries[0].pk}/").status_code == 302
    assert Work.objects.get().credit == "Nom caché 0"
    assert coordinator.post(f"{desk}avancer/", {"vers": "shown"}).status_code == 302
    shown = Client().get("/appel/").content.decode()
    assert "Nom caché 0" in shown
    assert "Nom caché 1" not in shown


def test_a_coordinator_prepares_a_call(
    campaign: Any, enter: Callable[[Any], Client], alice: Any, rosa: Any, quiet_day: None
) -> None:
    desk = enter(alice)
    past = {"title": "Une urne", "subject": "Des mots.", "closes_at": "2027-02-01T20:00"}
    assert desk.post("/bureau/appels/nouveau/", past).status_code == 422
    later = (QUIET_DAY + timedelta(days=9)).strftime("%Y-%m-%dT%H:%M")
    answer = desk.post("/bureau/appels/nouveau/", past | {"closes_at": later})
    assert answer.status_code == 302
    call = PosterCall.objects.get()
    assert call.state == State.DRAFT
    assert Client().get("/appel/").context["call"] is None
    changed = desk.post(
        f"/bureau/appels/{call.pk}/changer/", past | {"closes_at": later, "title": "Deux urnes"}
    )
    assert changed.status_code == 302
    move_call(None, call, State.OPEN)
    assert "Deux urnes" in Client().get("/appel/").content.decode()
    assert enter(rosa).get("/bureau/appels/nouveau/").status_code == 403
