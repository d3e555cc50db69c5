"""The calendar as a page, and the private address of a member."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.test import Client
from icalendar import Calendar
from tests.conftest import PARIS

from tractage.hq.people.models import CalendarKey, Member

Enter = Callable[[Any], Client]
APRIL = "/bureau/agenda/?mois=2027-04"


def address(answer: Any) -> str:
    return (
        str(answer.context["address"]).removeprefix("http://127.0.0.1:8000").removeprefix("http://testserver")
    )


def events(client: Client, path: str) -> list[Any]:
    answer = client.get(path)
    assert answer.status_code == 200
    return list(Calendar.from_ical(answer.content).walk("VEVENT"))


def test_a_month_shows_its_dates(enter: Enter, bob: Member, make_brief: Any) -> None:
    make_brief(title="Avant le 10", deadline=datetime(2027, 4, 10, 20, tzinfo=PARIS))
    html = enter(bob).get(APRIL).content.decode()
    assert "Avril 2027" in html
    assert "Avant le 10" in html
    assert "Silence électoral" in html
    assert "Premier tour" in html
    only = enter(bob).get(f"{APRIL}&type=missions").content.decode()
    assert "Silence électoral" not in only


def test_what_the_address_does_not_know_is_this_month(enter: Enter, bob: Member) -> None:
    for query in ("mois=2027-13", "mois=0001-01", "mois=9999-12", "mois=x&type=y"):
        answer = enter(bob).get(f"/bureau/agenda/?{query}")
        assert answer.context["month"].first.isoformat() == "2027-03-01"


def test_a_private_address_is_shown_once_and_closes(enter: Enter, bob: Member, client: Client) -> None:
    inside = enter(bob)
    first = address(inside.post("/bureau/agenda/adresse/"))
    assert first.startswith("/flux/agenda/")
    assert first not in inside.get("/bureau/agenda/").content.decode()
    assert any("Silence" in one["summary"] for one in events(client, first))
    second = address(inside.post("/bureau/agenda/adresse/"))
    assert client.get(first).status_code == 404
    assert CalendarKey.objects.get().fingerprint not in second
    inside.post("/bureau/agenda/fermer/")
    assert client.get(second).status_code == 404


def test_the_feed_follows_what_its_member_may_see(
    enter: Enter, bob: Member, rachid: Member, client: Client, make_work: Any, at: Any
) -> None:
    from tractage.hq.library.services import schedule_release

    work = make_work(released=False, title="Une surprise")
    of_bob, of_rachid = (address(enter(one).post("/bureau/agenda/adresse/")) for one in (bob, rachid))
    at(datetime(2027, 4, 17, 12, tzinfo=PARIS))
    schedule_release(None, work)
    assert not [one for one in events(client, of_bob) if "surprise" in one["summary"]]
    assert [one for one in events(client, of_rachid) if "surprise" in one["summary"]]
    rachid.is_active = False
    rachid.save()
    assert client.get(of_rachid).status_code == 404


def test_an_erased_member_leaves_no_address(enter: Enter, bob: Member) -> None:
    from tractage.hq.people.services import erase

    enter(bob).post("/bureau/agenda/adresse/")
    erase(bob, bob, "")
    assert not CalendarKey.objects.exists()
