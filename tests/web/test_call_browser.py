# ruff: noqa: F811
"""Calls for posters in Chromium: nothing for axe on any page, nothing that overflows."""

from collections.abc import Callable
from typing import Any

import pytest
from tests.hq.calls.conftest import open_a_call, send
from tests.web.desk.test_works_browser import _own_keys, open_as  # noqa: F401 - fixtures used by name
from tests.web.test_browser import DESK, PHONE, chromium, violations  # noqa: F401

from tractage.hq.calls.services import choose_entry, move_call, vote
from tractage.hq.people.models import Member

pytestmark = [
    pytest.mark.slow,
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["390", "1280"])
def test_axe_finds_nothing_on_calls(
    open_as: Callable[..., Any], campaign: Any, alice: Member, rosa: Member, size: dict[str, int], scheme: str
) -> None:
    call = open_a_call(campaign)
    entry, token = send(call)
    send(call)
    public, desk = open_as(None, size), open_as(alice, size)
    found = []

    def look(page: Any, path: str) -> None:
        page.emulate_media(color_scheme=scheme)
        page.goto(path)
        found.extend(f"{path} {one}" for one in violations(page))
        wide = page.evaluate("document.documentElement.scrollWidth")
        found.extend([f"{path} is {wide} px wide"] if wide > size["width"] else [])

    address = call.get_absolute_url()
    for path in ("/appel/", f"/appel/suivi/{token}/"):
        look(public, path)
    public.goto("/appel/")
    public.get_by_role("button", name="Envoyer l’affiche").click()
    public.get_by_role("alert").wait_for()
    found.extend(violations(public))
    for path in ("/bureau/appels/", "/bureau/appels/nouveau/", f"{address}changer/", address):
        look(desk, path)
    move_call(None, call, "jury")
    look(desk, f"{address}jury/")
    for one in call.entries.all():
        vote(alice, one, 2)
        vote(rosa, one, 3)
    choose_entry(alice, entry)
    look(desk, address)
    move_call(None, call, "shown")
    look(desk, address)
    look(public, "/appel/")
    assert found == []
