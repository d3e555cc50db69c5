"""Teams ask on the public site and follow by their own address; volunteers serve them on the desk."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.conftest import PARIS, small_png
from tests.hq.requests.conftest import CONTACT, SEAT, ask_for
from tests.web.desk.conftest import enter as enter  # noqa: PLC0414 - a fixture of this file too

from tractage.hq.library.models import Work
from tractage.hq.library.services import recall_work
from tractage.hq.missions.services import candidates_of
from tractage.hq.requests import services
from tractage.hq.requests.models import Delivery, Stage, TeamRequest

L48 = datetime(2027, 4, 15, 12, tzinfo=PARIS)


@pytest.fixture(autouse=True)
def _own_keys(settings: Any, tmp_path: Path) -> None:
    settings.TRACTAGE = replace(settings.TRACTAGE, data_dir=tmp_path)


def said(campaign: Any, **words: str) -> dict[str, str]:
    """What the form sends."""
    return {
        "siege": SEAT,
        "asker": "team",
        "candidate": candidates_of(campaign, SEAT)[0],
        "what": "Une affiche qui dit où voter.",
        "wanted_on": "2027-03-20",
        "contact": CONTACT,
    } | words


def test_a_team_asks_and_gets_its_own_address(client: Client, campaign: Any, quiet_day: None) -> None:
    assert client.get("/demander/").status_code == 200
    page = client.get(f"/demander/?siege={SEAT}")
    assert candidates_of(campaign, SEAT)[0] in page.content.decode()
    answer = client.post("/demander/", said(campaign))
    assert answer.status_code == 302
    follow = client.get(answer.headers["Location"])
    assert "La coordination la lit d’abord." in follow.content.decode()
    assert CONTACT not in follow.content.decode()
    assert "no-store" in follow.headers["Cache-Control"]
    assert follow.headers["Referrer-Policy"] == "no-referrer"
    assert client.get(answer.headers["Location"][:-1] + "x/").status_code == 404


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ({"asker": "legal"}, "personne morale autre qu’un parti"),
        ({"candidate": "-"}, "comme sur la liste officielle"),
        ({"wanted_on": "2027-01-01"}, "est passé"),
        ({"contact": ""}, "champ"),
    ],
)
def test_a_refusal_is_in_words_and_keeps_what_was_typed(
    client: Client, campaign: Any, quiet_day: None, words: dict[str, str], sentence: str
) -> None:
    answer = client.post("/demander/", said(campaign, **words))
    assert answer.status_code == 422
    text = answer.content.decode()
    assert sentence in text
    assert "Une affiche qui dit où voter." in text
    assert not TeamRequest.objects.exists()


def test_a_wrong_seat_is_said(client: Client, campaign: Any, quiet_day: None) -> None:
    assert "aucun siège" in client.get("/demander/?siege=99-99").content.decode()


def test_late_in_the_week_the_form_says_why(
    client: Client, campaign: Any, at: Callable[[datetime], None], quiet_day: None
) -> None:
    at(L48)
    page = client.get(f"/demander/?siege={SEAT}")
    assert "L48-2" in page.content.decode()
    assert "form" not in page.context
    assert client.post("/demander/", said(campaign, wanted_on="2027-04-20")).status_code == 409


def test_from_the_request_to_the_receipt(
    client: Client, campaign: Any, enter: Callable[[Any], Client], alice: Any, bob: Any, chloe: Any,
    make_work: Callable[..., Work],
) -> None:  # fmt: skip
    request, token = ask_for(campaign)
    address = request.get_absolute_url()
    desk, volunteer = enter(alice), enter(bob)
    assert volunteer.get(address).status_code == 403  # not sorted yet
    assert request.candidate not in volunteer.get("/bureau/demandes/").content.decode()
    assert desk.post(f"{address}trier/", {"etape": "open"}).status_code == 302
    opened = desk.post(f"{address}contact/").content.decode()
    assert CONTACT in opened
    assert CONTACT not in desk.get(address).content.decode()
    assert volunteer.post(f"{address}contact/").status_code == 403
    assert volunteer.post(f"{address}prendre/", {"point": ["unpaid"]}).status_code == 409
    assert volunteer.post(f"{address}prendre/", {"point": services.Point.values}).status_code == 302
    work = make_work(title="Trois voix", seats=[SEAT])
    assert volunteer.post(f"{address}remettre/", {"oeuvre": work.pk}).status_code == 302
    picture = SimpleUploadedFile("a.png", small_png(5), "image/png")
    assert (
        volunteer.post(f"{address}remettre/", {"titre": "Un bandeau", "fichier": picture}).status_code == 302
    )
    broken = SimpleUploadedFile("b.png", b"<html>pas une image</html>", "image/png")
    assert volunteer.post(f"{address}remettre/", {"titre": "Faux", "fichier": broken}).status_code == 422
    assert enter(chloe).post(f"{address}remettre/", {"oeuvre": work.pk}).status_code == 403
    page = client.get(f"/demander/suivi/{token}/").content.decode()
    assert "Trois voix" in page
    assert "Un bandeau" in page
    assert "Bob" not in page
    receipt = client.get(f"/demander/suivi/{token}/recu.pdf")
    assert receipt.content.startswith(b"%PDF")
    given = Delivery.objects.get(title="Un bandeau")
    file = client.get(f"/demander/suivi/{token}/fichiers/{given.pk}/")
    assert b"".join(file).startswith(b"\x89PNG")  # type: ignore[arg-type]
    edition = work.editions.get(preview=False)
    of_work = Delivery.objects.get(work=work)
    there = f"/demander/suivi/{token}/fichiers/{of_work.pk}/?edition={edition.pk}"
    assert client.get(there).status_code == 200
    recall_work(alice, work, "Le chiffre était faux.")
    assert client.get(there).status_code == 404
    assert "Le chiffre était faux." in client.get(f"/demander/suivi/{token}/").content.decode()
    other = ask_for(campaign)[1]
    assert client.get(f"/demander/suivi/{other}/fichiers/{given.pk}/").status_code == 404
    assert volunteer.post(f"{address}remettre/{given.pk}/annuler/").status_code == 302
    assert not Delivery.objects.filter(pk=given.pk).exists()
    assert desk.post(f"{address}trier/", {"etape": Stage.CLOSED}).status_code == 302


def test_the_list_asks_the_database_the_same_for_one_or_twenty(
    campaign: Any, enter: Callable[[Any], Client], alice: Any, django_assert_max_num_queries: Any
) -> None:
    for number in range(20):
        ask_for(campaign, place=f"192.0.2.{number}")
    client = enter(alice)
    client.get("/bureau/demandes/")
    with django_assert_max_num_queries(9):
        client.get("/bureau/demandes/")
