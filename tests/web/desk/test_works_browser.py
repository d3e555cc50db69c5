# ruff: noqa: F811
"""The life of a poster in Chromium: at phone size for who makes it, at the desk for who reads it."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.hq.library.conftest import bring, poster_png  # noqa: F401 - a fixture used by name
from tests.web.test_browser import DESK, PHONE, chromium, violations  # noqa: F401

from tractage.hq.library.models import Status, Work
from tractage.hq.people.models import Member
from tractage.hq.people.services import accept_charter

pytestmark = [
    pytest.mark.slow,
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture(autouse=True)
def _own_keys(settings: Any, tmp_path: Path) -> None:
    settings.TRACTAGE = replace(settings.TRACTAGE, data_dir=tmp_path)


@pytest.fixture
def open_as(chromium: Any, live_server: Any, campaign: Any, quiet_day: None, built_font: Any) -> Any:
    """A page of a member's own browser: `open_as(bob, PHONE)`; None is a visitor."""
    from django.test import Client

    contexts = []

    def start(member: Member | None, size: dict[str, int]) -> Any:
        context = chromium.new_context(viewport=size, locale="fr-FR", base_url=live_server.url)
        contexts.append(context)
        if member:
            accept_charter(member, campaign)
            client = Client()
            client.force_login(member)
            cookie = client.cookies["sessionid"].value
            context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
        return context.new_page()

    yield start
    for context in contexts:
        context.close()


def read_it(page: Any) -> None:
    """Say yes to the work on the table, with the keyboard alone."""
    page.goto("/bureau/relecture/")
    for key in "12345":
        page.keyboard.press(key)
    page.keyboard.press("b")
    page.keyboard.press("Enter")
    page.locator(".mot").wait_for()  # the message says that the verdict is kept


def test_the_life_of_a_poster(
    open_as: Callable[..., Any], bob: Member, rosa: Member, rachid: Member, alice: Member, tmp_path: Path
) -> None:
    poster = tmp_path / "affiche.png"
    poster.write_bytes(poster_png((1080, 1350)))
    maker = open_as(bob, PHONE)
    maker.goto("/bureau/mes-oeuvres/")
    maker.get_by_role("link", name="Apporter une œuvre").click()
    maker.get_by_label("Titre", exact=True).fill("Soixante-quinze voix")
    maker.get_by_label("Fichier", exact=True).set_input_files(str(poster))
    maker.get_by_label("Texte alternatif", exact=True).fill("Affiche verte avec un carré sombre.")
    maker.get_by_label("Quoi", exact=True).fill("Dessin")
    maker.get_by_role("button", name="Envoyer en relecture").click()
    maker.get_by_text("Envoyée. Deux personnes").wait_for()
    work = Work.objects.get()
    for reader in (rosa, rachid):
        read_it(open_as(reader, DESK))
    work.refresh_from_db()
    assert work.status == Status.ACCEPTED
    refused = maker.goto(f"/bureau/relecture/{work.pk}/")
    assert refused.status == 403
    desk = open_as(alice, DESK)
    desk.goto("/bureau/a-publier/")
    desk.get_by_role("link", name="Soixante-quinze voix").click()
    desk.get_by_role("button", name="Publier").click()
    desk.get_by_text("Elle est au mur.").wait_for()
    public = open_as(None, PHONE)
    public.goto(work.get_absolute_url())
    assert public.locator("ul.formats a").count() == 8
    with public.expect_download() as taken:
        public.locator("ul.formats a").nth(1).click()
    assert taken.value.suggested_filename.startswith("soixante-quinze-voix-")
    desk.get_by_role("link", name="La retirer").click()
    desk.get_by_label("Raison").fill("Le chiffre était faux.")
    desk.get_by_role("button", name="La retirer").click()
    desk.get_by_text("Retirée. Sa page dit pourquoi.").wait_for()
    assert public.goto(work.get_absolute_url()).status == 410


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(
    open_as: Callable[..., Any], bring: Callable[..., Work], make_work: Callable[..., Work],
    alice: Member, bob: Member, scheme: str,
) -> None:  # fmt: skip
    waiting, draft, public = bring(), bring(sent=False, title="Brouillon"), make_work()
    make_work(released=False, title="Acceptée")
    pages = {
        bob: ["/bureau/mes-oeuvres/", "/bureau/oeuvres/nouvelle/", f"/bureau/oeuvres/{draft.pk}/changer/",
              f"/bureau/oeuvres/{waiting.pk}/"],
        alice: ["/bureau/relecture/", "/bureau/a-publier/", f"/bureau/oeuvres/{public.pk}/",
                f"/bureau/oeuvres/{public.pk}/rappeler/", "/bureau/mes-oeuvres/"],
    }  # fmt: skip
    found = []
    for member, addresses in pages.items():
        page = open_as(member, PHONE)
        page.emulate_media(color_scheme=scheme)
        for address in addresses:
            page.goto(address)
            found += [f"{address} {one}" for one in violations(page)]
            wide = page.evaluate("document.documentElement.scrollWidth")
            found += [f"{address} is {wide} px wide"] if wide > PHONE["width"] else []
    assert found == []
