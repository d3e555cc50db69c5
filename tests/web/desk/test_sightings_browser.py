"""Vu on a phone in three taps at most, with and without JavaScript; the dashboard; axe on every page."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.hq.sightings.conftest import tiktok
from tests.hq.sightings.conftest import world as world  # noqa: PLC0414 - a fixture of this file too
from tests.hq.sightings.test_sighting_prints import hang as hang  # noqa: PLC0414 - a fixture of this file too
from tests.hq.sightings.test_sighting_prints import poster, screenshot
from tests.web.test_browser import DESK, PHONE, violations
from tests.web.test_browser import chromium as chromium  # noqa: PLC0414 - the module's browser

from tractage.hq.sightings import prints, reach
from tractage.hq.sightings.kinds import SeenState
from tractage.hq.sightings.models import AuditTask, ReachRun, Sighting

pytestmark = [
    pytest.mark.slow,
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def site(
    live_server: Any, campaign: Any, quiet_day: None, built_font: Any, alice: Any, bob: Any,
    settings: Any, tmp_path: Path, hang: Callable[[int], Any], monkeypatch: pytest.MonkeyPatch,
) -> str:  # fmt: skip
    """The address of a site with three works whose prints are taken."""
    from tractage.hq.people.services import accept_charter

    settings.TRACTAGE = replace(settings.TRACTAGE, data_dir=tmp_path)
    monkeypatch.setattr(reach, "BOOTSTRAPS", 100)
    monkeypatch.setattr(reach, "GAIN_BOOTSTRAPS", 100)
    for seed in range(3):
        hang(seed)
    prints.refresh(campaign)
    for member in (alice, bob):
        accept_charter(member, campaign)
    return str(live_server.url)


class Taps:
    """Counts what a thumb does on a page; typing and pasting are not taps."""

    def __init__(self, page: Any) -> None:
        self.page, self.number = page, 0

    def on(self, role: str, name: str | re.Pattern[str]) -> None:
        """Tap the first such thing that shows."""
        self.number += 1
        self.page.get_by_role(role, name=name).locator("visible=true").first.click()
        self.page.wait_for_load_state()


def enter(page: Any, site: str, name: str) -> None:
    page.goto(f"{site}/connexion/")
    page.get_by_label("Pseudonyme").fill(name)
    page.get_by_label("Mot de passe").fill(f"{name}-secret")
    page.get_by_role("button", name="Entrer").click()
    page.wait_for_url("**/bureau/**")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_a_visitor_logs_a_post_in_three_taps(chromium: Any, site: str, script: bool) -> None:
    context = chromium.new_context(viewport=PHONE, java_script_enabled=script)
    page = context.new_page()
    page.goto(f"{site}/")
    taps = Taps(page)
    taps.on("link", "Vu\u202f!")
    page.get_by_label("Lien de la publication").fill(tiktok(1))
    page.get_by_label("Vues, si").fill("12 k")
    taps.on("button", "C’est noté")
    taps.on("button", "Affiche 1")
    assert page.get_by_role("heading", name="C’est noté. Merci.").is_visible()
    assert taps.number <= 3
    assert Sighting.objects.get().work.title == "Affiche 1"
    context.close()


def test_a_screenshot_takes_three_taps(chromium: Any, site: str) -> None:
    page = chromium.new_page(viewport=PHONE)
    enter(page, site, "Bob")
    page.goto(f"{site}/")
    taps = Taps(page)
    taps.on("link", "Vu\u202f!")
    picture = {"name": "capture.jpg", "mimeType": "image/jpeg", "buffer": screenshot(poster(2))}
    page.get_by_label("Lien de la publication").fill(tiktok(2))
    page.get_by_label("Ou une capture").set_input_files(picture)
    taps.on("button", "C’est noté")
    taps.on("button", re.compile("Oui, celle-ci"))
    assert taps.number <= 3
    sighting = Sighting.objects.get()
    assert (sighting.state, sighting.work.title) == (SeenState.CONFIRMED, "Affiche 2")
    page.close()


def test_from_the_phones_share_sheet_it_takes_two_taps(chromium: Any, site: str) -> None:
    """The share sheet posts to the address of the manifest: a form of another page stands for the phone."""
    page = chromium.new_page(viewport=PHONE)
    enter(page, site, "Bob")
    target = page.evaluate("fetch('/manifest.webmanifest').then(answer => answer.json())")["share_target"]
    page.evaluate(
        """([target, text]) => {
          const form = document.createElement("form");
          Object.assign(form, { method: target.method, action: target.action, enctype: target.enctype });
          const field = document.createElement("input");
          Object.assign(field, { name: target.params.text, value: text });
          form.append(field);
          document.body.append(form);
          form.submit();
        }""",
        [target, f"Regarde ! {tiktok(3)}?lang=fr"],
    )
    page.wait_for_url("**/vu/partage/")
    assert page.get_by_label("Lien de la publication").input_value() == f"{tiktok(3)}?lang=fr"
    assert page.get_by_text("Une publication sur TikTok").is_visible()
    taps = Taps(page)
    taps.on("button", "C’est noté")
    taps.on("button", "Affiche 0")
    assert taps.number == 2
    assert Sighting.objects.get().state == SeenState.CONFIRMED
    page.close()


def test_a_coordinator_reads_the_dashboard_on_a_phone(
    chromium: Any, site: str, world: Callable[..., Any]
) -> None:
    world("size", posts=700)
    page = chromium.new_page(viewport=PHONE)
    enter(page, site, "Alice")
    page.get_by_text("Toutes les salles").click()
    page.get_by_role("link", name="Portée").first.click()
    page.get_by_role("button", name="Estimer").click()
    page.wait_for_load_state()
    section = page.locator(".plateforme").first
    assert re.search(r"environ .+, de .+ à ", section.inner_text())
    assert "Bande, si les listes dépendent" in section.evaluate(
        "one => [...one.querySelectorAll('td')].map(td => td.dataset.nom).join('|')"
    )
    picture = page.locator(".papier-graphique img")
    picture.scroll_into_view_if_needed()
    assert picture.evaluate("one => one.decode().then(() => one.naturalWidth)") > 300
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    with page.expect_download() as download:
        page.get_by_role("link", name="Publications en CSV").click()
    assert download.value.path().read_text().startswith("post,platform,views,age_days,lists")
    page.close()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("size", "scheme"), [(PHONE, "light"), (PHONE, "dark"), (DESK, "light")], ids=["390", "390-night", "1280"]
)
def test_axe_finds_nothing_on_what_was_seen(
    chromium: Any, site: str, size: dict[str, int], scheme: str, world: Callable[..., Any],
    alice: Any, campaign: Any,
) -> None:  # fmt: skip
    from tractage.hq.sightings.audits import draw_round, take_task
    from tractage.hq.sightings.services import Seen, log_sighting

    context = chromium.new_context(viewport=size, color_scheme=scheme)
    page = context.new_page()

    def check(name: str) -> None:
        assert violations(page) == [], name
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], name

    def visit(path: str) -> None:
        page.goto(site + path)
        check(path)

    visit("/vu/")
    page.get_by_label("Lien de la publication").fill("https://t.co/abc")
    page.get_by_role("button", name="C’est noté").click()
    check("refused")
    picture = {"name": "c.jpg", "mimeType": "image/jpeg", "buffer": screenshot(poster(99))}
    page.goto(f"{site}/vu/")
    page.get_by_label("Ou une capture").set_input_files(picture)
    page.get_by_role("button", name="C’est noté").click()
    check("unrecognised")
    page.goto(f"{site}/vu/")
    page.get_by_label("Lien de la publication").fill(tiktok(7))
    page.get_by_label("Ou une capture").set_input_files(picture | {"buffer": screenshot(poster(1))})
    page.get_by_role("button", name="C’est noté").click()
    check("recognised")
    page.get_by_role("link", name="Non, une autre").click()
    check("choose")
    page.get_by_role("button", name="Reprendre").click()
    check("taken back")
    enter(page, site, "Alice")
    visit("/bureau/portee/")
    log_sighting(None, campaign, Seen(link=tiktok(8)))
    draw_round(alice, campaign, "graine", 3, ["x"])
    task = take_task(alice, campaign)
    world("size", posts=400)
    page.goto(f"{site}/bureau/portee/")
    page.get_by_role("button", name="Estimer").click()
    check("dashboard")
    ReachRun.objects.update(shown=True)
    post = Sighting.objects.filter(state=SeenState.CONFIRMED).first()
    for path in (
        "/bureau/vus/", "/bureau/vus/a-confirmer/", f"/bureau/vus/{post.post_id}/", "/bureau/recherches/",
        "/bureau/recherches/tirer/", f"/bureau/recherches/{task.pk}/", "/portee/",
    ):  # fmt: skip
        visit(path)
    assert AuditTask.objects.count() == 3
    context.close()
