"""The gallery's filters with their numbers, and where a work comes from on its page."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tractage.hq.campaigns.models import Campaign
from tractage.hq.library.facets import facets
from tractage.hq.library.models import Review
from tractage.hq.library.selectors import GalleryFilter, gallery
from tractage.hq.library.wall import wall_of


@pytest.fixture
def wall(make_work: Callable[..., Any]) -> list[Any]:
    Campaign.objects.update(ai_policy="declared")
    return [
        make_work(kind="poster", seats=["24-03"], credit="Lou", title="Une"),
        make_work(kind="poster", seats=["24-03", "17-03"], credit="Mo", title="Deux"),
        make_work(kind="card", seats=["17-03"], credit="Lou", title="Trois", ai="assisted"),
        make_work(kind="card", released=False, credit="Secret"),
    ]


def test_numbers_say_what_each_choice_leaves(wall: list[Any], campaign: Any) -> None:
    every = facets(campaign, GalleryFilter())
    assert (every.kinds, every.total) == ({"poster": 2, "card": 1}, 3)
    assert every.authors == {"Lou": 2, "Mo": 1}
    assert list(every.authors) == ["Lou", "Mo"]
    assert every.seats == {"17-03": 2, "24-03": 2}
    assert every.formats == {"portrait": 3}
    assert every.without_ai == 2
    posters = facets(campaign, GalleryFilter(kind="poster", author="Lou"))
    assert posters.kinds == {"poster": 1, "card": 1}
    assert posters.authors == {"Lou": 1, "Mo": 1}
    assert posters.seats == {"24-03": 1}


@pytest.mark.parametrize(
    "asked",
    [
        GalleryFilter(),
        GalleryFilter(kind="card"),
        GalleryFilter(seat="17-03", without_ai=True),
        GalleryFilter(author="Lou", format="portrait", seat="24-03"),
    ],
)
def test_each_number_is_what_its_choice_shows(wall: list[Any], campaign: Any, asked: GalleryFilter) -> None:
    from dataclasses import replace

    found = facets(campaign, asked)
    hung = wall_of(campaign)
    assert hung.hung(hung.answering(asked)) == [work.pk for work in gallery(campaign, asked)]
    for kind, number in found.kinds.items():
        assert gallery(campaign, replace(asked, kind=kind)).count() == number
    for seat, number in found.seats.items():
        assert gallery(campaign, replace(asked, seat=seat)).count() == number
    for author, number in found.authors.items():
        assert gallery(campaign, replace(asked, author=author)).count() == number
    for name, number in found.formats.items():
        assert gallery(campaign, replace(asked, format=name)).count() == number
    assert gallery(campaign, replace(asked, without_ai=True)).count() == found.without_ai


def test_the_page_shows_numbers_and_takes_filters_off(wall: list[Any], client: Client) -> None:
    html = client.get("/galerie/").content.decode()
    assert 'Affiche <span class="nombre">2</span>' in html
    assert '<option value="Lou">Lou (2)</option>' in html
    assert '<option value="24-03">Dordogne 3ᵉ (2)</option>' in html
    assert "Secret" not in html
    assert "Ôter tous les filtres" not in html
    none = client.get("/galerie/?par=Mo&type=card").content.decode()
    assert "Un mur nu" in none or "Aucune œuvre ne répond" in none
    assert "Ôter tous les filtres" in none
    assert '<option value="Mo" selected>Mo (0)</option>' in none


def test_the_page_shows_what_the_wall_holds_now(wall: list[Any], campaign: Any, client: Client) -> None:
    from tractage.hq.library.services import recall_work

    first = client.get("/galerie/").content.decode()
    assert first.index("Trois") < first.index("Deux") < first.index(">Une<")
    assert "Affiche · Lou" in first
    assert "Dordogne 3ᵉ" in first
    client.get("/galerie/?langue=en")
    assert "Poster · Lou" in client.get("/galerie/").content.decode()
    recall_work(None, wall[1], "Une erreur.")
    after = client.get("/galerie/").content.decode()
    assert "Deux" not in after
    assert "Trois" in after


def test_a_wall_of_many_keeps_its_order(make_work: Callable[..., Any], campaign: Any) -> None:
    for number in range(19):
        make_work(kind=("poster", "card")[number % 2], seats=["24-03"] if number % 3 else [])
    hung = wall_of(Campaign.objects.get())
    for asked in (GalleryFilter(), GalleryFilter(kind="card"), GalleryFilter(kind="poster", seat="24-03")):
        assert hung.hung(hung.answering(asked)) == [work.pk for work in gallery(campaign, asked)]


def test_the_gallery_asks_little(
    wall: list[Any], make_work: Callable[..., Any], client: Client, django_assert_max_num_queries: Any
) -> None:
    for _ in range(30):
        make_work(seats=["24-03"])
    with django_assert_max_num_queries(12):
        client.get("/galerie/?type=poster")


def test_a_work_says_where_it_comes_from_and_what_it_became(
    make_work: Callable[..., Any], rachid: Any, rosa: Any, client: Client
) -> None:
    from tractage.hq.campaigns.clock import now
    from tractage.hq.library.services import recall_work

    first, second = make_work(title="La première"), make_work(title="La version")
    lonely = client.get(second.get_absolute_url()).content.decode()
    assert "elle est devenue" not in lonely
    second.parent = first
    second.save()
    for reader in (rachid, rosa):
        Review.objects.create(
            work=second, proof=1, reviewer=reader, points={"originality": True}, verdict="accept", at=now()
        )
    Campaign.objects.update(revision="autre")
    html = client.get(second.get_absolute_url()).content.decode()
    assert "C’est une version de" in html
    assert "2 personnes l’ont relue" in html
    assert "1 version en a été faite" in client.get(first.get_absolute_url()).content.decode()
    recall_work(None, first, "Une erreur.")
    assert "La première" not in client.get(second.get_absolute_url()).content.decode()
