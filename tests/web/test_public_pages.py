"""The public pages: what each says, to whom, and what it never shows."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from tests.conftest import PARIS

from tractage.hq.library.services import recall_work

PAGES = [
    "/",
    "/sieges/",
    "/sieges/24-03/",
    "/galerie/",
    "/voter/",
    "/qui-comment-combien/",
    "/mentions-legales/",
    "/flux/",
    "/connexion/",
]
SILENCE = datetime(2027, 4, 17, 12, tzinfo=PARIS)

pytestmark = pytest.mark.usefixtures("quiet_day")


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_french_and_has_one_title_and_one_main(
    client: Client, campaign: Any, path: str
) -> None:
    response = client.get(path)
    html = response.content.decode()
    assert response.status_code == 200
    assert '<html lang="fr"' in html
    assert html.count("<h1") == 1
    assert html.count("<main") == 1
    assert re.search(r"<title>.+ · Les Mains libres</title>", html)


@pytest.mark.parametrize("path", PAGES)
def test_no_page_has_inline_style_script_or_foreign_resource(
    client: Client, campaign: Any, path: str
) -> None:
    html = client.get(path).content.decode()
    assert not re.search(r"\sstyle=|<style|<script(?![^>]*\ssrc=)|\son\w+=", html)
    loaded = re.findall(r'<(?:link|img|script|source|use)[^>]*?(?:href|src)="([^"]+)"', html)
    assert loaded
    assert not [address for address in loaded if address.startswith(("http:", "https:", "//"))]


def test_home_counts_the_closest_seats_and_the_days(client: Client, campaign: Any) -> None:
    html = client.get("/").content.decode()
    assert "27 sièges" in html
    assert "1\u202f000 voix." in html
    assert "49 circonscriptions sur 577" in html
    assert "<b>48</b>" in html  # from 1 March to 18 April 2027


def test_every_seat_is_a_link_of_the_map(client: Client, campaign: Any) -> None:
    html = client.get("/").content.decode()
    drawing = html[html.index("<svg xmlns") : html.index('id="apres-carte"')]
    assert len(set(re.findall(r'href="/sieges/([^"]+)/"', drawing))) == 577
    assert "Dordogne, 3ᵉ\u00a0: perdu de 75 voix en 2024" in drawing


def test_seat_page_tells_the_facts_in_words(client: Client, campaign: Any) -> None:
    html = client.get("/sieges/24-03/").content.decode()
    assert "voix d’écart au second tour de 2024, sur 45\u202f103 suffrages." in html
    assert "un car scolaire et demi" in html
    assert "74,5\u202f%" in html
    for year in ("2017", "2022", "2024"):
        assert f">{year}</text>" in html


@pytest.mark.parametrize("code", ["24-99", "XX-01", "24"])
def test_an_unknown_seat_is_404_in_words(client: Client, campaign: Any, code: str) -> None:
    response = client.get(f"/sieges/{code}/")
    assert response.status_code == 404
    assert "Ce tract s’est envolé." in response.content.decode()


def test_a_small_letter_leads_to_the_seat(client: Client, campaign: Any) -> None:
    assert client.get("/sieges/2a-01/").headers["Location"] == "/sieges/2A-01/"


def test_seats_are_searched_without_accents(client: Client, campaign: Any) -> None:
    html = client.get("/sieges/?q=ardeche").content.decode()
    assert "Ardèche" in html
    assert "Dordogne, <" not in html
    assert client.get("/sieges/?q=24-03").headers["Location"] == "/sieges/24-03/"
    assert "Val-d’Oise" in client.get("/sieges/?q=val d'oise").content.decode()
    assert client.get("/sieges/?q=Val d’Oise 10e").headers["Location"] == "/sieges/95-10/"
    assert "Aucun siège ne répond" in client.get("/sieges/?q=Atlantide").content.decode()


def test_a_bare_seat_says_what_to_do_next_but_not_during_the_silence(
    client: Client, make_work: Callable[..., Any], at: Callable[[datetime], None]
) -> None:
    make_work(seats=["24-03"])
    assert "Rien encore sur le mur" in client.get("/sieges/24-01/").content.decode()
    assert "Rien encore sur le mur" not in client.get("/sieges/24-03/").content.decode()
    at(SILENCE)
    assert "Rien encore sur le mur" not in client.get("/sieges/24-01/").content.decode()


def test_gallery_filters_by_kind_seat_format_author_and_ai(
    client: Client, make_work: Callable[..., Any]
) -> None:
    make_work(title="Carte de Périgueux", kind="card", seats=["24-01"], credit="Lulu")
    make_work(title="Affiche de Sarlat", kind="poster", seats=["24-04"])

    def titles(query: str) -> set[str]:
        return set(re.findall(r"<h3>([^<]+)</h3>", client.get(f"/galerie/?{query}").content.decode()))

    both = {"Carte de Périgueux", "Affiche de Sarlat"}
    assert titles("") == both
    assert titles("type=card") == {"Carte de Périgueux"}
    assert titles("siege=24-04") == {"Affiche de Sarlat"}
    assert titles("par=Lulu") == {"Carte de Périgueux"}
    assert titles("format=portrait") == both
    assert titles("format=story") == set()
    assert titles("sans-ia=1") == both
    assert titles("type=nonsense&siege=nonsense") == both


def test_gallery_is_paginated_and_keeps_the_filter(client: Client, make_work: Callable[..., Any]) -> None:
    for _ in range(25):
        make_work(kind="card")
    html = client.get("/galerie/?type=card").content.decode()
    assert html.count('class="tuile"') == 24
    assert 'href="?type=card&amp;page=2"' in html
    assert client.get("/galerie/?type=card&page=2").content.decode().count('class="tuile"') == 1


def test_an_unreleased_work_is_nowhere(client: Client, make_work: Callable[..., Any]) -> None:
    work = make_work(title="Pas encore", released=False)
    edition = work.editions.get(preview=False)
    assert client.get(work.get_absolute_url()).status_code == 404
    assert client.get(edition.get_absolute_url()).status_code == 404
    for path in ("/", "/galerie/", "/flux/oeuvres.atom", "/flux/oeuvres.json", "/sitemap.xml"):
        assert "Pas encore" not in client.get(path).content.decode()
        assert work.slug not in client.get(path).content.decode()


def test_work_page_gives_the_file_the_alt_text_and_the_rights(
    client: Client, make_work: Callable[..., Any]
) -> None:
    work = make_work(seats=["24-03"], sources=[{"title": "Ministère de l’Intérieur"}])
    html = client.get(work.get_absolute_url()).content.decode()
    for words in (work.alt_text, "CC BY-SA 4.0", "Ministère de l’Intérieur", "Sans IA", "Dordogne, 3ᵉ"):
        assert words in html
    edition = work.editions.get(preview=False)
    answer = client.get(edition.get_absolute_url())
    assert b"".join(answer.streaming_content) == edition.file.read()  # type: ignore[attr-defined]
    assert "attachment" in answer.headers["Content-Disposition"]
    kept = client.get(edition.get_absolute_url(), headers={"if-none-match": answer.headers["ETag"]})
    assert kept.status_code == 304


def test_a_file_is_not_guessed_by_its_number(client: Client, make_work: Callable[..., Any]) -> None:
    edition = make_work().editions.get(preview=False)
    assert client.get(f"/fichiers/{edition.pk}/{'0' * 12}/{edition.filename}").status_code == 404
    assert client.get(f"/fichiers/{edition.pk}/{edition.sha256[:1]}/{edition.filename}").status_code == 404


def test_a_recalled_work_keeps_a_notice_and_loses_its_files(
    client: Client, make_work: Callable[..., Any]
) -> None:
    work = make_work(title="Trop vite")
    edition = work.editions.get(preview=False)
    recall_work(None, work, "Le chiffre était faux.")
    page = client.get(work.get_absolute_url())
    assert page.status_code == 410
    assert "Le chiffre était faux." in page.content.decode()
    assert client.get(edition.get_absolute_url()).status_code == 404
    assert "Trop vite" not in client.get("/galerie/").content.decode()


def test_silence_shows_why_where_and_until_when(
    client: Client, make_work: Callable[..., Any], at: Callable[[datetime], None]
) -> None:
    work = make_work(seats=["24-03"])
    assert "silence" not in client.get("/").content.decode().replace("/mentions-legales/#silence", "")
    at(SILENCE)
    html = client.get("/").content.decode()
    assert "Chut. On vote." in html
    assert "passez-la" not in html
    assert "Passer une œuvre" not in html
    assert "Code électoral, art. L49" in html
    page = client.get(work.get_absolute_url()).content.decode()
    assert work.alt_text in page
    assert "Partage en pause" in page
    assert "dimanche 18 avril, 20\u202fh\u202f00" in page
    assert "download" not in page


def test_how_to_vote_is_shared_during_the_silence(
    client: Client, make_work: Callable[..., Any], at: Callable[[datetime], None]
) -> None:
    work = make_work(kind="practical")
    at(SILENCE)
    assert "Partage en pause" not in client.get(work.get_absolute_url()).content.decode()
    assert client.get("/voter/").status_code == 200


def test_a_work_of_another_zone_is_not_paused_too_early(
    client: Client, make_work: Callable[..., Any], at: Callable[[datetime], None]
) -> None:
    """On Friday noon people of Guadeloupe are already in the silence, those of Dordogne are not yet."""
    home, overseas = make_work(seats=["24-03"]), make_work(seats=["971-01"])
    at(datetime(2027, 4, 16, 12, tzinfo=PARIS))
    assert "Partage en pause" not in client.get(home.get_absolute_url()).content.decode()
    assert "Partage en pause" in client.get(overseas.get_absolute_url()).content.decode()


def test_before_any_campaign_the_site_says_so_in_words(client: Client, db: None) -> None:
    assert client.get("/").status_code == 404


def test_member_logs_in_by_pseudonym_whatever_the_capitals(client: Client, campaign: Any, bob: Any) -> None:
    answer = client.post("/connexion/", {"username": "BOB", "password": "Bob-secret"})
    assert answer.status_code == 302
    assert "Bob" in client.get("/moi/").content.decode()
    door = client.get("/deconnexion/")
    assert (door.status_code, door.headers["Allow"]) == (405, "POST, OPTIONS")
    assert "Derrière cette adresse, il y a un bouton" in door.content.decode()
    wrong = Client().post("/connexion/", {"username": "Bob", "password": "no"})
    assert "ne vont pas ensemble" in wrong.content.decode()


def test_a_stranger_sees_no_admin(client: Client, bob: Any, campaign: Any) -> None:
    client.force_login(bob)
    assert client.get("/admin/").status_code == 302
