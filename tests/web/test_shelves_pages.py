"""Series, album and arcade for visitors, and series on the desk."""

from datetime import timedelta
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.test import Client
from tests.conftest import QUIET_DAY
from tests.web.desk.conftest import enter as enter  # noqa: PLC0414 - a fixture of this file too

from tractage.hq.shelves.models import Episode, Series
from tractage.hq.shelves.services import EpisodeContent, keep_episode, open_series

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def series(campaign: Any, make_work: Any) -> Series:
    """One episode out, one accepted, one announced."""
    made = open_series(None, campaign, "Le feuilleton", "Un épisode par semaine.")
    keep_episode(None, made, EpisodeContent(1, "Le premier", None, make_work(title="Sorti")))
    keep_episode(None, made, EpisodeContent(2, "Le second", None, make_work(title="Caché", released=False)))
    keep_episode(None, made, EpisodeContent(3, "Le troisième", QUIET_DAY + timedelta(days=3)))
    return made


def test_the_page_says_when_and_shows_what_is_out(series: Series, client: Client) -> None:
    assert "Prochain épisode\u00a0: jeudi 4 mars 2027." in client.get("/series/").content.decode()
    html = client.get("/series/le-feuilleton/").content.decode()
    assert "1. Le premier" in html
    assert "Le troisième" in html
    assert "Le second" not in html
    assert "Caché" not in html
    assert client.get("/series/rien/").status_code == 404


def test_the_feed_of_a_series_holds_its_works_alone(series: Series, client: Client, make_work: Any) -> None:
    make_work(title="Ailleurs")
    feed = ET.fromstring(client.get("/series/le-feuilleton/flux.atom").content)
    assert [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")] == ["Sorti"]
    assert (feed.findtext(f"{ATOM}id") or "").endswith("/series/le-feuilleton/flux.atom")


def test_a_coordinator_begins_and_announces(enter: Any, alice: Any, make_work: Any, client: Client) -> None:
    inside, work = enter(alice), make_work()
    answer = inside.post("/bureau/series/", {"title": "La carte et le siège", "summary": ""})
    series = Series.objects.get()
    assert answer.headers["Location"] == f"/bureau/series/{series.pk}/"
    form = inside.get(f"/bureau/series/{series.pk}/episode/").context["form"]
    assert form["number"].value() == 1
    said = {"number": "1", "title": "Un", "at": "2027-03-10T18:00", "work": str(work.pk)}
    assert inside.post(f"/bureau/series/{series.pk}/episode/", said).status_code == 302
    assert inside.post(f"/bureau/series/{series.pk}/episode/", said).status_code == 422
    assert "1. Un" in client.get(series.get_absolute_url()).content.decode()
    episode = Episode.objects.get()
    inside.post(f"/bureau/series/{series.pk}/episode/{episode.pk}/retirer/")
    assert not Episode.objects.exists()
    over = inside.post(f"/bureau/series/{series.pk}/", {"title": "Finie", "summary": ""})
    assert over.status_code == 302
    assert "Elle est finie" in client.get(series.get_absolute_url()).content.decode()


def test_the_album_by_department(make_work: Any, client: Client) -> None:
    make_work(kind="card", seats=["24-03"], title="Carte de Dordogne")
    make_work(kind="card", seats=["17-03"], title="Carte de Charente")
    make_work(kind="poster", seats=["24-03"], title="Pas une carte")
    every = client.get("/album/").content.decode()
    assert "2 cartes." in every
    assert "Pas une carte" not in every
    only = client.get("/album/?departement=24").content.decode()
    assert "Carte de Dordogne" in only
    assert "Carte de Charente" not in only
    assert "2 cartes." in client.get("/album/?departement=ZZ").content.decode()


def test_the_arcade_opens_games_elsewhere(make_work: Any, client: Client) -> None:
    assert "jeu" in client.get("/arcade/").content.decode()
    make_work(kind="game", title="Une voix près", link="https://jeu.example/une-voix")
    html = client.get("/arcade/").content.decode()
    assert 'href="https://jeu.example/une-voix" rel="noopener noreferrer external"' in html


def test_empty_shelves_say_so(campaign: Any, quiet_day: None, client: Client) -> None:
    for path, words in (
        ("/series/", "Pas encore de série"),
        ("/album/", "Pas encore de carte"),
        ("/arcade/", "Insérez"),
    ):
        assert words in client.get(path).content.decode()


def test_the_album_asks_little(make_work: Any, client: Client, django_assert_max_num_queries: Any) -> None:
    for number in range(12):
        make_work(kind="card", seats=["24-03" if number % 2 else "17-03"])
    with django_assert_max_num_queries(11):
        client.get("/album/?departement=24")
