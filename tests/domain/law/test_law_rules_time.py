"""The other rules of time, one example each, to the minute."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tractage.domain.law.calendar import rounds
from tractage.domain.law.content import Content, Kind
from tractage.domain.law.freeze import Status, status

PARIS = ZoneInfo("Europe/Paris")
MINUTE = timedelta(minutes=1)


def ask(at: str, *kinds: Kind, zones: tuple[str, ...] = ("FR",), shift: timedelta = timedelta(0)) -> Status:
    moment = datetime.fromisoformat(at).replace(tzinfo=PARIS) + shift
    return status(Content.of(*kinds), rounds("presidentielle-2027"), zones, moment)


@pytest.mark.parametrize("kinds", [(Kind.ADVERTISING,), (Kind.ADVERTISING, Kind.PUBLIC)])
def test_advertising_is_refused_six_months_before_the_month(kinds: tuple[Kind, ...]) -> None:
    assert not ask("2026-10-01T00:00", *kinds, shift=-MINUTE).frozen
    assert ask("2026-10-01T00:00", *kinds).rules == ("L52-1",)
    assert ask("2027-04-25T12:00", *kinds).rules == ("L52-1",), "between the rounds too"
    assert "L52-1" in ask("2027-05-02T20:00", *kinds, shift=-MINUTE).rules
    assert not ask("2027-05-02T20:00", *kinds).frozen


def test_results_wait_for_the_last_station_of_metropole() -> None:
    assert not ask("2027-04-17T04:00", Kind.RESULT, shift=-MINUTE).frozen
    first = ask("2027-04-17T04:00", Kind.RESULT)
    assert first.rules == ("L52-2",), "the first to vote is Saint-Pierre, and its result waits"
    assert first.until == datetime(2027, 4, 18, 20, tzinfo=PARIS)
    martinique = ask("2027-04-18T12:00", Kind.RESULT, zones=("MQ",))
    assert martinique.until == datetime(2027, 4, 18, 20, tzinfo=PARIS)
    assert not ask("2027-04-18T20:00", Kind.RESULT).frozen


def test_polls_stop_on_eve_and_day() -> None:
    assert not ask("2027-04-17T00:00", Kind.POLL, shift=-MINUTE).frozen
    assert ask("2027-04-17T00:00", Kind.POLL).rules == ("L77-808-11",)
    assert ask("2027-04-19T00:00", Kind.POLL, shift=-MINUTE).frozen
    assert not ask("2027-04-19T00:00", Kind.POLL).frozen
    assert not ask("2027-04-17T12:00", Kind.POLL, Kind.PUBLIC).frozen, "art. 11 lets what is online stay"


def test_late_polemics_warn_everyone_and_block_teams() -> None:
    for zone, wednesday in (("FR", "2027-04-14T20:00"), ("GP", "2027-04-15T02:00")):
        late = ask(wednesday, zones=(zone,))
        assert not late.frozen
        assert {window.rule for window in late.notices} == {"L48-2", "L163-2"}
        assert {w.rule for w in ask(wednesday, zones=(zone,), shift=-MINUTE).notices} == {"L163-2"}
        assert ask(wednesday, Kind.TEAM_REQUEST, zones=(zone,)).rules == ("L48-2",)
        assert not ask(wednesday, Kind.TEAM_REQUEST, zones=(zone,), shift=-MINUTE).frozen


def test_sources_are_a_duty_three_months_before() -> None:
    assert not ask("2027-01-01T00:00", shift=-MINUTE).notices
    assert [window.rule for window in ask("2027-01-01T00:00").notices] == ["L163-2"]
    assert not ask("2027-01-01T00:00").frozen
    assert not ask("2027-02-01T00:00", Kind.PRACTICAL).notices


def test_rules_that_meet_make_one_stretch() -> None:
    found = ask("2027-04-18T12:00", Kind.PROPAGANDA, Kind.POLL)
    assert set(found.rules) == {"L49", "L77-808-11"}
    assert found.until == datetime(2027, 4, 19, tzinfo=PARIS)
