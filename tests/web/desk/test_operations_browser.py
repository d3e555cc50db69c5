"""Operations in Chromium: taking part and planning on a phone, the post-mortem at a desk, accessibility."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from tests.conftest import PARIS
from tests.hq.operations.conftest import EVENING
from tests.hq.operations.conftest import make_operation as make_operation  # noqa: PLC0414 - a fixture here too
from tests.hq.polls.conftest import make_table as make_table  # noqa: PLC0414 - a fixture here too
from tests.web.test_browser import DESK, PHONE, violations
from tests.web.test_browser import chromium as chromium  # noqa: PLC0414 - the module's browser

pytestmark = [
    pytest.mark.slow,
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def site(live_server: Any, campaign: Any, quiet_day: None, built_font: Any, alice: Any, bob: Any) -> str:
    """The address of a site whose two members have accepted the charter."""
    from tractage.hq.people.services import accept_charter

    for member in (alice, bob):
        accept_charter(member, campaign)
    return str(live_server.url)


def log_in(page: Any, site: str, name: str) -> None:
    page.goto(site + "/connexion/")
    page.get_by_label("Pseudonyme").fill(name)
    page.get_by_label("Mot de passe").fill(f"{name}-secret")
    page.get_by_role("button", name="Entrer").click()
    page.wait_for_url("**/bureau/")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_taking_part_on_a_phone(
    chromium: Any, site: str, make_operation: Callable[..., Any], script: bool
) -> None:
    operation = make_operation(steps=("Relire les faits", "Répondre aux questions"))
    context = chromium.new_context(viewport=PHONE, java_script_enabled=script)
    page = context.new_page()
    log_in(page, site, "Bob")
    page.goto(site + "/bureau/operations/")
    page.get_by_role("link", name=operation.title).click()
    page.get_by_role("button", name="Je participe").click()
    assert page.get_by_text("Vous participez.", exact=True).is_visible()
    page.get_by_role("button", name="Relire les faits").click()
    page.wait_for_load_state()
    step = page.get_by_role("button", name="Relire les faits")
    assert step.get_attribute("aria-pressed") == "true"
    assert step.bounding_box()["height"] >= 44
    sheet = page.get_by_role("link", name="Fiche de route").get_attribute("href")
    answer = context.request.get(site + sheet)
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.body().startswith(b"%PDF-")
    if script:
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    context.close()
    assert operation.participations.get().member.pseudonym == "Bob"


def test_a_vote_weekend_is_refused_on_a_phone_and_the_offered_window_taken(chromium: Any, site: str) -> None:
    from tractage.hq.operations.models import Operation

    page = chromium.new_page(viewport=PHONE)
    log_in(page, site, "Alice")
    page.goto(site + "/bureau/operations/nouvelle/")
    page.get_by_label("Titre").fill("La dernière soirée")
    page.get_by_label("But", exact=True).fill("Une œuvre par personne.")
    page.get_by_label("Début").fill("2027-04-17T18:00")
    page.get_by_label("Fin", exact=True).fill("2027-04-17T21:00")
    page.get_by_text("Choisir plutôt des zones").click()
    page.get_by_label("Métropole").check()
    page.get_by_role("button", name="La prévoir").click()
    refusal = page.get_by_role("alert")
    assert "art. L49" in refusal.inner_text()
    assert "Métropole" in refusal.inner_text()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    refusal.get_by_role("button").first.click()
    page.wait_for_url("**/bureau/operations/*/")
    assert Operation.objects.get().ends_at == datetime(2027, 4, 17, tzinfo=PARIS)
    page.close()


def test_the_post_mortem_is_written_at_a_desk(
    chromium: Any, site: str, make_operation: Callable[..., Any], at: Callable[[datetime], None]
) -> None:
    operation = make_operation()
    at(EVENING + timedelta(hours=4))
    page = chromium.new_page(viewport=DESK)
    log_in(page, site, "Alice")
    page.goto(f"{site}{operation.get_absolute_url()}bilan/")
    page.get_by_role("link", name="L’écrire").click()
    page.get_by_label("Ce qui a marché").fill("L’accueil.")
    page.get_by_label("Ce qu’on garde pour la prochaine").fill("Ouvrir la mission plus tôt.")
    page.get_by_role("button", name="Garder").click()
    page.wait_for_url("**/bilan/")
    assert page.get_by_text("Ouvrir la mission plus tôt.").is_visible()
    assert page.get_by_role("heading", name="Ce qui a marché").is_visible()
    page.close()


def test_the_live_page_moves_by_itself(
    chromium: Any, site: str, make_operation: Callable[..., Any], at: Any, bob: Any, monkeypatch: Any
) -> None:
    from tractage.hq.operations.taking_part import join_operation
    from tractage.web.desk.operations import following

    monkeypatch.setattr(following, "SECONDS", 1)
    operation = make_operation()
    at(EVENING + timedelta(minutes=5))
    page = chromium.new_page(viewport=PHONE)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    log_in(page, site, "Alice")
    page.goto(f"{site}{operation.get_absolute_url()}direct/")
    people = page.locator(".chiffres-op div", has_text="personnes qui participent").locator("dd")
    assert people.inner_text() == "0"
    join_operation(bob, operation)
    page.locator(".chiffres-op .p-ciel dd", has_text="1").wait_for(timeout=8000)
    assert [line for line in said if "Failed to load resource" not in line] == []
    page.close()


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["390", "1280"])
def test_axe_finds_nothing_about_operations_and_polls(
    chromium: Any,
    site: str,
    make_operation: Callable[..., Any],
    make_work: Callable[..., Any],
    make_table: Callable[..., Any],
    size: dict[str, int],
    scheme: str,
    bob: Any,
    fanny: Any,
    at: Any,
    campaign: Any,
) -> None:
    from tractage.hq.operations.services import cancel_operation, set_public
    from tractage.hq.operations.taking_part import add_step, join_operation, say_word
    from tractage.hq.people.services import accept_charter

    make_table(shown=True)
    accept_charter(fanny, campaign)
    running = make_operation(
        works=[make_work()], steps=("Relire",), do=["Signer"], dont=["Copier"], zones=["MQ", "FR"]
    )
    set_public(None, running, True)
    join_operation(bob, running)
    join_operation(fanny, running)
    add_step(None, running, "Compter", assigned=fanny, due_at=EVENING)
    cancelled = cancel_operation(None, make_operation(title="Annulée"), "Orage")
    make_operation(draft=True, starts_at=EVENING + timedelta(days=9))
    at(EVENING + timedelta(hours=1))
    say_word(bob, running, "Bien.")
    context = chromium.new_context(viewport=size, color_scheme=scheme)
    page = context.new_page()
    log_in(page, site, "Fanny")
    base = running.get_absolute_url()
    paths = [
        "/bureau/operations/", base, f"{base}changer/", f"{base}annuler/", f"{base}direct/", f"{base}bilan/",
        f"{base}bilan/ecrire/", cancelled.get_absolute_url(), "/bureau/operations/nouvelle/",
        "/bureau/plan-express/", "/bureau/plan-express/?dissolution=2027-06-06", "/bureau/sondages/",
        "/coups-de-poing/", f"/coups-de-poing/{running.pk}/", "/sondages/",
    ]  # fmt: skip
    for path in paths:
        page.goto(site + path)
        page.evaluate("document.querySelectorAll('main details').forEach((one) => { one.open = true })")
        assert violations(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], path
    at(datetime(2027, 4, 17, 12, tzinfo=PARIS))
    for path in ("/sondages/", f"/coups-de-poing/{running.pk}/"):
        page.goto(site + path)
        assert violations(page) == [], path
    context.close()
