# ruff: noqa: F811
"""Requests of teams in Chromium: nothing for axe, nothing that overflows, the form by keyboard."""

from collections.abc import Callable
from typing import Any

import pytest
from tests.hq.requests.conftest import SEAT, ask_for, clean_picture
from tests.web.desk.test_works_browser import _own_keys, open_as  # noqa: F401 - fixtures used by name
from tests.web.test_browser import DESK, PHONE, chromium, violations  # noqa: F401

from tractage.hq.people.models import Member
from tractage.hq.requests import services
from tractage.hq.requests.models import TeamRequest

pytestmark = [
    pytest.mark.slow,
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["390", "1280"])
def test_axe_finds_nothing_on_requests(
    open_as: Callable[..., Any], campaign: Any, alice: Member, bob: Member, size: dict[str, int], scheme: str
) -> None:
    request, token = ask_for(campaign)
    desk, public = open_as(alice, size), open_as(None, size)
    services.triage_request(alice, request, "open")
    services.take_request(alice, request, services.Point.values)
    services.deliver(alice, request, "Une affiche", file=clean_picture())
    address = request.get_absolute_url()
    volunteer = open_as(bob, size)
    found = []
    for page, path in (
        (public, "/demander/"),
        (public, f"/demander/?siege={SEAT}"),
        (public, f"/demander/suivi/{token}/"),
        (desk, "/bureau/demandes/"),
        (desk, address),
        (volunteer, address),
    ):
        page.emulate_media(color_scheme=scheme)
        page.goto(path)
        found += [f"{path} {one}" for one in violations(page)]
        wide = page.evaluate("document.documentElement.scrollWidth")
        found += [f"{path} is {wide} px wide"] if wide > size["width"] else []
    assert found == []


def test_a_team_asks_without_a_mouse(open_as: Callable[..., Any], campaign: Any) -> None:
    page = open_as(None, PHONE)
    page.goto("/demander/")
    page.get_by_label("Numéro du siège").focus()
    page.keyboard.type(SEAT)
    page.keyboard.press("Enter")
    page.get_by_label("Son équipe de campagne").focus()
    page.keyboard.press("Space")
    for label, words in (
        ("Pour qui", "Christelle"),
        ("Comment vous répondre", "06 00 00 00 00"),
        ("Ce qu’il vous faut", "Une affiche qui dit où voter."),
    ):
        page.get_by_label(label).focus()
        page.keyboard.type(words)
    page.get_by_label("Pour quel jour").fill("2027-03-20")
    page.get_by_role("button", name="Envoyer la demande").press("Enter")
    page.get_by_text("Gardez cette adresse").wait_for()
    assert TeamRequest.objects.count() == 1
