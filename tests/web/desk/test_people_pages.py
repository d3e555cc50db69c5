"""One's own page and data, and members seen by others."""

import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tractage.hq.campaigns.models import AuditLine
from tractage.hq.library.models import Work
from tractage.hq.missions.claims import claim_brief
from tractage.hq.people.models import Member

Enter = Callable[[Any], Client]


def test_what_one_says_of_oneself_is_kept(enter: Enter, bob: Member) -> None:
    inside = enter(bob)
    given = {"crafts": ["video"], "availability": "weekly", "shown": "on"}
    assert inside.post("/moi/", given).status_code == 302
    bob.refresh_from_db()
    assert (bob.crafts, bob.availability, bob.shown) == (["video"], "weekly", True)
    assert "checked" in inside.get("/moi/").content.decode()


def test_a_page_is_shut_until_its_person_opens_it(
    enter: Enter, bob: Member, dan: Member, chloe: Member
) -> None:
    page = f"/membres/{bob.pk}/"
    assert Client().get(page).status_code == 404
    assert enter(dan).get(page).status_code == 404
    assert enter(chloe).get(page).status_code == 200
    assert enter(bob).get(page).status_code == 200
    Member.objects.filter(pk=bob.pk).update(shown=True)
    assert Client().get(page).status_code == 200
    assert Client().get("/membres/99999/").status_code == 404


def test_all_ones_data_comes_as_one_file(
    enter: Enter, bob: Member, make_brief: Callable[..., Any], make_work: Callable[..., Work]
) -> None:
    inside = enter(bob)
    claim_brief(bob, make_brief(title="Affiche à prendre"))
    Work.objects.filter(pk=make_work(title="La mienne").pk).update(author=bob)
    answer = inside.post("/moi/donnees/")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        found = json.loads(archive.read("tractage.json"))
    assert found["people"]["pseudonym"] == "Bob"
    assert [claim["mission"] for claim in found["missions"]] == ["Affiche à prendre"]
    assert [work["title"] for work in found["works"]] == ["La mienne"]
    assert "member.charter" in {line["what"] for line in found["people"]["log"]}
    assert "password" not in json.dumps(found)


def test_erasing_needs_ones_pseudonym_and_leaves_the_works(
    enter: Enter, bob: Member, make_brief: Callable[..., Any], make_work: Callable[..., Work]
) -> None:
    inside, brief = enter(bob), make_brief(versions=1)
    claim_brief(bob, brief)
    work = make_work(credit="Bob")
    Work.objects.filter(pk=work.pk).update(author=bob)
    assert "Rien n’est effacé" in inside.post("/moi/effacer/", {"pseudonym": "Bobby"}).content.decode()
    assert inside.post("/moi/effacer/", {"pseudonym": "bob", "credit": "B."}).headers["Location"] == "/"
    assert not Member.objects.filter(pseudonym="Bob").exists()
    work.refresh_from_db()
    assert (work.author, work.credit, work.status) == (None, "B.", "released")
    assert brief.claims.get().status == "released"
    assert not AuditLine.objects.filter(actor__isnull=False).exists()
    assert inside.get("/moi/").status_code == 302


def test_works_are_anonymous_unless_a_credit_is_chosen(
    enter: Enter, bob: Member, make_work: Callable[..., Work]
) -> None:
    work = make_work(credit="Bob")
    Work.objects.filter(pk=work.pk).update(author=bob)
    enter(bob).post("/moi/effacer/", {"pseudonym": "Bob"})
    assert Work.objects.get(pk=work.pk).credit == "anonyme"


def test_the_only_founder_cannot_leave_the_house_empty(enter: Enter, fanny: Member) -> None:
    answer = enter(fanny).post("/moi/effacer/", {"pseudonym": "Fanny"})
    assert "fondatrice" in answer.content.decode()
    assert Member.objects.filter(pk=fanny.pk).exists()


def test_coordinators_list_members_and_change_standings(enter: Enter, alice: Member, dan: Member) -> None:
    inside = enter(alice)
    assert "Dan" in inside.get("/bureau/membres/?q=da&rang=newcomer").content.decode()
    assert "Personne ne répond" in inside.get("/bureau/membres/?q=zzz").content.decode()
    page = f"/bureau/membres/{dan.pk}/"
    given = {"standing": "reviewer", "reason": ""}
    assert "manque une raison" in inside.post(page, given).content.decode()
    assert inside.post(page, given | {"reason": "Trois belles affiches."}).status_code == 302
    dan.refresh_from_db()
    assert dan.standing == "reviewer"
    line = AuditLine.objects.filter(verb="member.standing").get()
    assert line.actor == alice
    assert line.details == {"before": "newcomer", "after": "reviewer", "reason": "Trois belles affiches."}


@pytest.mark.parametrize("wanted", ["coordinator", "founder"])
def test_nobody_makes_an_equal_of_themselves(enter: Enter, alice: Member, dan: Member, wanted: str) -> None:
    answer = enter(alice).post(f"/bureau/membres/{dan.pk}/", {"standing": wanted, "reason": "Ami."})
    assert answer.status_code == 403
    dan.refresh_from_db()
    assert dan.standing == "newcomer"


def test_nobody_changes_their_own_standing(enter: Enter, alice: Member, fanny: Member, chloe: Member) -> None:
    for member in (alice, fanny):
        answer = enter(member).post(f"/bureau/membres/{member.pk}/", {"standing": "member", "reason": "x"})
        assert answer.status_code == 403
    assert enter(chloe).get("/bureau/membres/").status_code == 403


def test_the_list_does_not_ask_once_a_member(
    enter: Enter, alice: Member, django_assert_max_num_queries: Any
) -> None:
    Member.objects.bulk_create(
        Member(pseudonym=f"Membre {number}", crafts=["design"]) for number in range(120)
    )
    inside = enter(alice)
    with django_assert_max_num_queries(7):
        html = inside.get("/bureau/membres/?metier=design").content.decode()
    assert "page 1 sur 3" in html
