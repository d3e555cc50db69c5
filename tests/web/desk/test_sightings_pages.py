"""The desk's pages about what was seen: the list, a post, the queue, drawn searches, the dashboard."""

import csv
import io
import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from tests.conftest import PARIS, QUIET_DAY
from tests.hq.sightings.conftest import see as see  # noqa: PLC0414 - a fixture of this file too
from tests.hq.sightings.conftest import tiktok
from tests.hq.sightings.conftest import world as world  # noqa: PLC0414 - a fixture of this file too

from tractage.domain.reach.table import read_table
from tractage.hq.sightings import reach
from tractage.hq.sightings.kinds import SeenState, TaskStatus
from tractage.hq.sightings.models import AuditTask, Post, ReachRun, Reading, Sighting
from tractage.web.desk.sightings.words import number, reason_words

Enter = Callable[[Any], Client]


@pytest.fixture(autouse=True)
def _few_bootstraps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reach, "BOOTSTRAPS", 100)
    monkeypatch.setattr(reach, "GAIN_BOOTSTRAPS", 100)


@pytest.fixture
def estimate(django_capture_on_commit_callbacks: Any) -> Callable[[Client], str]:
    """Ask for an estimate of the whole campaign and let the worker do it; return the page."""

    def ask(inside: Client) -> str:
        with django_capture_on_commit_callbacks(execute=True):
            inside.post("/bureau/portee/estimer/", {"quoi": "campaign"})
        return inside.get("/bureau/portee/").content.decode()

    return ask


def test_an_empty_list_says_what_to_do(enter: Enter, bob: Any) -> None:
    assert "Rien de vu encore" in enter(bob).get("/bureau/vus/").content.decode()


def test_the_list_shows_lists_views_and_their_age(
    enter: Enter, bob: Any, rachid: Any, see: Any, at: Any
) -> None:
    see(1, views="12 k")
    see(1, actor=rachid, how="C", query="#tract")
    see(2, link="https://x.com/i/status/123456789")
    at(QUIET_DAY + timedelta(days=3))
    inside = enter(bob)
    page = inside.get("/bureau/vus/").content.decode()
    assert "B, C" in page
    assert "il y a 3 jours" in page
    assert "pas encore" in page
    assert "12\u202f000" in page
    only = inside.get("/bureau/vus/?plateforme=x").content.decode()
    assert "12\u202f000" not in only
    assert "Rien sous ce filtre" in inside.get("/bureau/vus/?liste=D").content.decode()


def test_the_list_asks_the_database_as_often_for_more_posts(
    enter: Enter, bob: Any, see: Any, django_assert_max_num_queries: Any
) -> None:
    for one in range(12):
        see(one, views="3")
    inside = enter(bob)
    inside.get("/bureau/vus/")
    with django_assert_max_num_queries(14):
        inside.get("/bureau/vus/")


def test_a_post_page_reads_merges_parts_and_undoes(enter: Enter, bob: Any, see: Any) -> None:
    first, second = see(1, views="10"), see(2)
    inside, address = enter(bob), f"/bureau/vus/{second.post_id}/"
    assert "Je ne sais" not in inside.get(address).content.decode()
    wrong = inside.post(f"{address}vues/", {"views": "-4", "source": "screen"})
    assert wrong.status_code == 422
    assert "jamais négatif" in wrong.content.decode()
    inside.post(f"{address}vues/", {"views": "1,2 M", "source": "author"})
    page = inside.get(address).content.decode()
    assert "±" in page
    assert "chiffres de l’auteur" in page
    wrong = inside.post(f"{address}fusionner/", {"link": "https://t.co/x"})
    assert "raccourci" in wrong.content.decode()
    inside.post(f"{address}fusionner/", {"link": tiktok(1)})
    assert "Défaire la fusion" in inside.get(f"/bureau/vus/{first.post_id}/").content.decode()
    assert Post.objects.get(pk=second.post_id).merged_into_id == first.post_id
    inside.post(f"{address}separer/")
    assert Post.objects.get(pk=second.post_id).merged_into_id is None
    inside.post(f"/bureau/signalements/{first.pk}/reprendre/")
    assert Sighting.objects.get(pk=first.pk).state == SeenState.WITHDRAWN
    inside.post(f"/bureau/signalements/{first.pk}/reprendre/")
    assert Sighting.objects.get(pk=first.pk).state == SeenState.CONFIRMED


def test_a_member_confirms_what_a_visitor_saw(enter: Enter, bob: Any, dan: Any, see: Any) -> None:
    sighting = see(actor=None)
    assert enter(dan).get("/bureau/vus/a-confirmer/").status_code == 403
    inside = enter(bob)
    assert "d’un visiteur" in inside.get("/bureau/vus/a-confirmer/").content.decode()
    wrong = inside.post(f"/bureau/signalements/{sighting.pk}/confirmer/", {"work": ""})
    assert wrong.status_code == 422
    inside.post(f"/bureau/signalements/{sighting.pk}/confirmer/", {"work": sighting.work.slug})
    assert Sighting.objects.get().state == SeenState.CONFIRMED
    assert "Tout est confirmé" in inside.get("/bureau/vus/a-confirmer/").content.decode()
    inside.post(f"/bureau/signalements/{sighting.pk}/ecarter/")
    assert Sighting.objects.get().state == SeenState.NOT_OURS


def test_a_drawn_search_from_the_draw_to_nothing_seen(
    enter: Enter, alice: Any, bob: Any, make_work: Any
) -> None:
    coordinator, work = enter(alice), make_work()
    wrong = coordinator.post("/bureau/recherches/tirer/", {"seed": "", "count": "2", "platforms": ["x"]})
    assert wrong.status_code == 422
    assert "Convenez d’une graine" in wrong.content.decode()
    given = {"seed": "trois dés : 4 1 6", "count": "2", "platforms": ["tiktok"], "queries": "tract\naffiche"}
    assert coordinator.post("/bureau/recherches/tirer/", given).status_code == 302
    inside = enter(bob)
    assert "2 recherches attendent" in inside.get("/bureau/recherches/").content.decode()
    answer = inside.post("/bureau/recherches/prendre/")
    address = answer.headers["Location"]
    page = inside.get(address).content.decode()
    assert "vingt premiers résultats" in page
    assert coordinator.get(address).status_code == 403
    wrong = inside.post(address, {"link": "https://t.co/abc"})
    assert (wrong.status_code, "raccourci" in wrong.content.decode()) == (422, True)
    inside.post(address, {"link": tiktok(3), "views": "5", "work": work.slug})
    assert Sighting.objects.get().how == "D"
    inside.post(f"{address}faite/")
    task = AuditTask.objects.get(status=TaskStatus.DONE)
    assert not task.nothing
    second = inside.post("/bureau/recherches/prendre/").headers["Location"]
    assert "rien vu" in inside.get(second).content.decode()
    assert "cela compte autant" in inside.post(f"{second}faite/", follow=True).content.decode()
    assert AuditTask.objects.filter(nothing=True).count() == 1
    refused = inside.post("/bureau/recherches/prendre/")
    assert refused.status_code == 409
    inside.post(f"{second}faite/")
    inside.post(f"{second}rendre/")
    assert AuditTask.objects.filter(status=TaskStatus.OPEN).count() == 1


def test_an_empty_dashboard_explains_what_to_do_first(enter: Enter, alice: Any) -> None:
    page = enter(alice).get("/bureau/portee/").content.decode()
    assert "Rien de vu encore" in page
    assert "sept publications" in page


def test_the_dashboard_never_shows_a_bare_number_nor_people(
    enter: Enter, alice: Any, world: Any, estimate: Callable[[Client], str]
) -> None:
    world("size")
    inside = enter(alice)
    page = estimate(inside)
    run = ReachRun.objects.get()
    assert run.status == "done"
    rows = [row for row in page.split("<tr>") if "environ" in row]
    assert len(rows) == 2
    for row in rows:
        cells = row.split("<td")[1:]
        assert re.search(r"environ \S.*, de \S.* à \S", cells[1])
        assert re.search(r"de \S.* à \S", cells[2])
    assert not re.search(r"\d[^<]{0,12}\b(personnes|gens|internautes)\b", page)
    assert "Ce que chaque liste apporte" in page
    assert "graphique.svg" in page
    drawn = inside.get(f"/bureau/portee/{run.pk}/graphique.svg")
    assert drawn.headers["Content-Type"] == "image/svg+xml"


def test_the_exported_table_is_what_the_command_reads(enter: Enter, alice: Any, world: Any) -> None:
    world("size", posts=600)
    inside = enter(alice)
    inside.post("/bureau/portee/estimer/", {"quoi": "campaign"})
    run = ReachRun.objects.get()
    text = inside.get(f"/bureau/portee/{run.pk}/publications.csv").content.decode()
    assert len(read_table(text, "publications.csv").found.views) == len(
        list(csv.DictReader(io.StringIO(text)))
    )
    assert "http" not in text


def test_too_little_is_said_in_french_with_a_lower_bound(
    enter: Enter, alice: Any, see: Any, estimate: Callable[[Client], str]
) -> None:
    see(1, views="1200")
    see(1, how="C", query="mot", views="1300")
    page = estimate(enter(alice))
    assert "ne peut pas se dire" in page
    assert "au moins 1\u202f300" in page
    assert "il en faut 7" in page


def test_a_dashboard_of_a_work_a_mission_a_seat_an_operation(
    enter: Enter, alice: Any, make_work: Any, see: Any, make_brief: Any, campaign: Any
) -> None:
    from tractage.hq.operations.models import Operation

    work = make_work(seats=["24-03"])
    work.brief = make_brief()
    work.save()
    operation = Operation.objects.create(
        campaign=campaign, title="Coup de poing", goal="Un soir", starts_at=QUIET_DAY,
        ends_at=QUIET_DAY + timedelta(hours=2), created_at=QUIET_DAY,
    )  # fmt: skip
    operation.works.add(work)
    see(1, work=work, views="5")
    see(2, views="7", work=make_work())
    inside = enter(alice)
    for choice, label in (
        (f"work:{work.pk}", work.title),
        (f"brief:{work.brief_id}", work.brief.title),
        ("seat:24-03", "Dordogne"),
        (f"operation:{operation.pk}", "Coup de poing"),
    ):
        page = inside.get("/bureau/portee/", {"choix": choice}).content.decode()
        assert label in page
        kind, key = choice.split(":")
        inside.post("/bureau/portee/estimer/", {"quoi": kind, "cle": key})
        assert ReachRun.objects.get(scope=kind, key=key).table.count("\n") == 2
    for wrong in ("work:999999", "minitel:3", "seat:99-99", "operation:x"):
        assert inside.get("/bureau/portee/", {"choix": wrong}).status_code == 404


def test_a_newer_sighting_is_told(
    enter: Enter, alice: Any, world: Any, see: Any, estimate: Callable[[Client], str]
) -> None:
    world("size", posts=300)
    inside = enter(alice)
    assert "Estimer de nouveau" not in estimate(inside)
    see(5, views="3")
    assert "Estimer de nouveau" in inside.get("/bureau/portee/").content.decode()


def test_the_public_page_shows_what_was_opened_and_nothing_before(
    enter: Enter, client: Client, alice: Any, world: Any, at: Any, estimate: Callable[[Client], str]
) -> None:
    world("size", posts=400)
    inside = enter(alice)
    estimate(inside)
    run = ReachRun.objects.get()
    assert client.get("/portee/").status_code == 404
    at(datetime(2027, 4, 17, 12, tzinfo=PARIS))
    refused = inside.post(f"/bureau/portee/{run.pk}/ouvrir/")
    assert refused.status_code == 409
    assert "silence électoral" in refused.content.decode()
    at(QUIET_DAY)
    inside.post(f"/bureau/portee/{run.pk}/ouvrir/")
    page = client.get("/portee/").content.decode()
    assert "environ " in page or "ne peut pas se dire" in page
    assert "ce ne sont pas des gens" in page
    inside.post(f"/bureau/portee/{run.pk}/ouvrir/")
    assert client.get("/portee/").status_code == 404


def test_figures_of_the_api_are_shown_apart(enter: Enter, bob: Any, see: Any) -> None:
    sighting = see(link="https://youtu.be/dQw4w9WgXcQ")
    Reading.objects.create(post=sighting.post, views=5000, day=date(2027, 2, 20), source="youtube")
    page = enter(bob).get(f"/bureau/vus/{sighting.post_id}/").content.decode()
    assert "effacées après 30 jours" in page
    assert "il y a 9 jours" in page
    assert "pas encore" in enter(bob).get("/bureau/vus/").content.decode()


@pytest.mark.parametrize(
    ("value", "text"),
    [(7, "7"), (1234, "1\u202f230"), (65_432, "65\u202f400"), (1_240_000, "1,24\u202fM"), (3e9, "3\u202fMd")],
)
@pytest.mark.django_db
def test_numbers_say_no_more_than_they_know(value: float, text: str) -> None:
    assert number(value) == text


def test_every_reason_of_the_domain_has_its_french() -> None:
    from inspect import getsource
    from re import findall

    from tractage.domain.reach import estimate

    codes = set(findall(r'Reason\(\s*"([a-z-]+)"', getsource(estimate)))
    assert len(codes) == 8
    values = dict.fromkeys(
        ("overlaps", "needed", "share", "lists", "score", "alpha", "low", "high", "first", "second"), 1
    )
    for code in codes:
        assert reason_words({"code": code, "text": "english", "values": values}) != "english"
