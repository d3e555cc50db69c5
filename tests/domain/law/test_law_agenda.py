"""The legal dates as a list and as iCalendar bytes."""

import pytest
from icalendar import Calendar

from tractage.domain.law.agenda import agenda
from tractage.domain.law.calendar import election, elections
from tractage.domain.law.ics import ics


@pytest.mark.parametrize("name", elections())
def test_the_same_bytes_every_time_and_unique_identifiers(name: str) -> None:
    found = election(name)
    entries = agenda(found)
    data = ics(found.fr, entries)
    assert data == ics(found.fr, agenda(found))
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    events = Calendar.from_ical(data).walk("VEVENT")
    assert len({str(event["uid"]) for event in events}) == len(events) == len(entries)
    for event, entry in zip(events, entries, strict=True):
        assert event.decoded("dtstart") == entry.since
        assert event.decoded("dtend") == entry.until


def test_equal_windows_are_told_once() -> None:
    silences = [entry for entry in agenda(election("presidentielle-2027")) if entry.rule == "L49"]
    zones = [zone for entry in silences if entry.round == 1 for zone in entry.zones]
    assert sorted(zones) == sorted(set(zones))
    assert len(zones) == 14
    antilles = next(entry for entry in silences if "GP" in entry.zones)
    assert antilles.zones == ("GP", "MQ", "BL", "MF")
    assert (
        antilles.fr == "Silence électoral, 1ᵉʳ tour (Guadeloupe, Martinique, Saint-Barthélemy, Saint-Martin)"
    )


def test_chosen_zones_only() -> None:
    entries = agenda(election("presidentielle-2027"), ["RE"])
    assert {entry.zones for entry in entries} == {("RE",)}
    assert {entry.rule for entry in entries} == {"L49", "L52-1", "L52-2", "L48-2", "L77-808-11", "L163-2"}
