"""From a dissolution to the polls."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from tractage.domain.errors import InputError
from tractage.domain.law.content import PROPAGANDA
from tractage.domain.law.freeze import status
from tractage.domain.law.ics import plan_ics
from tractage.domain.law.plan import plan, possible_sundays

PARIS = ZoneInfo("Europe/Paris")
# The dissolutions since 1981 and the first rounds that followed.
PAST = [
    (date(1981, 5, 22), date(1981, 6, 14)),
    (date(1988, 5, 14), date(1988, 6, 5)),
    (date(1997, 4, 21), date(1997, 5, 25)),
    (date(2024, 6, 9), date(2024, 6, 30)),
]


@pytest.mark.parametrize(("dissolution", "first"), PAST)
def test_past_dissolutions_fall_in_the_plan(dissolution: date, first: date) -> None:
    made = plan(dissolution, first)
    assert first in made.sundays
    assert made.second_round == first + timedelta(days=7)


def test_the_plan_of_2024_knows_its_hours() -> None:
    made = plan(date(2024, 6, 9))
    assert made.first_round == date(2024, 6, 30)
    by_text = {step.en: step.at for step in made.steps}
    silence = by_text["Electoral silence in metropolitan France, first round"]
    assert silence == datetime(2024, 6, 29, tzinfo=PARIS)
    for turn, name in zip(made.rounds, ("first", "second"), strict=True):
        noon = datetime(turn.day.year, turn.day.month, turn.day.day, 12, tzinfo=PARIS)
        found = status(PROPAGANDA, (turn,), ["FR"], noon)
        assert by_text[f"Electoral silence in metropolitan France, {name} round"] == found.since
        assert by_text[f"The last station of metropolitan France closes, {name} round"] == found.until


def test_until_the_decree_other_zones_are_frozen_that_week() -> None:
    made = plan(date(2027, 6, 6))
    monday = made.first_round - timedelta(days=6)
    at = datetime(monday.year, monday.month, monday.day, 12, tzinfo=PARIS)
    assert not status(PROPAGANDA, made.rounds, ["FR"], at).frozen
    assert status(PROPAGANDA, made.rounds, ["GP"], at).frozen


@given(st.dates(date(1958, 10, 4), date(2200, 1, 1)))
def test_there_is_always_a_sunday_and_steps_follow_each_other(dissolution: date) -> None:
    sundays = possible_sundays(dissolution)
    assert 3 <= len(sundays) <= 3
    assert all(20 <= (day - dissolution).days <= 40 for day in sundays)
    made = plan(dissolution)
    times = [step.at for step in made.steps]
    assert times == sorted(times)
    assert all(step.at.date() >= dissolution for step in made.steps)
    assert all(step.article and step.confidence for step in made.steps if step.kind == "law")


def test_a_day_outside_the_law_is_refused() -> None:
    with pytest.raises(InputError, match="2024-06-30, 2024-07-07, 2024-07-14"):
        plan(date(2024, 6, 9), date(2024, 6, 23))
    with pytest.raises(InputError, match="no calendar"):
        plan(date.max)


def test_the_plan_as_a_calendar_is_the_plan_and_the_same_bytes_each_time() -> None:
    made = plan(date(2027, 6, 6))
    data = plan_ics(made)
    assert data == plan_ics(plan(date(2027, 6, 6)))
    events = Calendar.from_ical(data).walk("VEVENT")
    assert [event["dtstart"].dt for event in events] == [step.at for step in made.steps]
    assert len({str(event["uid"]) for event in events}) == len(made.steps)
    silence = next(one for one in events if "Silence électoral en métropole, premier" in one["summary"])
    assert "L49" in silence["description"]
    assert silence["dtstart"].dt == datetime(2027, 6, 26, tzinfo=PARIS)
