"""Every page that the matrix knows, in Chromium: axe, width, foreign requests, console, no JavaScript."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from tests.conftest import PARIS, _member
from tests.hq.library.conftest import bring  # noqa: F401 - a fixture used by name
from tests.web.matrix import ANYONE, FOUNDER, MATRIX, WORKS
from tests.web.test_browser import DESK, PHONE, chromium  # noqa: F401
from tests.web.walk import SKIPPED, addresses, fixtures_of_the_matrix

from tractage.hq.library.models import Status, Work
from tractage.hq.people.services import accept_charter

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]
globals().update(fixtures_of_the_matrix())
NEWEST = datetime(2027, 4, 17, 12, tzinfo=PARIS)
MORE = (
    "/nulle-part/",
    "/galerie/?type=card&siege=24-03&sans-ia=1",
    "/galerie/?par=personne",
    "/bureau/?metier=moi",
)
"""Addresses that no table names: an error, filters, an empty answer."""
OF_ITS_OWN = ("analysis_report",)
"""The matrix has a stand-in for radar's report, a document whose own tests look at it."""
WITHOUT_SCRIPT = ("home", "gallery", "seat", "work", "share", "vote", "join", "login")
COLOURS = [
    "color-contrast",
    "link-in-text-block",
    "scrollable-region-focusable",
    "meta-viewport",
]
"""What the night or a larger window may change; the rest of axe looks at the structure, seen once."""
RUN = """async (rules) => {
  const asked = {resultTypes: ['violations']};
  if (rules) asked.runOnly = {type: 'rule', values: rules};
  const found = await axe.run(document, asked);
  return {wide: document.documentElement.scrollWidth,
          found: found.violations.map(
            v => `${v.id}: ${v.nodes[0].html.slice(0, 120)} (${v.nodes.length})`)};
}"""


@pytest.fixture(autouse=True)
def _own_keys(settings: Any, tmp_path: Path) -> None:
    settings.TRACTAGE = replace(settings.TRACTAGE, data_dir=tmp_path)


def is_page(answer: Any) -> bool:
    """Whether an answer is a whole page: no feed, no file, no piece of a page."""
    html = answer.headers.get("content-type", "").startswith("text/html")
    return html and answer.text().lstrip().lower().startswith("<!doctype html")


class Walker:
    """A browser's window that notes what is wrong with each page it opens."""

    def __init__(self, context: Any, site: str, script: str) -> None:
        self.site, self.script, self.page = site, script, context.new_page()
        self.wrong: list[str] = []
        self.asked: list[str] = []
        self.seen: list[str] = []
        self.where = ""
        context.on("request", lambda request: self.asked.append(request.url))
        self.page.on("console", lambda message: self._said(message.text))
        self.page.on("pageerror", lambda error: self._said(str(error)))

    def _said(self, text: str) -> None:
        if "Failed to load resource" not in text:  # an error page says so of itself
            self.wrong.append(f"{self.where}: console: {text}")

    def open(self, name: str, path: str, rounds: list[tuple[dict[str, int], str, list[str] | None]]) -> None:
        """Look at a page at each size and light; what is no page (a feed, a file) is passed over."""
        self.where, before = f"{name} {path}", len(self.wrong)
        self.page.set_viewport_size(rounds[0][0])
        self.page.emulate_media(color_scheme=rounds[0][1])
        try:
            answer = self.page.goto(self.site + path, wait_until="load")
        except Exception as error:
            if "Download is starting" not in str(error) and "ERR_ABORTED" not in str(error):
                raise
            return
        if answer is None or not is_page(answer):
            del self.wrong[before:]  # what the browser's own viewer of such a file says
            return
        if answer.status >= 500 or ("/connexion/" in self.page.url) != ("/connexion/" in path):
            self.wrong.append(f"{self.where}: answers {answer.status} at {self.page.url}")
        self.page.evaluate(self.script)
        for size, light, rules in rounds:
            self.page.set_viewport_size(size)
            self.page.emulate_media(color_scheme=light)
            got = self.page.evaluate(RUN, rules)
            said = [*got["found"], *([f"{got['wide']} px wide"] if got["wide"] > size["width"] else [])]
            self.wrong += [f"{self.where} [{size['width']} {light}]: {one}" for one in said]
        self.seen.append(name)

    def foreign(self) -> list[str]:
        """Addresses asked of anyone else."""
        net = ("http:", "https:", "ws:", "wss:")  # not the browser's own viewer of a PDF
        return sorted({url for url in self.asked if url.startswith(net) and not url.startswith(self.site)})


@pytest.fixture
def walker(chromium: Any, live_server: Any, built_font: Any) -> Iterator[Callable[..., Walker]]:  # noqa: F811
    """Open a window: `walker(member)`; None is a visitor."""
    from axe_playwright_python.base import AXE_SCRIPT

    script, contexts = AXE_SCRIPT, []

    def start(member: Any, **options: Any) -> Walker:
        context = chromium.new_context(viewport=PHONE, locale="fr-FR", **options)
        contexts.append(context)
        if member:
            client = Client()
            client.force_login(member)
            cookie = client.cookies["sessionid"].value
            context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
        return Walker(context, live_server.url, script)

    yield start
    for context in contexts:
        context.close()


ROUNDS: list[tuple[dict[str, int], str, list[str] | None]] = [
    (PHONE, "light", None),
    (PHONE, "dark", COLOURS),
    (DESK, "dark", COLOURS),
    (DESK, "light", COLOURS),
]


@pytest.fixture
def everything(objects: dict[str, Any], bring: Callable[..., Work], make_work: Callable[..., Work]) -> Any:  # noqa: F811
    """An instance with a bit of everything on its pages; addresses by name."""
    make_work(kind="card", seats=["24-03"], title="Carte d’essai")
    make_work(kind="practical", title="Pas là dimanche ?")
    draft, read = bring(sent=False, title="Brouillon"), bring(title="À lire")
    public = Work.objects.filter(status=Status.RELEASED).first()
    accepted = bring(title="À publier")
    Work.objects.filter(pk=accepted.pk).update(status=Status.ACCEPTED)
    paths = addresses(objects, read) | {"change_work": addresses(objects, draft)["change_work"]}
    paths["recall_work"] = addresses(objects, public)["recall_work"]
    paths["desk_work (accepted)"] = addresses(objects, accepted)["desk_work"]
    return {name: path for name, path in paths.items() if name not in SKIPPED}


def is_open(name: str) -> bool:
    return name in MATRIX and MATRIX[name].least == ANYONE and MATRIX[name].method == "GET"


def is_shown(name: str) -> bool:
    plain = name.split(" ", maxsplit=1)[0]
    if plain in OF_ITS_OWN:
        return False
    return WORKS[plain].method == "get" if plain in WORKS else MATRIX[plain].method == "GET"


@pytest.mark.slow
def test_axe_finds_nothing_on_any_page(
    walker: Callable[..., Walker], everything: dict[str, str], campaign: Any, bob: Any
) -> None:
    founder = _member("Essai", FOUNDER)
    accept_charter(founder, campaign)
    stranger, inside, maker = walker(None), walker(founder), walker(bob)
    for number, path in enumerate(MORE):
        (inside if "bureau" in path else stranger).open(f"more {number}", path, ROUNDS)
    for name, path in everything.items():
        if is_open(name):
            stranger.open(name, path, ROUNDS)
        elif is_shown(name):
            own = name.split(" ")[0] in WORKS and WORKS[name.split(" ")[0]].own
            (maker if own else inside).open(name, path, ROUNDS)
    assert "\n".join([*stranger.wrong, *inside.wrong, *maker.wrong]) == ""
    assert [*stranger.foreign(), *inside.foreign(), *maker.foreign()] == []
    assert len(stranger.asked) > 20
    pages = {*stranger.seen, *inside.seen, *maker.seen}
    assert pages >= {"home", "gallery", "work", "share", "board", "members", "new_work", "review_queue"}
    assert len(pages) > 40


@pytest.mark.slow
def test_axe_finds_nothing_during_the_silence(
    walker: Callable[..., Walker], everything: dict[str, str], at: Callable[[datetime], None]
) -> None:
    at(NEWEST)
    stranger = walker(None)
    for name, path in everything.items():
        if is_open(name):
            stranger.open(name, path, [(PHONE, "light", None), (DESK, "dark", COLOURS)])
    assert "\n".join(stranger.wrong) == ""
    assert stranger.foreign() == []


def test_every_open_page_says_its_words_without_javascript(
    walker: Callable[..., Walker], everything: dict[str, str]
) -> None:
    bare = walker(None, java_script_enabled=False)
    for name, path in everything.items():
        if is_open(name) and name in WITHOUT_SCRIPT:
            answer = bare.page.goto(bare.site + path)
            assert answer.status == 200, name
            assert bare.page.get_by_role("heading", level=1).is_visible(), name
            assert bare.page.locator("main a:visible, main button:visible").count() > 0, name
