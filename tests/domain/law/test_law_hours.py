"""The electoral silence, to the minute: the published hours of 18 April 2027 and the rounds of the past."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tractage.domain.law.calendar import elections, rounds
from tractage.domain.law.content import PROPAGANDA, Content, Kind
from tractage.domain.law.freeze import status
from tractage.domain.law.zones import everywhere, find, territories, zone

PARIS = ZoneInfo("Europe/Paris")
MINUTE = timedelta(minutes=1)
# Hours of Paris at which the eve begins, round 1 of 18 April 2027.
EVES = {
    "PM": "2027-04-16T04:00",
    "GF": "2027-04-16T05:00",
    "GP": "2027-04-16T06:00",
    "MQ": "2027-04-16T06:00",
    "BL": "2027-04-16T06:00",
    "MF": "2027-04-16T06:00",
    "abroad:America/New_York": "2027-04-16T06:00",
    "abroad:America/Montreal": "2027-04-16T06:00",
    "abroad:America/Los_Angeles": "2027-04-16T09:00",
    "PF-gambier": "2027-04-16T11:00",
    "PF-marquises": "2027-04-16T11:30",
    "PF-tahiti": "2027-04-16T12:00",
    "WF": "2027-04-16T14:00",
    "NC": "2027-04-16T15:00",
    "abroad:Australia/Sydney": "2027-04-16T16:00",
    "RE": "2027-04-16T22:00",
    "YT": "2027-04-16T23:00",
    "FR": "2027-04-17T00:00",
    "abroad:Europe/London": "2027-04-17T01:00",
}
# Hours of Paris at which the zone's last station may close: 20:00 local on the zone's own polling day.
CLOSINGS = {
    "PM": "2027-04-18T00:00",
    "GP": "2027-04-18T02:00",
    "abroad:America/Los_Angeles": "2027-04-18T05:00",
    "PF-tahiti": "2027-04-18T08:00",
    "WF": "2027-04-18T10:00",
    "NC": "2027-04-18T11:00",
    "RE": "2027-04-18T18:00",
    "YT": "2027-04-18T19:00",
    "FR": "2027-04-18T20:00",
    "abroad:Europe/London": "2027-04-18T21:00",
}


def paris(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=PARIS)


def silence(zones: list[str], at: datetime, election: str = "presidentielle-2027"):
    return status(PROPAGANDA, rounds(election), zones, at)


@pytest.mark.parametrize(("name", "hour"), EVES.items())
@pytest.mark.parametrize("days", [0, 14])
def test_silence_of_18_april_2027_begins_at_the_minute(name: str, hour: str, days: int) -> None:
    eve = paris(hour) + timedelta(days=days)
    before, after = silence([name], eve - MINUTE), silence([name], eve)
    assert (before.frozen, after.frozen) == (False, True)
    assert after.rules == ("L49",)
    assert after.since == eve
    assert before.following is not None
    assert before.following.since == eve


@pytest.mark.parametrize(("name", "hour"), CLOSINGS.items())
def test_silence_ends_when_the_last_station_closes(name: str, hour: str) -> None:
    close = paris(hour)
    assert silence([name], close - MINUTE).until == close
    assert not silence([name], close).frozen


def test_national_content_is_frozen_from_the_earliest_zone_to_the_latest_closing() -> None:
    zones = ["FR", "PM", "abroad:Europe/London"]
    found = silence(zones, paris("2027-04-17T12:00"))
    assert found.since == paris(EVES["PM"])
    assert found.until == paris(CLOSINGS["abroad:Europe/London"])


def test_everywhere_starts_with_saint_pierre() -> None:
    assert all(find(name) for name in everywhere())
    assert silence(list(everywhere()), paris("2027-04-17T12:00")).since == paris(EVES["PM"])


REPLAY = [
    # election, zone, a polling day
    ("legislatives-2024", "FR", "2024-06-30"),
    ("legislatives-2024", "GP", "2024-06-29"),
    ("legislatives-2024", "PF-tahiti", "2024-07-06"),
    ("legislatives-2024", "abroad:America/New_York", "2024-06-29"),
    ("legislatives-2024", "abroad:Europe/Berlin", "2024-07-07"),
    ("legislatives-2022", "FR", "2022-06-19"),
    ("legislatives-2022", "PF-tahiti", "2022-06-04"),
    ("legislatives-2022", "PF-tahiti", "2022-06-18"),
    ("legislatives-2022", "GP", "2022-06-11"),
    ("legislatives-2022", "abroad:America/Lima", "2022-06-04"),
    ("legislatives-2022", "abroad:Asia/Tokyo", "2022-06-05"),
    ("legislatives-2017", "PF-gambier", "2017-06-03"),
    ("legislatives-2017", "PM", "2017-06-10"),
    ("legislatives-2017", "abroad:Africa/Tunis", "2017-06-18"),
    ("legislatives-2012", "MQ", "2012-06-16"),
    ("legislatives-2007", "PF-marquises", "2007-06-02"),
    ("presidentielle-2022", "GF", "2022-04-23"),
    ("presidentielle-2022", "RE", "2022-04-24"),
    ("presidentielle-2017", "FR", "2017-05-07"),
    ("presidentielle-2002", "GP", "2002-04-21"),
    ("europeennes-2024", "FR", "2024-06-09"),
    ("europeennes-2019", "MF", "2019-05-25"),
]


@pytest.mark.parametrize(("election", "name", "day"), REPLAY)
def test_replay_of_past_rounds(election: str, name: str, day: str) -> None:
    clock = ZoneInfo(zone(name).tz)
    noon = datetime.fromisoformat(f"{day}T12:00").replace(tzinfo=clock)
    found = silence([name], noon, election)
    eve = date.fromisoformat(day) - timedelta(days=1)
    assert found.since == datetime(eve.year, eve.month, eve.day, tzinfo=clock)
    assert found.until == noon.replace(hour=20)


def test_early_polls_leave_the_week_between_free() -> None:
    between = paris("2022-06-08T12:00")
    assert not silence(["FR", "PF-tahiti"], between, "legislatives-2022").frozen


def test_no_seat_abroad_before_2012_no_silence_there() -> None:
    noon = paris("2007-06-10T12:00")
    assert not silence(["abroad:Europe/London"], noon, "legislatives-2007").frozen


def test_a_missing_day_freezes_the_whole_election_week_of_each_round() -> None:
    clock = ZoneInfo("Pacific/Tahiti")
    monday, after = datetime(2002, 6, 3, tzinfo=clock), datetime(2002, 6, 17, tzinfo=clock)
    for at, frozen in ((monday - MINUTE, False), (monday, True), (after - MINUTE, True), (after, False)):
        assert silence(["PF-tahiti"], at, "legislatives-2002").frozen is frozen
    found = silence(["PF-tahiti"], monday, "legislatives-2002")
    assert {window.cause for window in found.reasons} == {"missing-date"}


@pytest.mark.parametrize("election", elections())
def test_every_national_day_is_a_sunday_and_every_poll_is_near_it(election: str) -> None:
    for turn in rounds(election):
        assert turn.day.weekday() == 6
        assert dict(turn.polls)["FR"] == turn.day
        for day in dict(turn.polls).values():
            assert timedelta(0) <= turn.day - day <= timedelta(days=14)


def test_only_the_two_rounds_of_2002_lack_days() -> None:
    lacking = {
        (turn.election, turn.number, found.id)
        for name in elections()
        for turn in rounds(name)
        for found in territories().values()
        if None in turn.days(found)
    }
    assert {(name, zone_id[:2]) for name, _, zone_id in lacking} == {("legislatives-2002", "PF")}


@pytest.mark.parametrize("kind", [Kind.PRACTICAL, Kind.PUBLIC, Kind.INTERNAL, Kind.MODERATION, Kind.EVIDENCE])
def test_allowed_kinds_pass_in_the_middle_of_the_silence(kind: Kind) -> None:
    at = paris("2027-04-17T12:00")
    assert not status(Content.of(kind), rounds("presidentielle-2027"), list(everywhere()), at).frozen


@pytest.mark.parametrize("kinds", [(), (Kind.COMMENT,), (Kind.PRACTICAL, Kind.PROPAGANDA)])
def test_everything_else_waits(kinds: tuple[Kind, ...]) -> None:
    at = paris("2027-04-17T12:00")
    assert status(Content.of(*kinds), rounds("presidentielle-2027"), ["FR"], at).rules == ("L49",)
