"""Requests of teams: who may ask, who may serve, what the law holds, what is sealed, what is removed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from tests.conftest import PARIS, QUIET_DAY
from tests.hq.requests.conftest import CONTACT, SEAT, ask_for, clean_picture

from tractage.adapters.sealed import load_box
from tractage.conf.worker import make_rounds
from tractage.domain.errors import InputError
from tractage.hq.campaigns.models import AuditLine
from tractage.hq.library.models import Work
from tractage.hq.library.services import recall_work
from tractage.hq.people.personal import everything_about
from tractage.hq.people.refusals import Refused, TooManyAttempts
from tractage.hq.requests import services
from tractage.hq.requests.models import Acceptance, Delivery, Stage, TeamRequest
from tractage.hq.requests.tasks import purge_contacts

ALL = services.Point.values
BEFORE_L48 = datetime(2027, 4, 14, 19, 59, tzinfo=PARIS)
L48 = datetime(2027, 4, 14, 20, 1, tzinfo=PARIS)  # Wednesday of the week of the first round
AFTER_ALL = datetime(2027, 5, 3, 9, tzinfo=PARIS)


@pytest.fixture(autouse=True)
def _own_keys(settings: Any, tmp_path: Path) -> None:
    settings.TRACTAGE = replace(settings.TRACTAGE, data_dir=tmp_path)


@pytest.fixture
def asked(campaign: Any, quiet_day: None) -> TeamRequest:
    """A request as it comes in."""
    return ask_for(campaign)[0]


@pytest.fixture
def opened(asked: TeamRequest, alice: Any) -> TeamRequest:
    """A request that volunteers see."""
    return services.triage_request(alice, asked, Stage.OPEN)


def raw() -> str:
    """Every value of the table, as the database holds it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM requests_teamrequest")
        return "\n".join(
            (bytes(value).decode("latin-1") if isinstance(value, bytes | memoryview) else str(value))
            for row in cursor.fetchall()
            for value in row
        )


def test_a_contact_is_sealed_at_rest_and_opened_by_a_coordinator_who_leaves_a_line(
    asked: TeamRequest, alice: Any, bob: Any, tmp_path: Path
) -> None:
    assert CONTACT not in raw()
    assert "exemple.fr" not in raw()
    assert CONTACT not in str(list(AuditLine.objects.values()))
    with pytest.raises(PermissionDenied):
        services.read_contact(bob, asked)
    assert services.read_contact(alice, asked) == CONTACT
    assert AuditLine.objects.filter(verb="request.contact", actor=alice).count() == 1
    key = tmp_path / "keys" / "contacts.key"
    assert key.stat().st_mode & 0o077 == 0


def test_another_key_opens_nothing(asked: TeamRequest, alice: Any, tmp_path: Path) -> None:
    (tmp_path / "keys" / "contacts.key").unlink()
    with pytest.raises(InputError, match="key of this instance"):
        services.read_contact(alice, asked)
    bad = tmp_path / "autre"
    bad.mkdir()
    (bad / "contacts.key").write_bytes(b"pas une cle")
    with pytest.raises(InputError, match="Fernet"):
        load_box(bad, "contacts")


def test_two_equal_contacts_do_not_look_alike(campaign: Any, quiet_day: None) -> None:
    first, second = ask_for(campaign)[0], ask_for(campaign)[0]
    assert bytes(first.contact or b"") != bytes(second.contact or b"")


@pytest.mark.parametrize(
    "words",
    [
        {"asker": "legal"},
        {"asker": "autre"},
        {"candidate": "Personne Dutout"},
        {"seat": "24-99"},
        {"what": "Répondez sous @quelquun, s’il vous plaît."},
        {"wanted_on": date(2027, 2, 1)},
    ],
)
def test_what_may_not_be_asked_is_refused_and_nothing_is_kept(
    campaign: Any, quiet_day: None, words: dict[str, Any]
) -> None:
    with pytest.raises(Refused) as refusal:
        ask_for(campaign, **words)
    assert not TeamRequest.objects.exists()
    if words == {"asker": "legal"}:
        assert "L52-8" in str(refusal.value)


def test_someone_new_on_the_list_is_taken_and_marked(campaign: Any, quiet_day: None) -> None:
    assert ask_for(campaign, candidate="Nouvelle Venue", declared=True)[0].declared


def test_too_many_requests_wait(campaign: Any, quiet_day: None) -> None:
    for _number in range(services.ASKED.most):
        ask_for(campaign)
    with pytest.raises(TooManyAttempts):
        ask_for(campaign)
    assert ask_for(campaign, place="192.0.2.10")


def test_late_in_the_week_of_the_vote_nothing_is_asked_taken_or_handed_over(
    campaign: Any, opened: TeamRequest, bob: Any, at: Callable[[datetime], None]
) -> None:
    services.take_request(bob, opened, ALL)
    at(BEFORE_L48)
    assert ask_for(campaign, wanted_on=date(2027, 4, 20))
    at(L48)
    with pytest.raises(Refused, match="L48-2"):
        ask_for(campaign, wanted_on=date(2027, 4, 20))
    with pytest.raises(Refused, match="L48-2"):
        services.deliver(bob, opened, "Une affiche", file=clean_picture())
    services.leave_request(bob, opened)
    with pytest.raises(Refused, match="L48-2"):
        services.take_request(bob, opened, ALL)


def test_coordinators_alone_sort(asked: TeamRequest, alice: Any, bob: Any, chloe: Any) -> None:
    for other in (bob, chloe):
        with pytest.raises(PermissionDenied):
            services.triage_request(other, asked, Stage.OPEN)
    with pytest.raises(Refused):
        services.triage_request(alice, asked, Stage.REFUSED, "non")
    refused = services.triage_request(alice, asked, Stage.REFUSED, "Nous ne faisons pas de tracts imprimés.")
    assert refused.settled_at
    assert services.triage_request(alice, asked, Stage.OPEN).settled_at is None  # undone


@pytest.mark.parametrize("ticked", [[], ALL[:2], [*ALL[:2], "autre"]])
def test_each_point_is_attested_to_by_the_person(opened: TeamRequest, bob: Any, ticked: list[str]) -> None:
    with pytest.raises(Refused):
        services.take_request(bob, opened, ticked)
    assert not Acceptance.objects.exists()


def test_a_newcomer_takes_nothing_and_nobody_hands_over_in_anothers_place(
    opened: TeamRequest, bob: Any, dan: Any, alice: Any, rosa: Any
) -> None:
    with pytest.raises(PermissionDenied):
        services.take_request(dan, opened, ALL)
    services.take_request(bob, opened, ALL)
    for other in (alice, rosa):
        with pytest.raises(PermissionDenied):
            services.deliver(other, opened, "Une affiche", file=clean_picture())
    delivery = services.deliver(bob, opened, "Une affiche", file=clean_picture())
    services.take_request(rosa, opened, ALL)
    with pytest.raises(Refused):
        services.take_back(rosa, delivery)
    services.take_back(bob, delivery)
    assert not Delivery.objects.exists()


def test_a_request_that_is_not_open_is_not_taken(asked: TeamRequest, bob: Any) -> None:
    with pytest.raises(PermissionDenied):
        services.take_request(bob, asked, ALL)


def test_only_a_work_that_two_people_read_is_handed_over(
    opened: TeamRequest, bob: Any, alice: Any, make_work: Callable[..., Work]
) -> None:
    services.take_request(bob, opened, ALL)
    for work in (make_work(seats=["75-01"]), recall_work(alice, make_work(), "Le chiffre était faux.")):
        with pytest.raises(Refused):
            services.deliver(bob, opened, "", work)
    with pytest.raises(Refused):
        services.deliver(bob, opened, "Rien")
    given = services.deliver(bob, opened, "", make_work(seats=[SEAT], title="Trois voix"))
    assert given.title == "Trois voix"


def test_contacts_go_after_the_election_by_the_workers_round(
    opened: TeamRequest, at: Callable[[datetime], None]
) -> None:
    at(datetime(2027, 5, 2, 23, tzinfo=PARIS))
    assert purge_contacts.call() == 0
    at(AFTER_ALL)
    make_rounds()
    opened.refresh_from_db()
    assert opened.contact is None
    assert purge_contacts.call() == 0
    assert AuditLine.objects.filter(verb="request.purge").count() == 1


def test_a_settled_requests_contact_goes_within_a_week(
    asked: TeamRequest, alice: Any, at: Callable[[datetime], None]
) -> None:
    services.triage_request(alice, asked, Stage.REFUSED, "Nous ne faisons pas de tracts imprimés.")
    at(QUIET_DAY + timedelta(days=6))
    assert purge_contacts.call() == 0
    at(QUIET_DAY + timedelta(days=8))
    assert purge_contacts.call() == 1
    assert services.read_contact(alice, asked) == ""


def test_a_member_reads_what_they_attested_to(opened: TeamRequest, bob: Any) -> None:
    services.take_request(bob, opened, ALL)
    told = everything_about(bob)["requests"]
    assert [(one["seat"], one["attested"]) for one in told] == [(SEAT, sorted(ALL))]
    assert CONTACT not in str(told)
