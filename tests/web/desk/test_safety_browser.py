"""Safety in Chromium: every page is accessible by day and night; a second person, by keyboard alone."""

from collections.abc import Callable
from typing import Any

import pytest
from tests.conftest import _member
from tests.web.desk.safety_objects import safety_objects
from tests.web.desk.test_works_browser import open_as as open_as  # noqa: PLC0414 - a fixture of this file too
from tests.web.test_browser import DESK, PHONE, violations
from tests.web.test_browser import chromium as chromium  # noqa: PLC0414 - the module's browser

from tractage.domain.guard.ladder import Ladder, Level
from tractage.domain.guard.sanctions import Kind
from tractage.hq.campaigns.clock import now
from tractage.hq.people.models import Member
from tractage.hq.safety.models import Sanction
from tractage.hq.safety.services import (
    Wanted,
    account_of_member,
    contain_wave,
    propose_sanction,
    record_steps,
    said,
)

pytestmark = [
    pytest.mark.slow,
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def pages(db: None, quiet_day: None, alice: Member, chloe: Member, bob: Member, make_work: Any) -> list[str]:
    """Every page of safety with something on it."""
    made = safety_objects(chloe)
    ban = propose_sanction(chloe, account_of_member(bob), Wanted(Kind.BAN, "3", said("Trois insultes.")))
    contain_wave(
        chloe, "autre", [account_of_member(bob)], Wanted(Kind.BAN, "3", said("Raid."), emergency=True)
    )
    record_steps(Ladder().raise_to(Level.GATE, now().timestamp(), "a raid", ()))
    root = "/bureau/securite/"
    return [
        root,
        f"{root}incidents/",
        f"{root}incidents/{made['incident']}/",
        f"{root}signalements/",
        f"{root}signalements/{made['report']}/",
        f"{root}sanctions/",
        f"{root}sanctions/nouvelle/?incident={made['incident']}",
        f"{root}sanctions/{ban.pk}/",
        f"{root}vagues/{made['wave']}/",
        f"{root}vagues/autre/",
        f"{root}recours/",
        f"{root}recours/{made['appeal']}/",
        f"{root}regles/",
        f"{root}regles/nouvelle/",
        f"{root}regles/{made['guard_rule']}/",
        f"{root}regles/permis/",
        f"{root}regles/fichier/",
        f"{root}regles/historique/",
        f"{root}listes/",
        f"{root}reglages/",
        f"{root}journal/",
        f"/recours/{made['appeal_token']}/",
        f"/oeuvres/{make_work().slug}/signaler/",
    ]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("size", "scheme"), [(PHONE, "light"), (DESK, "dark")], ids=["phone-day", "desk-night"]
)
def test_no_page_of_safety_has_a_violation(
    open_as: Callable[..., Any], alice: Member, pages: list[str], size: dict[str, int], scheme: str
) -> None:
    page, found = open_as(alice, size), {}
    page.emulate_media(color_scheme=scheme)
    for address in pages:
        answer = page.goto(address)
        assert answer.status == 200, address
        wrong = violations(page)
        if wrong:
            found[address] = wrong
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], address
    visitor = open_as(None, size)
    visitor.goto("/recours/")
    assert violations(visitor) == []
    assert found == {}


def test_a_second_person_confirms_by_keyboard(
    open_as: Callable[..., Any], chloe: Member, bob: Member, quiet_day: None
) -> None:
    mona = _member("Mona", "moderator")
    ban = propose_sanction(chloe, account_of_member(bob), Wanted(Kind.BAN, "3", said("Trois insultes.")))
    page = open_as(mona, PHONE)
    page.goto("/bureau/securite/sanctions/")
    page.get_by_role("link", name="Bob").first.focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Confirmer le bannissement").focus()
    page.keyboard.press("Enter")
    page.get_by_role("status").get_by_text("deux personnes").wait_for()
    ban.refresh_from_db()
    assert (ban.standing, ban.confirmed_by) == ("in force", mona)
    page.get_by_label("Pourquoi").fill("Nous nous sommes trompés.")
    page.get_by_role("button", name="Annuler la sanction").click()
    page.get_by_role("status").get_by_text("retrouve ce qu’elle avait").wait_for()
    assert Sanction.objects.get().standing == "undone"
