"""Polls as pages: brought by coordinators, read by everyone, silent on the eve and the day."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.conftest import PARIS
from tests.hq.polls.conftest import NAMES, poll, table
from tests.hq.polls.conftest import make_table as make_table  # noqa: PLC0414 - a fixture here too

from tractage.hq.people.models import Member
from tractage.hq.polls.models import PollTable

Enter = Callable[[Any], Client]
WORDS = {"credit": "Une association", "licence": "MIT", "url": "https://exemple.fr/table"}


def text(answer: Any) -> str:
    return str(answer.content.decode())


def upload(data: bytes) -> dict[str, Any]:
    return WORDS | {"table": SimpleUploadedFile("essai.csv", data, "text/csv")}


def test_a_table_is_brought_and_its_errors_stand_beside_the_file(enter: Enter, alice: Member) -> None:
    inside = enter(alice)
    wrong = inside.post("/bureau/sondages/apporter/", upload(table().replace(b"2026-09-01", b"hier", 1)))
    assert wrong.status_code == 422
    assert "ligne 2, colonne start" in text(wrong)
    assert 'value="Une association"' in text(wrong)
    assert inside.post("/bureau/sondages/apporter/", WORDS).status_code == 422
    inside.post("/bureau/sondages/apporter/", upload(table()))
    assert PollTable.objects.get().brought_by == alice
    assert "essai.csv" in text(inside.get("/bureau/sondages/"))


def test_members_do_not_bring_polls(enter: Enter, bob: Member) -> None:
    assert enter(bob).get("/bureau/sondages/").status_code == 403


def test_the_page_has_mentions_beside_every_figure(client: Client, make_table: Callable[..., Any]) -> None:
    assert "Aucun sondage n’est montré" in text(client.get("/sondages/"))
    make_table(table(*[poll(number) for number in range(25)]), shown=True)
    html = text(client.get("/sondages/"))
    for words in (*NAMES, "Institut A", "La Gazette", "marge d’erreur", "1981", "Une association", "MIT"):
        assert words in html
    assert html.count("La Gazette") >= 20, "the sponsor stands beside each poll"
    assert 'rel="next"' in html
    drawing = client.get(client.get("/sondages/").context["trend"].line_up.join(["/sondages/", ".svg"]))
    assert drawing.headers["Content-Type"] == "image/svg+xml"
    assert "no-store" in drawing.headers["Cache-Control"]
    assert client.get("/sondages/rien.svg").status_code == 404


def test_on_the_eve_and_the_day_nothing_is_there(
    client: Client, enter: Enter, alice: Member, make_table: Callable[..., Any], at: Any
) -> None:
    kept = make_table(shown=True)
    address = f"/sondages/{kept.trends.get().line_up}.svg"
    inside = enter(alice)
    # The eve begins in Saint-Pierre-et-Miquelon on Friday at 04:00, Paris time.
    at(datetime(2027, 4, 16, 3, 59, tzinfo=PARIS))
    assert NAMES[0] in text(client.get("/sondages/"))
    for moment in (datetime(2027, 4, 16, 4, tzinfo=PARIS), datetime(2027, 4, 18, 23, 59, tzinfo=PARIS)):
        at(moment)
        for reader in (client, inside):
            html = text(reader.get("/sondages/"))
            assert NAMES[0] not in html
            assert "77-808" in html
            assert reader.get(address).status_code == 404
    inside.post(f"/bureau/sondages/{kept.pk}/montrer/")
    assert inside.post(f"/bureau/sondages/{kept.pk}/montrer/").status_code == 409
    at(datetime(2027, 4, 20, 12, tzinfo=PARIS))
    inside.post(f"/bureau/sondages/{kept.pk}/montrer/")
    assert NAMES[0] in text(client.get("/sondages/"))


def test_a_table_is_taken_away_after_a_question(
    client: Client, enter: Enter, alice: Member, make_table: Callable[..., Any]
) -> None:
    kept = make_table(shown=True)
    inside = enter(alice)
    assert "Retirer « essai.csv »".replace(" ", "\u202f") in text(
        inside.get(f"/bureau/sondages/{kept.pk}/retirer/")
    ).replace(" ", "\u202f")
    inside.post(f"/bureau/sondages/{kept.pk}/retirer/")
    assert "Aucun sondage n’est montré" in text(client.get("/sondages/"))
