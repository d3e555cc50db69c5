"""The desk in Chromium: a newcomer's way in, keyboard alone, no JavaScript, accessibility of every page."""

from typing import Any

import pytest
from tests.web.test_browser import DESK, PHONE, violations
from tests.web.test_browser import chromium as chromium  # noqa: PLC0414 - the module's browser

pytestmark = [
    pytest.mark.slow,
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]
PAGES = ["/rejoindre/", "/connexion/", "/code-de-secours/"]
INSIDE = [
    "/bureau/",
    "/bureau/?metier=moi",
    "/bureau/premiere/",
    "/bureau/mes-missions/",
    "/bureau/missions/nouvelle/",
    "/bureau/membres/",
    "/charte/",
    "/moi/",
    "/moi/mot-de-passe/",
    "/moi/effacer/",
]


@pytest.fixture
def desk(live_server: Any, campaign: Any, quiet_day: None, built_font: Any, alice: Any, bob: Any) -> str:
    """The address of a site with the starting missions; Alice holds one tab and is offered another."""
    from tractage.hq.missions.claims import claim_brief, offer_claim
    from tractage.hq.missions.services import starter_briefs
    from tractage.hq.people.services import accept_charter, change_profile

    made = starter_briefs(campaign)
    for member in (alice, bob):
        accept_charter(member, campaign)
    change_profile(alice, alice, crafts=["design"], availability="weekly", shown=True)
    claim_brief(alice, made[0])
    offer_claim(bob, claim_brief(bob, made[-1]), alice)
    return str(live_server.url)


class Clicks:
    """Counts what a thumb does on a page."""

    def __init__(self, page: Any) -> None:
        self.page, self.number = page, 0

    def on(self, role: str, name: str) -> None:
        """Click the first such thing and count it."""
        self.number += 1
        self.page.get_by_role(role, name=name).first.click()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_a_newcomer_takes_a_first_mission_within_three_clicks(chromium: Any, desk: str, script: bool) -> None:
    from tractage.hq.missions.models import Claim

    context = chromium.new_context(viewport=PHONE, java_script_enabled=script)
    page = context.new_page()
    page.goto(desk + "/")
    clicks = Clicks(page)
    clicks.on("link", "Participer")
    page.keyboard.press("Tab")
    page.get_by_label("Pseudonyme").fill("Lulu 93")
    page.get_by_label("Mot de passe").fill("trois mots en papier")
    clicks.on("button", "J’accepte la charte et j’entre")
    clicks.on("button", "Arracher une languette")
    assert "Elle est à vous pendant 22 heures" in page.get_by_role("status").inner_text()
    assert clicks.number <= 3
    claim = Claim.objects.get(member__pseudonym="Lulu 93")
    assert claim.brief.first
    assert claim.brief.minutes <= 10
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"] if script else True
    context.close()


def test_the_keyboard_alone_joins_takes_and_gives_back(chromium: Any, desk: str) -> None:
    page = chromium.new_page(viewport=DESK)
    page.goto(desk + "/rejoindre/")

    def tab_to(name: str) -> None:
        for _ in range(80):
            page.keyboard.press("Tab")
            found = page.evaluate(
                "() => { const a = document.activeElement; return (a.labels?.[0] ?? a).innerText ?? '' }"
            )
            if name in found:
                outlined = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
                assert outlined != "none", name
                return
        raise AssertionError(f"the keyboard does not reach {name}")

    tab_to("Pseudonyme")
    page.keyboard.type("Clavier")
    tab_to("Mot de passe")
    page.keyboard.type("quatre touches bien frappées")
    tab_to("Écriture")
    page.keyboard.press("Space")
    tab_to("J’accepte la charte")
    page.keyboard.press("Enter")
    page.wait_for_url("**/premiere/")
    assert page.locator(".annonce").first.inner_text().startswith("Écriture")
    tab_to("Arracher une languette")
    page.keyboard.press("Enter")
    page.wait_for_url("**/missions/*/")
    tab_to("La rendre")
    page.keyboard.press("Enter")
    page.wait_for_url("**/mes-missions/")
    assert page.get_by_text("Vos mains sont libres").is_visible()
    page.close()


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["390", "1280"])
def test_axe_finds_nothing_on_the_desk(chromium: Any, desk: str, size: dict[str, int], scheme: str) -> None:
    from tractage.hq.missions.models import Brief
    from tractage.hq.people.models import Member

    dan = Member.objects.create_user("Dan", "Dan-secret")
    context = chromium.new_context(viewport=size, color_scheme=scheme)
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))

    def check(name: str) -> None:
        assert violations(page) == [], name
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], name

    for path in PAGES:
        page.goto(desk + path)
        check(path)
    page.goto(desk + "/rejoindre/")
    page.get_by_role("button", name="J’accepte").click()
    check("join with errors")
    page.goto(desk + "/connexion/")
    page.get_by_label("Pseudonyme").fill("Alice")
    page.get_by_label("Mot de passe").fill("Alice-secret")
    page.get_by_role("button", name="Entrer").click()
    page.wait_for_url("**/bureau/")
    briefs = [one.get_absolute_url() for one in Brief.objects.order_by("pk")[:2]]
    for path in [*INSIDE, *briefs, f"{briefs[0]}changer/", f"/bureau/membres/{dan.pk}/", "/membres/1/"]:
        page.goto(desk + path)
        check(path)
    page.goto(desk + "/bureau/missions/nouvelle/")
    page.get_by_role("button", name="épingler").click()
    check("brief with errors")
    page.goto(desk + "/moi/")
    page.get_by_role("button", name="Faire mes codes").click()
    check("codes")
    assert [line for line in said if "Failed to load resource" not in line] == []
    context.close()
