"""The board, a brief, tabs and the form of coordinators, as pages."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tractage.hq.missions.claims import claim_brief
from tractage.hq.missions.models import Brief, Claim
from tractage.hq.missions.services import starter_briefs
from tractage.hq.people.models import Member

Enter = Callable[[Any], Client]
Make = Callable[..., Brief]
ROWS = {"faits-TOTAL_FORMS": "2", "faits-INITIAL_FORMS": "0"}
WRITTEN = ROWS | {
    "title": "Un texte pour la Sarthe",
    "goal": "Dire l’écart.",
    "craft": "writing",
    "minutes": "20",
    "versions": "4",
    "hold_hours": "22",
    "targets": "72-04\n24-03",
    "do": "Court\nVrai",
    "deadline": "2027-04-10T20:00",
    "faits-0-text": "Un écart.",
    "faits-0-source": "Ministère de l’Intérieur",
}


def test_an_empty_board_says_so(enter: Enter, bob: Member) -> None:
    assert "Le tableau est vide" in enter(bob).get("/bureau/").content.decode()


def test_the_board_asks_who_you_are(client: Client, campaign: Any) -> None:
    assert client.get("/bureau/").headers["Location"] == "/connexion/?next=/bureau/"


def test_a_member_takes_and_gives_back(enter: Enter, bob: Member, make_brief: Make) -> None:
    brief, inside = make_brief(versions=3, seats=["24-03"]), enter(bob)
    html = inside.get("/bureau/").content.decode()
    assert "Arracher une languette" in html
    assert "0 version sur 3" in html
    assert html.count('<i class="reste">') == 3
    assert inside.post(f"/bureau/missions/{brief.pk}/prendre/").status_code == 302
    page = inside.get(f"/bureau/missions/{brief.pk}/").content.decode()
    assert "Elle est à vous pendant 22 heures" in page
    assert "1 en main" in page
    claim = Claim.objects.get()
    assert "Elle se libère dans 22 heures" in inside.get("/bureau/mes-missions/").content.decode()
    assert inside.post(f"/bureau/languettes/{claim.pk}/rendre/").status_code == 302
    assert "Vos mains sont libres" in inside.get("/bureau/mes-missions/").content.decode()


def test_what_is_refused_is_said_on_the_page(
    enter: Enter, bob: Member, rachid: Member, make_brief: Make
) -> None:
    brief = make_brief(versions=1)
    enter(rachid)
    claim_brief(rachid, brief)
    answer = enter(bob).post(f"/bureau/missions/{brief.pk}/prendre/")
    assert answer.status_code == 409
    assert "Toutes les languettes sont prises" in answer.content.decode()


def test_a_newcomer_reads_all_and_takes_first_missions(enter: Enter, dan: Member, make_brief: Make) -> None:
    brief, inside = make_brief(), enter(dan)
    page = inside.get(f"/bureau/missions/{brief.pk}/").content.decode()
    assert "première œuvre acceptée" in page
    assert inside.post(f"/bureau/missions/{brief.pk}/prendre/").status_code == 403


def test_a_tab_is_passed_by_pseudonym(enter: Enter, bob: Member, rachid: Member, make_brief: Make) -> None:
    inside, other = enter(bob), enter(rachid)
    claim = claim_brief(bob, make_brief())
    wrong = inside.post(f"/bureau/languettes/{claim.pk}/passer/", {"pseudonym": "Personne"})
    assert wrong.status_code == 409
    assert "une lettre à vérifier" in wrong.content.decode().casefold()
    assert inside.post(f"/bureau/languettes/{claim.pk}/passer/", {"pseudonym": "RACHID"}).status_code == 302
    assert "Bob vous la tend" in other.get("/bureau/mes-missions/").content.decode()
    assert other.post(f"/bureau/languettes/{claim.pk}/accepter/").status_code == 302
    claim.refresh_from_db()
    assert claim.member == rachid


def test_a_coordinator_writes_changes_forks_and_closes(enter: Enter, alice: Member) -> None:
    inside = enter(alice)
    assert inside.get("/bureau/missions/nouvelle/").status_code == 200
    page = inside.post("/bureau/missions/nouvelle/", WRITTEN).headers["Location"]
    brief = Brief.objects.get()
    assert [target.seat for target in brief.targets.all()] == ["72-04", "24-03"]
    assert brief.do == ["Court", "Vrai"]
    assert brief.deadline is not None
    assert "Ministère de l’Intérieur" in inside.get(page).content.decode()
    assert "Un écart." in inside.get(f"{page}changer/").content.decode()
    assert inside.post(f"{page}changer/", WRITTEN | {"title": "Mieux dit"}).status_code == 302
    brief.refresh_from_db()
    assert brief.title == "Mieux dit"
    assert brief.facts.count() == 1
    assert inside.post(f"{page}variante/", WRITTEN | {"title": "En vers"}).status_code == 302
    assert "En vers" in inside.get(page).content.decode()
    inside.post(f"{page}ouvrir/")
    assert "Fermée" in inside.get(page).content.decode()
    inside.post(f"{page}ouvrir/")
    assert Brief.objects.get(pk=brief.pk).status == "open"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"faits-0-source": ""}, "il lui manque encore sa source"),
        ({"targets": "99-99"}, "aucun siège n’a ce numéro"),
        ({"targets": "Dordogne"}, "un siège s’écrit comme 24-03"),
        ({"targets": "24-03 ; Quelqu’un"}, "aucune liste officielle"),
        ({"goal": "Répondre à @quelquun"}, "art. 222-33-2-2"),
        ({"minutes": "0"}, "supérieure ou égale à 1"),
        ({"first": "on"}, "dix minutes au plus"),
        ({"faits-0-url": "javascript:alert(1)"}, "URL valide"),
    ],
)
def test_what_is_wrong_in_a_brief_is_said(
    enter: Enter, alice: Member, change: dict[str, str], words: str
) -> None:
    answer = enter(alice).post("/bureau/missions/nouvelle/", WRITTEN | change)
    assert answer.status_code == 422
    html = answer.content.decode()
    assert words in html
    assert "Un texte pour la Sarthe" in html
    assert not Brief.objects.exists()


def test_drafts_are_for_coordinators(enter: Enter, alice: Member, bob: Member, make_brief: Make) -> None:
    page = make_brief(draft=True).get_absolute_url()
    assert enter(alice).get(page).status_code == 200
    assert enter(bob).get(page).status_code == 404


def test_the_board_does_not_ask_once_a_brief(
    enter: Enter, bob: Member, make_brief: Make, django_assert_max_num_queries: Any
) -> None:
    for number in range(60):
        make_brief(title=f"Mission {number}", seats=["24-03", "72-04"])
    inside = enter(bob)
    inside.get("/bureau/")
    with django_assert_max_num_queries(13):
        html = inside.get("/bureau/?metier=design&page=2").content.decode()
    assert "page 2 sur 3" in html
    assert "metier=design&amp;page=3" in html


def test_other_lists_have_budgets(
    enter: Enter, bob: Member, campaign: Any, make_brief: Make, django_assert_max_num_queries: Any
) -> None:
    starter_briefs(campaign)
    inside = enter(bob)
    with django_assert_max_num_queries(10):
        inside.get("/bureau/premiere/")
    for _ in range(4):
        claim_brief(bob, make_brief())
    with django_assert_max_num_queries(8):
        inside.get("/bureau/mes-missions/")
    page = make_brief(seats=["24-03", "24-01"], facts=5).get_absolute_url()
    with django_assert_max_num_queries(11):
        inside.get(page)
