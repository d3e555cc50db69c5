"""The legal dates as an iCalendar file: stable identifiers, the same bytes every time."""

from collections.abc import Iterable
from datetime import UTC, datetime, time

from icalendar import Calendar, Event

from tractage.domain.law.agenda import Entry
from tractage.domain.law.pack import rule, version


def ics(name: str, entries: Iterable[Entry]) -> bytes:
    """Return an RFC 5545 calendar called `name`, in French, times in UTC, stamped with the pack's date."""
    calendar = Calendar()
    calendar.add("prodid", "-//Tractage//law//FR")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    stamp = datetime.combine(version(), time(0), tzinfo=UTC)
    for entry in entries:
        event = Event()
        event.add("uid", entry.uid)
        event.add("dtstamp", stamp)
        event.add("dtstart", entry.since)
        event.add("dtend", entry.until)
        event.add("summary", entry.fr)
        event.add(
            "description", f"{rule(entry.rule).fr}\n{entry.article}. Aide-mémoire, pas un avis juridique."
        )
        event.add("categories", [entry.rule])
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    return bytes(calendar.to_ical())
