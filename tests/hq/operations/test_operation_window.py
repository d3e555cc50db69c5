"""The law pack decides the window: refused with the article, a lawful window proposed, zone by zone."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from tests.conftest import PARIS

from tractage.domain.law.calendar import rounds
from tractage.domain.law.zones import everywhere, zone
from tractage.hq.operations.models import Operation
from tractage.hq.operations.window import WindowRefused, care, propose
from tractage.hq.people.refusals import Refused

SATURDAY, FRIDAY = date(2027, 4, 17), date(2027, 4, 16)


def local(name: str, day: date, hour: int) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=ZoneInfo(zone(name).tz))


@pytest.mark.parametrize("name", everywhere())
def test_saturday_17_april_2027_is_refused_in_every_zone(
    name: str, make_operation: Callable[..., Operation], campaign: Any
) -> None:
    start = local(name, SATURDAY, 14)
    with pytest.raises(WindowRefused) as refused:
        make_operation(starts_at=start, zones=[name])
    assert refused.value.rules == ("L49",)
    assert refused.value.zones == (name,)
    assert "art. L49" in str(refused.value)
    proposal = refused.value.proposal
    for span in (proposal.before, proposal.after):
        assert span is not None
        assert span.since
        assert span.until
        assert span.until - span.since == timedelta(hours=3)
        assert propose(campaign, [name], span.since, span.until).lawful
    nearest = proposal.nearest
    assert nearest
    assert nearest.since
    made = make_operation(starts_at=nearest.since, ends_at=nearest.until, zones=[name])
    assert made.pk


@pytest.mark.parametrize("name", everywhere())
def test_friday_is_refused_from_zero_hour_where_people_vote_on_saturday(
    name: str, make_operation: Callable[..., Operation]
) -> None:
    election = rounds("presidentielle-2027")[0]
    (day,) = election.days(zone(name))
    midnight = local(name, FRIDAY, 0)
    before = make_operation(starts_at=midnight - timedelta(hours=3), ends_at=midnight, zones=[name])
    assert before.pk
    if day == SATURDAY:
        with pytest.raises(WindowRefused):
            make_operation(starts_at=midnight, ends_at=midnight + timedelta(hours=1), zones=[name])
        late = midnight + timedelta(minutes=1)
        with pytest.raises(WindowRefused):
            make_operation(starts_at=midnight - timedelta(hours=1), ends_at=late, zones=[name])
    else:
        assert make_operation(starts_at=midnight, ends_at=midnight + timedelta(hours=1), zones=[name]).pk


def test_martinique_by_its_seats_and_metropole_by_its_own() -> None:
    assert Operation(seats=["972-01"]).where == ("MQ",)
    assert Operation(seats=["24-03"]).where == ("FR",)
    assert Operation(seats=["24-03"], zones=["MQ"]).where == ("MQ",)
    assert Operation().where == everywhere()


def test_the_whole_country_waits_for_its_earliest_zone(make_operation: Callable[..., Operation]) -> None:
    friday = datetime(2027, 4, 16, 19, tzinfo=PARIS)
    with pytest.raises(WindowRefused) as refused:
        make_operation(starts_at=friday)
    assert set(refused.value.zones) >= {"PM", "MQ"}
    assert "FR" not in refused.value.zones
    assert make_operation(starts_at=friday, zones=["FR"]).pk


def test_nothing_is_proposed_before_now(
    make_operation: Callable[..., Operation], at: Callable[[datetime], None]
) -> None:
    at(datetime(2027, 4, 16, 23, 30, tzinfo=PARIS))
    with pytest.raises(WindowRefused) as refused:
        make_operation(starts_at=datetime(2027, 4, 17, 10, tzinfo=PARIS), zones=["FR"])
    assert refused.value.proposal.before is None
    assert refused.value.proposal.nearest == refused.value.proposal.after


def test_an_election_without_dates_counts_as_silent(
    make_operation: Callable[..., Operation], campaign: Any
) -> None:
    campaign.election = "legislatives-2031"
    campaign.save()
    with pytest.raises(WindowRefused, match="L49") as refused:
        make_operation()
    assert not refused.value.known
    assert refused.value.proposal.nearest is None


@pytest.mark.parametrize(
    ("start", "length", "words"),
    [
        (datetime(2027, 3, 10, 19, tzinfo=PARIS), timedelta(0), r"après|after"),
        (datetime(2027, 3, 10, 19, tzinfo=PARIS), timedelta(days=15), r"deux semaines|two weeks"),
        (datetime(2027, 2, 1, 19, tzinfo=PARIS), timedelta(hours=2), r"déjà|already"),
    ],
)
def test_a_window_that_makes_no_sense_is_refused_in_words(
    start: datetime, length: timedelta, words: str, make_operation: Callable[..., Operation]
) -> None:
    with pytest.raises(Refused, match=words):
        make_operation(starts_at=start, ends_at=start + length)


def test_what_asks_for_care_is_said_without_refusing() -> None:
    turns = rounds("presidentielle-2027")
    thursday = datetime(2027, 4, 15, 18, tzinfo=PARIS)
    found = [rule.id for rule in care(turns, ["FR"], thursday, thursday + timedelta(hours=2))]
    assert found == ["L48-2", "L163-2"]
    autumn = datetime(2026, 11, 5, 18, tzinfo=PARIS)
    assert care(turns, ["FR"], autumn, autumn + timedelta(hours=2)) == []
