"""Coverage, calendar, log, settings, shelves, exchange in Chromium: axe, width, keyboard, no script."""

import json
from datetime import timedelta
from typing import Any, NamedTuple

import pytest
from tests.adapters.exchange.test_document import EXPORT, KEY, WORK
from tests.conftest import QUIET_DAY
from tests.web.test_browser import DESK, PHONE, violations
from tests.web.test_browser import chromium as chromium  # noqa: PLC0414 - the module's browser

pytestmark = [
    pytest.mark.slow,
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]
PUBLIC = [
    "/galerie/?type=card",
    "/series/",
    "/series/le-feuilleton/",
    "/album/",
    "/arcade/",
    "/partenaires/",
    "/comptes/",
]
INSIDE = [
    "/bureau/couverture/",
    "/bureau/couverture/carte/",
    "/bureau/agenda/?mois=2027-04",
    "/bureau/journal/",
    "/bureau/reglages/",
    "/bureau/reglages/couleurs/",
    "/bureau/reglages/charte/",
    "/bureau/reglages/partenaires/",
    "/bureau/reglages/comptes/",
    "/bureau/series/",
    "/bureau/series/{series}/",
    "/bureau/series/{series}/episode/",
    "/bureau/echange/",
    "/bureau/echange/{peer}/",
]
RICHEST = ["/series/le-feuilleton/", "/album/"]
RICHEST_INSIDE = [
    "/bureau/couverture/",
    "/bureau/agenda/?mois=2027-04",
    "/bureau/reglages/couleurs/",
    "/bureau/echange/{peer}/",
]


class Wall(NamedTuple):
    """A site's address, and the numbers that its pages are asked by."""

    url: str
    numbers: dict[str, int]

    def at(self, path: str) -> str:
        """The whole address of a page."""
        return self.url + path.format(**self.numbers)


@pytest.fixture
def wall(live_server: Any, make_work: Any, built_font: Any, fanny: Any, settings: Any, tmp_path: Any) -> Wall:
    """A site with a card, a series, a game, a partner; Fanny has accepted the charter."""
    from dataclasses import replace

    from tractage.adapters.exchange import public_key, read_document, signed
    from tractage.hq.campaigns.selectors import current_campaign
    from tractage.hq.exchange.services import receive
    from tractage.hq.people.services import accept_charter
    from tractage.hq.shelves.services import EpisodeContent, keep_episode, open_series
    from tractage.web.desk.exchange.kept import keep

    settings.TRACTAGE = replace(settings.TRACTAGE, data_dir=tmp_path)
    campaign = current_campaign()
    assert campaign
    accept_charter(fanny, campaign)
    make_work(kind="card", seats=["24-03"])
    make_work(kind="game", title="Une voix près", link="https://jeu.example/")
    series = open_series(None, campaign, "Le feuilleton", "Un épisode par semaine.")
    keep_episode(None, series, EpisodeContent(1, "Le premier", None, make_work()))
    keep_episode(None, series, EpisodeContent(2, "Le second", QUIET_DAY + timedelta(days=4)))
    said = EXPORT | {"works": [WORK], "exported_at": (QUIET_DAY - timedelta(hours=1)).isoformat()}
    raw = json.dumps(signed(said, KEY), ensure_ascii=False).encode()
    peer = receive(None, campaign, read_document(raw), public_key(KEY))
    keep(peer, raw)
    return Wall(str(live_server.url), {"series": series.pk, "peer": peer.pk})


def enter(page: Any, site: str) -> None:
    page.goto(f"{site}/connexion/")
    page.get_by_label("Pseudonyme").fill("Fanny")
    page.get_by_label("Mot de passe").fill("Fanny-secret")
    page.locator("main form button").first.click()
    page.wait_for_url("**/bureau/**")


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["390", "1280"])
def test_axe_finds_nothing(chromium: Any, wall: Wall, size: dict[str, int], scheme: str) -> None:
    context = chromium.new_context(viewport=size, color_scheme=scheme)
    page, found = context.new_page(), {}
    everything = scheme == "light"
    for path in PUBLIC if everything else RICHEST:
        assert page.goto(wall.at(path)).status == 200, path
        found[path] = violations(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], path
    enter(page, wall.url)
    for path in INSIDE if everything else RICHEST_INSIDE:
        assert page.goto(wall.at(path)).status == 200, path
        found[path] = violations(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], path
    context.close()
    assert {path: rules for path, rules in found.items() if rules} == {}


def test_without_script_a_partner_s_work_is_read_and_left(chromium: Any, wall: Wall) -> None:
    context = chromium.new_context(viewport=PHONE, java_script_enabled=False)
    page = context.new_page()
    enter(page, wall.url)
    page.goto(wall.at("/bureau/echange/{peer}/"))
    page.get_by_label("Soixante-quinze voix").check()
    page.get_by_role("button", name="Prendre ce qui est coché").click()
    # Its rights sheet is empty in this export: it is left out, and the page says why.
    assert page.get_by_role("alert").inner_text().startswith("Laissées de côté")
    page.goto(wall.at("/bureau/couverture/?sans=1"))
    page.get_by_label("Département").select_option("24")
    page.get_by_role("button", name="Filtrer").click()
    assert "departement=24" in page.url
    context.close()


def test_the_keyboard_alone_filters_the_gallery_and_the_log(chromium: Any, wall: Wall) -> None:
    page = chromium.new_page(viewport=DESK)
    page.goto(wall.at("/galerie/"))

    def tab_to(name: str) -> None:
        for _ in range(60):
            page.keyboard.press("Tab")
            found = page.evaluate(
                "() => { const a = document.activeElement; return (a.labels?.[0] ?? a).innerText ?? '' }"
            )
            if found.strip().startswith(name):
                assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none", name
                return
        raise AssertionError(f"the keyboard does not reach {name}")

    tab_to("Carte")
    page.keyboard.press("Enter")
    page.wait_for_url("**type=card**")
    tab_to("Par siège")
    page.keyboard.press("Enter")
    tab_to("Siège")
    page.keyboard.type("24-03")
    page.keyboard.press("Enter")
    page.wait_for_url("**siege=24-03**")
    assert "1 œuvre" in page.locator("main").inner_text()
    page.close()
