"""The public site in Chromium: accessibility, keyboard, no JavaScript, no foreign request."""

import os
import shutil
import warnings
from collections.abc import Callable, Iterator
from typing import Any

import pytest

PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """A browser for the module; its absence is said loudly."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        warnings.warn("Chromium is absent: accessibility and keyboard are NOT tested", stacklevel=1)
        pytest.skip("Chromium is absent: install it to test accessibility and keyboard")
    from playwright.sync_api import sync_playwright

    # The browser keeps an event loop in this thread; what is read there belongs to the test alone.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def site(live_server: Any, make_work: Callable[..., Any], built_font: Any) -> str:
    """The address of a site with three works, one of them practical."""
    make_work(kind="card", seats=["24-03"], title="Carte d’essai")
    make_work(kind="poster", seats=["24-03", "24-01"], sources=[{"title": "Ministère de l’Intérieur"}])
    make_work(kind="practical", title="Pas là dimanche ?")
    return str(live_server.url)


def violations(page: Any) -> list[str]:
    """What axe finds, one line a rule."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:120]} ({len(one['nodes'])})" for one in found]


@pytest.mark.parametrize(
    ("theme", "background"), [("nuit", "rgb(23, 16, 30)"), ("jour", "rgb(246, 238, 220)")]
)
def test_the_chosen_theme_wins_over_the_systems(
    chromium: Any, site: str, theme: str, background: str
) -> None:
    context = chromium.new_context(viewport=PHONE, color_scheme="light" if theme == "nuit" else "dark")
    page = context.new_page()
    page.goto(f"{site}/?theme={theme}")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == background
    assert violations(page) == []
    context.close()


@pytest.mark.slow
def test_the_keyboard_reaches_every_seat(chromium: Any, site: str) -> None:
    page = chromium.new_page(viewport=DESK)
    page.goto(site + "/")
    seats: set[str] = set()
    unseen = []
    for _ in range(700):
        page.keyboard.press("Tab")
        address, shown = page.evaluate(
            """() => { const a = document.activeElement, u = a.querySelector('use');
            const s = getComputedStyle(a.closest('svg.carte') ? u : a);
            return [a.href?.baseVal ?? a.getAttribute('href') ?? '',
                    a.closest('svg.carte') ? parseFloat(s.strokeWidth) > 5
                    : [s, getComputedStyle(a, '::after')].some(x => x.outlineStyle !== 'none')]; }"""
        )
        if not shown:
            unseen.append(address)
        if address.startswith("/sieges/") and address != "/sieges/":
            seats.add(address)
        if len(seats) == 577:
            break
    assert len(seats) == 577
    assert unseen == []
    page.keyboard.press("Enter")
    page.wait_for_url("**/sieges/*/")
    page.close()


def test_the_map_can_be_skipped(chromium: Any, site: str) -> None:
    page = chromium.new_page(viewport=DESK)
    page.goto(site + "/")
    page.get_by_role("link", name="Passer la carte").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert "/sieges/" not in (page.evaluate("document.activeElement.href.baseVal") or "")
    assert page.url.endswith("#apres-carte")
    page.close()


def test_everything_works_without_javascript(chromium: Any, site: str) -> None:
    context = chromium.new_context(viewport=PHONE, java_script_enabled=False)
    page = context.new_page()
    page.goto(site + "/")
    narrow = page.locator("svg.carte").bounding_box()["width"]
    page.get_by_text("Agrandir la carte").click()
    assert page.locator("svg.carte").bounding_box()["width"] > 2 * narrow
    page.locator("svg.carte a").nth(100).click()
    page.wait_for_url("**/sieges/*/")
    page.goto(site + "/galerie/")
    page.get_by_role("link", name="Carte", exact=True).nth(-1).click()
    page.goto(site + "/galerie/?type=card")
    page.get_by_role("link", name="Carte d’essai").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="publication 4:5").click()
    assert download.value.suggested_filename == "carte-d-essai-portrait.png"
    page.goto(site + "/connexion/")
    assert page.get_by_role("button", name="Entrer").is_visible()
    context.close()
