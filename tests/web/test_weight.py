"""What the first load weighs, and what is kept of a page."""

import gzip
import re
from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from tractage.hq.campaigns.models import Campaign
from tractage.hq.library.services import recall_work
from tractage.web.pages import MOST_BYTES, KeptPage, Shelf, kept

pytestmark = pytest.mark.usefixtures("quiet_day")
BUDGET = 120_000


def test_home_is_within_its_budget(client: Client, make_work: Callable[..., Any], built_font: Path) -> None:
    for number in range(8):
        make_work(seats=["24-03"], title=f"Une affiche au titre assez long, numéro {number}")
    home = client.get("/", headers={"accept-encoding": "gzip"})
    assert home.headers["Content-Encoding"] == "gzip"
    html = gzip.decompress(home.content).decode()
    loaded = set(re.findall(r'(?:href|src)="/static/([^"#]+)"', html)) | set(
        re.findall(r'<use href="/static/([^"#]+)', html)
    )
    weights = {"home": len(home.content)}
    for name in loaded - {"css/print.css"}:
        found = finders.find(name)
        assert found, name
        content = Path(found).read_bytes()
        weights[name] = len(content) if name.endswith(("woff2", "png")) else len(gzip.compress(content, 6))
    assert sum(weights.values()) <= BUDGET, weights
    assert weights["fonts/bricolage.woff2"] > 40_000


def test_a_kept_page_changes_when_what_it_shows_changes(
    client: Client, make_work: Callable[..., Any]
) -> None:
    work = make_work(title="Première")
    first = client.get("/galerie/")
    assert client.get("/galerie/").headers["ETag"] == first.headers["ETag"]
    make_work(title="Seconde")
    second = client.get("/galerie/")
    assert "Seconde" in second.content.decode()
    recall_work(None, work, "Erreur.")
    assert "Première" not in client.get("/galerie/").content.decode()


def test_a_kept_page_asks_the_database_once(
    client: Client, make_work: Callable[..., Any], django_assert_num_queries: Any
) -> None:
    make_work()
    client.get("/")
    with django_assert_num_queries(1):
        client.get("/")


@pytest.mark.parametrize(("path", "most"), [("/", 8), ("/galerie/", 8), ("/sieges/24-03/", 6)])
def test_queries_do_not_grow_with_the_works(
    client: Client, make_work: Callable[..., Any], django_assert_max_num_queries: Any, path: str, most: int
) -> None:
    for _ in range(30):
        make_work(seats=["24-03"])
    with django_assert_max_num_queries(most):
        client.get(path)


def test_a_member_never_gets_a_kept_page(client: Client, campaign: Any, bob: Any) -> None:
    assert "Participer" in client.get("/").content.decode()
    client.force_login(bob)
    html = client.get("/").content.decode()
    assert "<span>Bob</span></a>" in html
    assert "<span>Bob</span></a>" not in Client().get("/").content.decode()


def test_the_shelf_stays_within_its_memory() -> None:
    shelf = Shelf()
    page = KeptPage(b"x" * 2**20, b"x" * 2**18, "text/html", '"e"')
    for number in range(100):
        shelf.keep(number, page)
    assert shelf.find(0) is None
    assert shelf.find(99) is page
    kept = [number for number in range(100) if shelf.find(number)]
    assert sum(page.weight for _ in kept) <= MOST_BYTES
    assert len(kept) == MOST_BYTES // page.weight


def test_two_who_ask_at_once_have_the_page_made_once() -> None:
    made, inside, again = [], Event(), Event()

    @kept
    def page(_request: HttpRequest) -> HttpResponse:
        made.append(1)
        (again if inside.is_set() else inside).set()
        again.wait(0.2)  # a second maker would end this wait
        return HttpResponse("une page")

    def ask() -> None:
        request = RequestFactory().get("/deux-a-la-fois/")
        request._campaign = Campaign(pk=1, election="presidentielle-2027", revision="une")  # type: ignore[attr-defined]
        answers.append(page(request).content)

    answers: list[bytes] = []
    askers = [Thread(target=ask), Thread(target=ask)]
    askers[0].start()
    assert inside.wait(5)
    askers[1].start()
    for one in askers:
        one.join()
    assert (answers, len(made)) == ([b"une page"] * 2, 1)
