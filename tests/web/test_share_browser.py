# ruff: noqa: F811
"""The share sheet in Chromium: pulled up over the work, by keyboard, without JavaScript, at axe's eyes."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from tests.conftest import PARIS, small_png
from tests.web.test_browser import DESK, PHONE, chromium, violations  # noqa: F401

from tractage.hq.library.models import Share, Work
from tractage.hq.library.services import EditionFile, keep_edition

pytestmark = [
    pytest.mark.slow,
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]
SILENCE = datetime(2027, 4, 17, 12, tzinfo=PARIS)
FOCUSED = "document.activeElement.id || document.activeElement.textContent.trim()"
STAND_IN = """
navigator.canShare = (parcel) => Boolean(parcel.files?.length || parcel.text);
navigator.share = async ({ files, text }) => { window.passed = [files?.[0]?.name, files?.[0]?.type, text]; };
"""
"""Chromium without a screen has no share sheet: this one keeps what it would be given."""


@pytest.fixture
def shared(live_server: Any, make_work: Callable[..., Work], built_font: Any) -> str:
    """The address of a work with two files, on a running site."""
    work = make_work(seats=["24-03"], summary="Soixante-quinze bulletins.", title="Soixante-quinze voix")
    keep_edition(work, EditionFile("story", small_png(7), "png", "image/png", 8, 10))
    return f"{live_server.url}{work.get_absolute_url()}"


def test_the_sheet_comes_over_the_work_and_gives_the_focus_back(chromium: Any, shared: str) -> None:
    page = chromium.new_page(viewport=PHONE)
    page.goto(shared)
    page.get_by_role("link", name="Passer cette œuvre").focus()
    page.keyboard.press("Enter")
    page.locator("dialog[open] h2").wait_for()
    assert page.evaluate(FOCUSED) == "passer-titre"
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED) == "Fermer"
    for _ in range(2):
        page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED) == "vers-instagram"
    page.keyboard.press("Enter")
    page.locator("#vers-instagram[aria-pressed=true]").wait_for()
    assert page.evaluate(FOCUSED) == "vers-instagram"
    assert "-portrait.png" in page.locator("[data-fichier]").get_attribute("href")
    seen = set()
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            continue  # the browser's own bar, between the last control and the first
        style = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        seen.add(page.evaluate(FOCUSED))
        assert style != "none", page.evaluate(FOCUSED)
        assert page.evaluate("document.activeElement.closest('dialog') !== null"), "the focus left"
    assert {"mots", "adresse", "Passer", "Garder le fichier", "J’ai posté"} <= seen
    page.keyboard.press("Escape")
    assert page.evaluate(FOCUSED) == "Passer cette œuvre"
    page.close()


def test_the_phone_is_given_the_file_and_the_words(chromium: Any, shared: str) -> None:
    page = chromium.new_page(viewport=PHONE)
    page.add_init_script(STAND_IN)
    page.goto(f"{shared}passer/?vers=story")
    page.locator("#mots").fill("Dans mon village on est 312, faites le calcul.")
    page.get_by_text("Bien à vous").wait_for()
    page.get_by_role("button", name="Passer", exact=True).click()
    page.get_by_text("Passée à votre application").wait_for()
    name, kind, words = page.evaluate("window.passed")
    assert (name, kind) == ("soixante-quinze-voix-story.png", "image/png")
    assert words.startswith("Dans mon village")
    page.get_by_role("button", name="J’ai posté").click()
    page.get_by_text("C’est noté").wait_for()
    share = Share.objects.get()
    assert (share.platform, share.address) == ("story", "")
    assert share.shingles
    page.get_by_role("button", name="Annuler").click()
    page.get_by_text("C’est noté").wait_for(state="detached")
    assert not Share.objects.exists()
    page.close()


def test_without_a_share_sheet_the_file_is_kept(chromium: Any, shared: str) -> None:
    context = chromium.new_context(viewport=DESK)
    page = context.new_page()
    page.add_init_script("navigator.canShare = undefined;")
    page.goto(f"{shared}passer/?vers=instagram")
    with page.expect_download() as taken:
        page.get_by_role("button", name="Passer", exact=True).click()
    assert taken.value.suggested_filename == "soixante-quinze-voix-portrait.png"
    context.close()


def test_without_javascript_it_is_a_page(chromium: Any, shared: str) -> None:
    context = chromium.new_context(viewport=PHONE, java_script_enabled=False)
    page = context.new_page()
    page.goto(shared)
    page.get_by_role("link", name="Passer cette œuvre").click()
    page.get_by_label("Vos mots à vous").fill("Dans mon village on est 312, faites le calcul.")
    page.get_by_role("button", name="Instagram").click()
    assert page.get_by_label("Vos mots à vous").input_value().startswith("Dans mon village")
    assert page.get_by_text("Bien à vous").is_visible()
    assert page.get_by_role("button", name="Passer", exact=True).count() == 0
    with page.expect_download() as taken:
        page.get_by_role("link", name="Garder le fichier").click()
    assert taken.value.suggested_filename.endswith("-portrait.png")
    page.get_by_label("Lien de votre publication").fill("https://x.com/a/status/1234567890")
    page.keyboard.press("Enter")
    page.get_by_text("C’est noté").wait_for()
    assert Share.objects.get().address == "https://x.com/i/status/1234567890"
    context.close()


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["390", "1280"])
def test_axe_finds_nothing_on_the_sheet(
    chromium: Any, shared: str, size: dict[str, int], scheme: str, at: Callable[[datetime], None]
) -> None:
    context = chromium.new_context(viewport=size, color_scheme=scheme)
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"{shared}passer/?vers=bluesky")
    page.locator("summary").click()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    page.goto(shared)
    page.get_by_role("link", name="Passer cette œuvre").click()
    page.locator("dialog[open] h2").wait_for()
    assert violations(page) == []
    page.get_by_label("Lien de votre publication").fill("https://bit.ly/x")
    page.get_by_role("button", name="J’ai posté").click()
    page.get_by_role("alert").wait_for()
    assert violations(page) == []
    at(SILENCE)
    page.goto(f"{shared}passer/")
    assert violations(page) == []
    assert [line for line in said if "Failed to load resource" not in line] == []
    context.close()


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_a_text_and_on_a_game(
    chromium: Any, live_server: Any, campaign: Any, quiet_day: None, built_font: Any, scheme: str
) -> None:
    from tractage.hq.library.services import WorkFacts, import_work, release_work

    said = [
        WorkFacts("t:1", "text", "Le couplet", "", "Mirabelle", body="Un vers.\n\nUn refrain."),
        WorkFacts(
            "t:2", "game", "Le jeu", "Une grille.", "Mirabelle", link="https://jeux.exemple.fr/grille/"
        ),
    ]
    works = [release_work(None, import_work(None, campaign, one, [])) for one in said]
    context = chromium.new_context(viewport=PHONE, color_scheme=scheme, base_url=live_server.url)
    page = context.new_page()
    for path in [
        "/galerie/",
        *(f"{one.get_absolute_url()}{part}" for one in works for part in ("", "passer/")),
    ]:
        page.goto(path)
        assert violations(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], path
    context.close()
