"""The page “Seen!”: bad input said beside its field, visitors and members, the share sheet, undo."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.hq.sightings.conftest import tiktok
from tests.hq.sightings.test_sighting_prints import hang as hang  # noqa: PLC0414 - a fixture of this file too
from tests.hq.sightings.test_sighting_prints import poster, screenshot
from tests.web.desk.conftest import enter as enter  # noqa: PLC0414 - a fixture of this file too

from tractage.hq.people.rules import allowed
from tractage.hq.sightings import prints
from tractage.hq.sightings.kinds import How, SeenState
from tractage.hq.sightings.models import Post, Reading, Sighting

VU = "/vu/"


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    settings.TRACTAGE = replace(settings.TRACTAGE, data_dir=tmp_path)


def capture(seed: int) -> SimpleUploadedFile:
    return SimpleUploadedFile("capture.jpg", screenshot(poster(seed)), "image/jpeg")


def test_a_visitor_logs_a_post_from_a_works_page(client: Client, make_work: Any) -> None:
    work = make_work(title="Soixante-quinze voix")
    page = client.get(f"{VU}?oeuvre={work.slug}").content.decode()
    assert "Soixante-quinze voix" in page
    assert "Je l’ai postée" not in page
    answer = client.post(VU, {"link": tiktok(1), "views": "12 k", "work": work.slug}, follow=True)
    page = answer.content.decode()
    assert "C’est noté. Merci" in page
    assert "Un membre le confirmera" in page
    sighting = Sighting.objects.get()
    assert (sighting.state, sighting.work, sighting.visitor) == (SeenState.PENDING, work, True)
    assert "@quelquun" not in page


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"views": "-3"}, "jamais négatif"),
        ({"views": "plein"}, "12 k ou 1,2 M"),
        ({"link": "https://vm.tiktok.com/ZMabc/"}, "raccourci"),
        ({"link": "https://www.instagram.com/stories/quelquun/12345/"}, "pas public"),
        ({"link": "https://www.tiktok.com/@quelquun"}, "un profil ou un site entier"),
        ({"link": ""}, "Collez un lien, ou choisissez une capture"),
        ({"how": "C"}, "quel mot ou quel hashtag"),
        ({"how": "A"}, "Sélectionnez un choix valide"),
        ({"how": "D"}, "Sélectionnez un choix valide"),
    ],
)
def test_bad_input_is_said_and_nothing_is_kept(
    client: Client, campaign: Any, quiet_day: None, given: dict[str, str], words: str
) -> None:
    answer = client.post(VU, {"link": tiktok(1), "how": "B"} | given)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert (Post.objects.count(), Sighting.objects.count()) == (0, 0)


def test_all_that_is_wrong_is_said_at_once(client: Client, campaign: Any, quiet_day: None) -> None:
    page = client.post(VU, {"link": "https://t.co/abc", "views": "-3"}).content.decode()
    assert "raccourci" in page
    assert "jamais négatif" in page


@pytest.mark.parametrize(("views", "number"), [("1,2 M", 1_200_000), ("12 k", 12_000), ("1.2M", 1_200_000)])
def test_views_are_read_as_platforms_write_them(
    client: Client, campaign: Any, quiet_day: None, views: str, number: int
) -> None:
    client.post(VU, {"link": tiktok(1), "views": views})
    assert Reading.objects.get().views == number


def test_the_same_post_by_three_links_is_one(enter: Any, bob: Any, make_work: Any) -> None:
    work, inside = make_work(), enter(bob)
    for link in (
        "https://twitter.com/quelquun/status/123456789?s=20",
        "https://x.com/i/web/status/123456789",
        "mobile.twitter.com/quelquun/status/123456789/photo/1",
    ):
        assert inside.post(VU, {"link": link, "work": work.slug}).status_code == 302
    assert (Post.objects.count(), Sighting.objects.count()) == (1, 1)


def test_a_screenshot_is_recognised_then_confirmed_by_a_person(
    enter: Any, bob: Any, campaign: Any, hang: Callable[[int], Any], tmp_path: Path
) -> None:
    works = [hang(seed) for seed in range(3)]
    prints.refresh(campaign)
    inside = enter(bob)
    before = set(tmp_path.rglob("*"))
    answer = inside.post(VU, {"link": tiktok(1), "capture": capture(1)}, follow=True)
    page = answer.content.decode()
    assert "Est-ce bien celle-ci" in page
    assert "Les empreintes concordent" in page
    assert works[1].title in page
    sighting = Sighting.objects.get()
    assert (sighting.state, sighting.work) == (SeenState.PENDING, None)
    assert not sighting.proof
    assert {one for one in set(tmp_path.rglob("*")) - before if one.is_file()} == set()
    address = answer.redirect_chain[-1][0]
    done = inside.post(f"{address}oeuvre/", {"work": works[1].slug}, follow=True)
    assert "C’est noté. Merci" in done.content.decode()
    sighting.refresh_from_db()
    assert (sighting.state, sighting.work, sighting.confirmed_by) == (SeenState.CONFIRMED, works[1], bob)


def test_a_screenshot_of_something_else_says_so_and_offers_choices(
    client: Client, campaign: Any, hang: Callable[[int], Any]
) -> None:
    work = hang(1)
    prints.refresh(campaign)
    answer = client.post(VU, {"link": tiktok(1), "capture": capture(99), "views": "40"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Aucune œuvre connue n’est reconnue sur cette capture" in page
    assert work.title in page
    assert not Post.objects.exists()
    client.post(VU, {"link": tiktok(1), "views": "40", "work": work.slug})
    assert Sighting.objects.get().work == work


def test_it_can_be_noted_without_naming_the_work(
    enter: Any, bob: Any, campaign: Any, hang: Callable[[int], Any]
) -> None:
    hang(1)
    prints.refresh(campaign)
    enter(bob).post(VU, {"link": tiktok(1), "capture": capture(99), "unknown": "1"})
    assert Sighting.objects.get().state == SeenState.PENDING


def test_a_screenshot_is_kept_only_by_choice_and_seen_by_few(
    enter: Any, bob: Any, alice: Any, rachid: Any, make_work: Any
) -> None:
    work = make_work()
    given = {"link": tiktok(1), "capture": capture(1), "keep": "on", "work": work.slug}
    enter(bob).post(VU, given)
    sighting = Sighting.objects.get()
    assert sighting.proof
    address = reverse("sighting_proof", args=[sighting.pk])
    assert enter(rachid).get(address).status_code == 403
    assert enter(alice).get(address).status_code == 200
    assert allowed(bob, "sightings.undo", sighting)


def test_a_hostile_file_is_refused_beside_its_field(client: Client, campaign: Any, quiet_day: None) -> None:
    bad = SimpleUploadedFile("capture.png", b"\x89PNG\r\n\x1a\n" + b"\x00" * 40, "image/png")
    answer = client.post(VU, {"link": tiktok(1), "capture": bad})
    assert answer.status_code == 422
    assert "capture.png" in answer.content.decode()
    assert not Post.objects.exists()


def test_what_is_noted_is_taken_back_and_put_back(client: Client, make_work: Any) -> None:
    work = make_work()
    answer = client.post(VU, {"link": tiktok(1), "work": work.slug})
    address = answer.headers["Location"]
    assert "C’est repris" in client.post(f"{address}reprendre/", follow=True).content.decode()
    assert Sighting.objects.get().state == SeenState.WITHDRAWN
    client.post(f"{address}reprendre/")
    assert Sighting.objects.get().state == SeenState.PENDING


def test_the_address_of_a_members_sighting_answers_to_them_alone(
    enter: Any, client: Client, bob: Any, alice: Any, make_work: Any
) -> None:
    answer = enter(bob).post(VU, {"link": tiktok(1), "work": make_work().slug})
    address = answer.headers["Location"]
    assert client.get(address).status_code == 404
    assert enter(alice).get(address).status_code == 404
    assert client.get(f"{address[:-3]}x/").status_code == 404


def test_visitors_are_slowed_down_in_words(client: Client, campaign: Any, quiet_day: None) -> None:
    for number in range(30):
        assert client.post(VU, {"link": tiktok(number)}).status_code == 302
    answer = client.post(VU, {"link": tiktok(31)})
    assert answer.status_code == 429
    assert "merci" in answer.content.decode()
    assert Sighting.objects.count() == 30


def test_the_share_sheet_fills_the_page_in_and_writes_nothing(
    campaign: Any, quiet_day: None, hang: Callable[[int], Any]
) -> None:
    work = hang(1)
    prints.refresh(campaign)
    client = Client(enforce_csrf_checks=True)
    shared = {"title": "Vidéo", "text": f"Regarde ! {tiktok(4)}?lang=fr", "capture": capture(1)}
    page = client.post("/vu/partage/", shared).content.decode()
    assert f"{tiktok(4)}?lang=fr" in page
    assert "Une publication sur TikTok" in page
    assert work.title in page
    assert not Post.objects.exists()
    assert client.post(VU, {"link": tiktok(4)}).status_code == 403


def test_what_the_share_sheet_brought_is_matched_without_the_picture(
    enter: Any, bob: Any, campaign: Any, hang: Callable[[int], Any]
) -> None:
    import re

    work = hang(1)
    prints.refresh(campaign)
    inside = enter(bob)
    page = inside.post("/vu/partage/", {"text": tiktok(4), "capture": capture(1)}).content.decode()
    looked = re.search(r'name="looked" value="([^"]+)"', page)
    assert looked
    answer = inside.post(VU, {"link": tiktok(4), "looked": looked[1]}, follow=True)
    assert work.title in answer.content.decode()
    forged = inside.post(VU, {"link": tiktok(5), "looked": looked[1][:-2] + "xxx"}, follow=True)
    assert "Les empreintes concordent" not in forged.content.decode()


def test_a_shared_link_that_cannot_count_is_refused_at_once(
    client: Client, campaign: Any, quiet_day: None
) -> None:
    page = client.post("/vu/partage/", {"text": "https://vm.tiktok.com/ZMabc/"}).content.decode()
    assert "raccourci" in page


def test_the_manifest_opens_the_share_sheet_to_the_site(client: Client, campaign: Any) -> None:
    target = client.get("/manifest.webmanifest").json()["share_target"]
    assert (target["action"], target["method"]) == ("/vu/partage/", "POST")
    assert target["enctype"] == "multipart/form-data"
    assert target["params"]["files"] == [{"name": "capture", "accept": ["image/*"]}]


def test_a_member_declares_their_own_post(enter: Any, bob: Any, make_work: Any) -> None:
    enter(bob).post(VU, {"link": tiktok(1), "how": "A", "work": make_work().slug})
    assert Sighting.objects.get().how == How.SELF


def test_a_declared_share_comes_into_list_a(campaign: Any, bob: Any, make_work: Any) -> None:
    from tractage.hq.campaigns.clock import now
    from tractage.hq.library.models import Share
    from tractage.hq.sightings.tasks import take_in_shares

    work = make_work()
    Share.objects.create(work=work, member=bob, address=tiktok(9), at=now())
    Share.objects.create(work=work, member=None, address="https://x.com/i/status/123456789", at=now())
    Share.objects.create(work=work, member=bob, address="https://t.co/abc", at=now())
    assert take_in_shares.call() == 2
    assert take_in_shares.call() == 0
    states = list(Sighting.objects.order_by("share_id").values_list("how", "state"))
    assert states == [("A", "confirmed"), ("A", "pending")]
