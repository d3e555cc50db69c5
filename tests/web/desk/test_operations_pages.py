"""Operations as pages: planned, refused with what is near, joined, ticked, called off, learnt from."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from icalendar import Calendar
from tests.conftest import PARIS
from tests.hq.operations.conftest import EVENING
from tests.hq.operations.conftest import make_operation as make_operation  # noqa: PLC0414 - a fixture here too

from tractage.hq.operations.models import Operation, OperationStatus
from tractage.hq.people.models import Member

Enter = Callable[[Any], Client]
Make = Callable[..., Operation]
FORM = {
    "title": "La dernière soirée",
    "goal": "Une œuvre par personne.",
    "slogan": "#75voix",
    "starts_at": "2027-04-17T14:00",
    "ends_at": "2027-04-17T17:00",
    "seats": "",
    "do": "Finir avec ses mots\nCiter la source",
    "dont": "",
    "steps": "Relire\nRépondre",
}


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_a_vote_weekend_is_refused_and_the_offered_window_is_taken_in_one_button(
    enter: Enter, alice: Member
) -> None:
    inside = enter(alice)
    refused = inside.post("/bureau/operations/nouvelle/", FORM | {"zones": ["FR"]})
    assert refused.status_code == 422
    html = text(refused)
    assert "art. L49" in html
    assert "Métropole" in html
    assert "Citer la source" in html, "what was typed is kept"
    answer = refused.context["answer"]
    assert [one.nearest for one in answer.offered] == [True, False]
    taken = inside.post(
        "/bureau/operations/nouvelle/", FORM | {"zones": ["FR"], "fenetre": answer.offered[0].value}
    )
    operation = Operation.objects.get()
    assert taken.headers["Location"] == operation.get_absolute_url()
    assert operation.ends_at == datetime(2027, 4, 17, 0, tzinfo=PARIS)
    assert operation.ends_at - operation.starts_at == timedelta(hours=3)
    assert [step.text for step in operation.steps.all()] == ["Relire", "Répondre"]


def test_martinique_is_refused_on_friday_already(enter: Enter, alice: Member) -> None:
    friday = {"starts_at": "2027-04-16T06:00", "ends_at": "2027-04-16T07:00"}
    inside = enter(alice)
    for place in ({"seats": "972-01"}, {"zones": ["MQ"]}):
        answer = inside.post("/bureau/operations/nouvelle/", FORM | friday | place)
        assert answer.status_code == 422
        assert "Martinique" in text(answer)
    assert inside.post("/bureau/operations/nouvelle/", FORM | friday | {"seats": "24-03"}).status_code == 302


def test_an_offered_window_that_was_tampered_with_is_checked_again(enter: Enter, alice: Member) -> None:
    sunday = "2027-04-18T08:00:00+00:00/2027-04-18T10:00:00+00:00"
    for value in (sunday, "n'importe quoi", "2027-04-18T08:00"):
        answer = enter(alice).post("/bureau/operations/nouvelle/", FORM | {"fenetre": value})
        assert answer.status_code == 422
    assert not Operation.objects.exists()


def test_wrong_fields_are_said_beside_them(enter: Enter, alice: Member) -> None:
    wrong = FORM | {"seats": "Dordogne", "starts_at": "hier", "title": "", "zones": ["XX"]}
    answer = enter(alice).post("/bureau/operations/nouvelle/", wrong)
    assert set(answer.context["form"].errors) == {"seats", "starts_at", "title", "zones"}
    aimed = FORM | {"starts_at": "2027-03-10T19:00", "ends_at": "2027-03-10T21:00", "slogan": "@quelqun"}
    assert "@quelqun" in text(enter(alice).post("/bureau/operations/nouvelle/", aimed))


def test_join_tick_leave(enter: Enter, bob: Member, make_operation: Make) -> None:
    operation = make_operation(steps=("Relire",))
    inside, page = enter(bob), operation.get_absolute_url()
    step = operation.steps.get()
    assert inside.post(f"/bureau/lignes/{step.pk}/cocher/", {"done": "oui"}).status_code == 403
    assert "Je participe" in text(inside.get(page))
    joined = inside.post(f"{page}participer/", follow=True)
    assert "Vous participez." in text(joined)
    inside.post(f"/bureau/lignes/{step.pk}/cocher/", {"done": "oui"})
    assert 'aria-pressed="true"' in text(inside.get(page))
    assert "fait par Bob" in text(inside.get(page))
    inside.post(f"/bureau/lignes/{step.pk}/cocher/", {"done": "non"})
    inside.post(f"{page}quitter/")
    assert "Je participe" in text(inside.get(page))


def test_a_draft_is_shut_to_members_and_a_cancelled_one_tells_why(
    enter: Enter, alice: Member, bob: Member, make_operation: Make
) -> None:
    draft = make_operation(draft=True)
    page = draft.get_absolute_url()
    inside, member = enter(alice), enter(bob)
    assert member.get(page).status_code == 404
    assert inside.get(page).status_code == 200
    inside.post(f"{page}prevoir/")
    assert member.get(page).status_code == 200
    assert inside.post(f"{page}annuler/", {"reason": ""}).status_code == 409
    inside.post(f"{page}annuler/", {"reason": "Orage annoncé"})
    assert "Orage annoncé" in text(member.get(page))
    assert "Je participe" not in text(member.get(page))
    inside.post(f"{page}prevoir/")
    draft.refresh_from_db()
    assert draft.status == OperationStatus.PLANNED


def test_a_paid_guest_is_refused_beside_the_form_and_an_unpaid_one_stands(
    enter: Enter, alice: Member, make_operation: Make
) -> None:
    page = make_operation().get_absolute_url()
    guest = {
        "name": "Ondine Marchebelle",
        "known_as": "humoriste",
        "agreed_on": "2027-02-20",
        "attested": "oui",
    }
    inside = enter(alice)
    refused = inside.post(f"{page}personnalite/", guest | {"declared": "gift"})
    assert refused.status_code == 409
    assert "art. L52-1" in text(refused)
    assert 'value="Ondine Marchebelle"' in text(refused)
    assert (
        inside.post(f"{page}personnalite/", guest | {"declared": "unpaid", "agreed_on": "x"}).status_code
        == 409
    )
    inside.post(f"{page}personnalite/", guest | {"declared": "unpaid"})
    html = text(inside.get(page))
    assert "Ondine Marchebelle" in html
    assert "attesté par Alice" in html


def test_a_line_goes_to_someone_who_exists(
    enter: Enter, alice: Member, bob: Member, make_operation: Make
) -> None:
    operation = make_operation()
    page, inside = operation.get_absolute_url(), enter(alice)
    assert inside.post(f"{page}ligne/", {"text": "Relire", "pseudonym": "Personne"}).status_code == 409
    assert inside.post(f"{page}ligne/", {"text": "Relire", "due": "demain"}).status_code == 409
    inside.post(f"{page}ligne/", {"text": "Relire", "pseudonym": "bob", "due": "2027-03-10T18:00"})
    step = operation.steps.get()
    assert step.assigned == bob
    assert step.due_at == datetime(2027, 3, 10, 18, tzinfo=PARIS)
    inside.post(f"/bureau/lignes/{step.pk}/retirer/")
    assert operation.steps.count() == 0


def test_the_sheet_and_the_calendar_entry(enter: Enter, bob: Member, make_operation: Make) -> None:
    page, inside = make_operation().get_absolute_url(), enter(bob)
    sheet = inside.get(f"{page}fiche.pdf")
    assert sheet.headers["Content-Type"] == "application/pdf"
    assert sheet.content.startswith(b"%PDF-")
    (event,) = Calendar.from_ical(inside.get(f"{page}agenda.ics").content).walk("VEVENT")
    assert event["summary"] == "La soirée des 75 voix"
    assert event["dtstart"].dt == EVENING
    assert "La soirée des 75 voix" in text(inside.get("/bureau/agenda/?mois=2027-03"))


def test_the_live_page_gives_figures_alone_to_htmx(
    enter: Enter, bob: Member, make_operation: Make, make_work: Callable[..., Any], at: Any
) -> None:
    page, inside = make_operation(works=[make_work()]).get_absolute_url(), enter(bob)
    at(EVENING + timedelta(minutes=5))
    whole = text(inside.get(f"{page}direct/"))
    assert 'hx-trigger="every 15s"' in whole
    part = text(inside.get(f"{page}direct/", headers={"HX-Request": "true"}))
    assert part.startswith("<section")
    assert "<html" not in part
    at(EVENING + timedelta(hours=4))
    assert "hx-trigger" not in text(inside.get(f"{page}direct/"))


def test_the_post_mortem_is_written_by_coordinators_and_read_by_all(
    enter: Enter, alice: Member, bob: Member, make_operation: Make, at: Any
) -> None:
    page = make_operation().get_absolute_url()
    member, inside = enter(bob), enter(alice)
    member.post(f"{page}participer/")
    at(EVENING + timedelta(hours=4))
    member.post(f"{page}mot/", {"word": "On a bien ri."})
    assert member.get(f"{page}bilan/ecrire/").status_code == 403
    assert inside.post(f"{page}bilan/ecrire/", {"lessons": "Sous ses publications"}).status_code == 422
    inside.post(f"{page}bilan/ecrire/", {"lessons": "Plus de versions.", "went_well": "L’accueil."})
    html = text(member.get(f"{page}bilan/"))
    for words in ("Plus de versions.", "L’accueil.", "On a bien ri.", "Bob"):
        assert words in html
    assert "La soirée des 75 voix" in text(member.get("/bureau/operations/"))


def test_the_public_page_names_nobody_and_goes_silent(
    enter: Enter, alice: Member, bob: Member, client: Client, make_operation: Make, at: Any
) -> None:
    operation = make_operation(starts_at=datetime(2027, 4, 19, 18, tzinfo=PARIS), zones=["FR"])
    page, public = operation.get_absolute_url(), f"/coups-de-poing/{operation.pk}/"
    assert client.get(public).status_code == 404
    enter(bob).post(f"{page}participer/")
    inside = enter(alice)
    inside.post(f"{page}public/")
    html = text(client.get(public))
    assert operation.title in html
    assert "Bob" not in html
    assert operation.title in text(client.get("/coups-de-poing/"))
    at(datetime(2027, 4, 17, 12, tzinfo=PARIS))
    silent = text(client.get(public))
    assert operation.title not in silent
    assert "L49" in silent
    assert operation.title not in text(client.get("/coups-de-poing/"))
    inside.post(f"{page}public/")
    assert inside.post(f"{page}public/").status_code == 409
    assert client.get(public).status_code == 404


def test_the_express_plan_in_one_click_and_back(enter: Enter, fanny: Member, alice: Member) -> None:
    inside = enter(fanny)
    shown = inside.get("/bureau/plan-express/?dissolution=2027-06-06")
    assert "Faire le plan" in text(shown)
    assert "27 juin 2027" in text(shown)
    assert not Operation.objects.exists()
    day = {"dissolution": "2027-06-06", "first_round": "2027-06-27"}
    inside.post("/bureau/plan-express/faire/", day)
    assert Operation.objects.count() >= 4
    assert inside.post("/bureau/plan-express/faire/", day).status_code == 409
    month = text(enter(alice).get("/bureau/agenda/?mois=2027-06"))
    assert "Classer les pivots" in month
    assert enter(alice).get("/bureau/plan-express/").status_code == 403
    inside.post("/bureau/plan-express/defaire/")
    assert not Operation.objects.exists()


@pytest.mark.parametrize(
    "query", ["dissolution=hier", "dissolution=9999-12-31", "dissolution=2027-06-06&first_round=2027-06-13"]
)
def test_a_day_that_the_law_does_not_allow_is_said(query: str, enter: Enter, fanny: Member) -> None:
    answer = enter(fanny).get(f"/bureau/plan-express/?{query}")
    assert answer.status_code == 422
    assert answer.context["form"].errors


def test_shares_and_sightings_of_the_window_are_counted(
    enter: Enter, rachid: Member, make_operation: Make, make_work: Callable[..., Any], at: Any, campaign: Any
) -> None:
    from tractage.hq.library.models import Share
    from tractage.hq.sightings.models import Post, ReachRun, Sighting

    work, other = make_work(), make_work()
    operation = make_operation(works=[work])
    page, inside = operation.get_absolute_url(), enter(rachid)
    during, after = EVENING + timedelta(hours=1), EVENING + timedelta(hours=5)
    for piece, moment in ((work, during), (work, after), (other, during)):
        Share.objects.create(work=piece, platform="x", at=moment)
    whole = Post.objects.create(campaign=campaign, platform="x", key="1", first_seen=during)
    twin = Post.objects.create(campaign=campaign, platform="x", key="2", first_seen=during, merged_into=whole)
    for post, state in ((whole, "confirmed"), (twin, "confirmed"), (whole, "pending")):
        Sighting.objects.create(post=post, how="B", state=state, work=work, at=during)
    at(after)
    answer = inside.get(f"{page}bilan/")
    assert [one.number for one in answer.context["counters"]] == [1, 1]
    assert "Pas encore d’estimation" in text(answer)
    views = {"estimate": 5000, "low": 3000, "high": 9000, "band": {"low": 2000, "high": 12000}}
    platform = {
        "platform": "x",
        "observed": {"posts": 12, "views": 2500},
        "views": views | {"identifiable": True},
    }
    hidden = platform | {"platform": "tiktok", "views": views | {"identifiable": False, "band": None}}
    ReachRun.objects.create(
        campaign=campaign, scope="operation", key=str(operation.pk), fingerprint="f", status="done",
        asked_at=after, until=after, finished_at=after, result={"platforms": [platform, hidden]},
    )  # fmt: skip
    html = text(inside.get(f"{page}bilan/"))
    assert "3\u202f000 – 9\u202f000" in html
    assert "2\u202f000 – 12\u202f000" in html
    assert "5\u202f000" not in html, "never a bare number"
    assert html.count("non identifiable") == 1
