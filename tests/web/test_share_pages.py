"""The share sheet as a plain page: the right file, one's own words, the silence, a recall."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from tests.conftest import PARIS, small_png

from tractage.hq.library.models import Share, Work
from tractage.hq.library.services import EditionFile, keep_edition, recall_work

SILENCE = datetime(2027, 4, 17, 12, tzinfo=PARIS)


@pytest.fixture
def work(make_work: Callable[..., Work]) -> Work:
    """A poster with a file for stories beside the one for posts."""
    made = make_work(seats=["24-03"], summary="Soixante-quinze bulletins.")
    keep_edition(made, EditionFile("story", small_png(7), "png", "image/png", 8, 10))
    return made


def test_the_work_leads_to_its_sheet(client: Client, work: Work) -> None:
    page = client.get(work.get_absolute_url()).content.decode()
    assert f'href="{work.get_absolute_url()}passer/"' in page
    assert "Passer cette œuvre" in page


@pytest.mark.parametrize(("platform", "format_name"), [("story", "story"), ("instagram", "portrait")])
def test_a_platform_gives_its_file(client: Client, work: Work, platform: str, format_name: str) -> None:
    page = client.get(f"{work.get_absolute_url()}passer/?vers={platform}")
    edition = work.editions.get(format=format_name)
    assert page.context["file"] == edition
    assert f'href="{edition.get_absolute_url()}" download' in page.content.decode()
    assert "no-store" in page.headers["Cache-Control"]


def test_words_stay_when_another_place_is_chosen_and_are_told_apart(client: Client, work: Work) -> None:
    address = f"{work.get_absolute_url()}passer/"
    idea = client.get(address).context["ideas"][0]
    page = client.post(address, {"place": "story", "vers": "bluesky", "mots": idea})
    assert page.context["said"] == ("bluesky", idea, "")
    assert page.context["nudge"].again
    own = client.post(address, {"place": "bluesky", "mots": "Dans mon village on est 312, comptez."})
    assert not own.context["nudge"].again
    long = client.post(address, {"place": "bluesky", "mots": "mot " * 90})
    assert "300" in long.context["nudge"].sentence
    assert not Share.objects.exists()


def test_saying_so_and_taking_it_back(client: Client, work: Work) -> None:
    address = f"{work.get_absolute_url()}passer/"
    answer = client.post(address, {"place": "x", "poste": "1", "mots": "À moi.", "adresse": ""}, follow=True)
    assert "C’est noté" in answer.content.decode()
    assert Share.objects.get().platform == "x"
    client.post(address, {"place": "x", "annuler": answer.context["undo"]})
    assert not Share.objects.exists()


def test_a_wrong_link_is_said_and_the_words_stay(client: Client, work: Work) -> None:
    answer = client.post(
        f"{work.get_absolute_url()}passer/",
        {"place": "x", "poste": "1", "mots": "Mes mots.", "adresse": "https://bit.ly/x"},
    )
    assert answer.status_code == 422
    assert "publication visible de tous" in answer.content.decode()
    assert "Mes mots." in answer.content.decode()


def test_the_silence_hands_nothing_out(client: Client, work: Work, at: Callable[[datetime], None]) -> None:
    address = f"{work.get_absolute_url()}passer/"
    idea = client.get(address).context["ideas"][0]
    at(SILENCE)
    page = client.get(address)
    text = page.content.decode()
    assert page.status_code == 200
    assert "L49" in text
    assert "fichiers/" not in text
    assert idea not in text
    assert "bulletins" not in text
    assert client.post(address, {"place": "x", "poste": "1"}).status_code == 409
    assert not Share.objects.exists()


def test_how_to_vote_is_passed_on_even_then(
    client: Client, make_work: Callable[..., Work], at: Callable[[datetime], None]
) -> None:
    work = make_work(kind="practical")
    at(SILENCE)
    assert client.get(f"{work.get_absolute_url()}passer/").context["file"]


def test_a_recalled_work_and_one_off_the_wall_have_no_sheet(
    client: Client, make_work: Callable[..., Work], alice: Any
) -> None:
    gone, waiting = make_work(), make_work(released=False)
    recall_work(alice, gone, "Le chiffre était faux.")
    for method in (client.get, client.post):
        assert method(f"{gone.get_absolute_url()}passer/").status_code == 410
        assert method(f"{waiting.get_absolute_url()}passer/").status_code == 404


def test_the_sheet_alone_for_the_pages_own_script(client: Client, work: Work) -> None:
    part = client.get(f"{work.get_absolute_url()}passer/", headers={"X-Feuille": "1"}).content.decode()
    assert part.lstrip().startswith("<section")
    assert "<html" not in part


def test_it_asks_the_database_little(
    client: Client, work: Work, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    client.get(f"{work.get_absolute_url()}passer/")
    with django_assert_max_num_queries(10):
        client.get(f"{work.get_absolute_url()}passer/?vers=x")
