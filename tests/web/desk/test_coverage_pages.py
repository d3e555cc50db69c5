"""Coverage as pages: the table, its filters, the map, the way to a mission."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tractage.hq.campaigns.ranking import ranked_seats
from tractage.hq.people.models import Member

Enter = Callable[[Any], Client]


@pytest.fixture
def closest(campaign: Any) -> str:
    return str(ranked_seats(campaign)[0].seat.code)


def test_a_member_reads_and_a_coordinator_writes(
    enter: Enter, bob: Member, alice: Member, closest: str
) -> None:
    html = enter(bob).get("/bureau/couverture/").content.decode()
    assert "Rien sur le mur, rien de demandé." in html
    assert "missions/nouvelle" not in html
    inside = enter(alice)
    assert f"/bureau/missions/nouvelle/?siege={closest}" in inside.get("/bureau/couverture/").content.decode()
    form = inside.get(f"/bureau/missions/nouvelle/?siege={closest}").content.decode()
    assert f">\n{closest}</textarea>" in form


def test_a_newcomer_is_kept_out(enter: Enter, dan: Member) -> None:
    assert enter(dan).get("/bureau/couverture/").status_code == 403


def test_uncovered_only(enter: Enter, bob: Member, closest: str, make_work: Any) -> None:
    inside = enter(bob)
    make_work(seats=[closest])
    assert f"/sieges/{closest}/" in inside.get("/bureau/couverture/").content.decode()
    bare = inside.get("/bureau/couverture/?sans=1").content.decode()
    assert f"/sieges/{closest}/" not in bare
    assert "sans=1&amp;page=2" in bare
    assert 'aria-sort="descending"' in inside.get("/bureau/couverture/?tri=mur").content.decode()


def test_what_the_address_does_not_know_asks_nothing(enter: Enter, bob: Member) -> None:
    answer = enter(bob).get("/bureau/couverture/?departement=ZZ&type=rien&tri=rien&page=x")
    assert answer.status_code == 200
    assert answer.context["kept"] == {}


def test_the_map_colours_and_lists(enter: Enter, alice: Member, closest: str, make_work: Any) -> None:
    inside = enter(alice)
    before = inside.get("/bureau/couverture/carte/")
    assert before.content.decode().count("<use") >= 577
    assert before.context["bare"][0][0].ranked.seat.code == closest
    make_work(seats=[closest])
    after = inside.get("/bureau/couverture/carte/")
    numbers = [band.number for band in after.context["map"].bands]
    assert sum(numbers) == 577
    assert numbers[2] == 1
    assert after.context["bare"][0][0].ranked.seat.code != closest


def test_the_board_asks_little(
    enter: Enter, alice: Member, make_work: Any, django_assert_max_num_queries: Any, campaign: Any
) -> None:
    inside = enter(alice)
    for one in ranked_seats(campaign)[:12]:
        make_work(seats=[one.seat.code])
    with django_assert_max_num_queries(8):
        inside.get("/bureau/couverture/")
