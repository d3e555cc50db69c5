"""Dates as an iCalendar file: stable identifiers, the same bytes every time."""

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from typing import NamedTuple

from icalendar import Calendar, Event

from tractage.domain.law.agenda import Entry
from tractage.domain.law.pack import rule, version
from tractage.domain.law.plan import Plan

LAW_ADVICE = "Aide-mémoire, pas un avis juridique."


class Dated(NamedTuple):
    """One entry of a calendar, `since` ≤ t < `until`, both aware; `uid` never changes for the same thing."""

    uid: str
    since: datetime
    until: datetime
    title: str
    text: str
    category: str = ""
    url: str = ""


def ics(name: str, entries: Iterable[Entry]) -> bytes:
    """Return an RFC 5545 calendar called `name`, in French, times in UTC, stamped with the pack's date."""
    dated = (
        Dated(
            entry.uid,
            entry.since,
            entry.until,
            entry.fr,
            f"{rule(entry.rule).fr}\n{entry.article}. {LAW_ADVICE}",
            entry.rule,
        )
        for entry in entries
    )
    return calendar_file(name, dated)


def plan_ics(plan: Plan) -> bytes:
    """Return the steps of a dissolution's plan as a calendar, half an hour each, in French."""
    day = plan.dissolution.isoformat()
    dated = (
        Dated(
            f"dissolution-{day}-{step.at.astimezone(UTC):%Y%m%dT%H%MZ}-{number}@tractage",
            step.at,
            step.at + timedelta(minutes=30),
            step.fr,
            f"{step.article}. {LAW_ADVICE}" if step.article else "",
            step.kind,
        )
        for number, step in enumerate(plan.steps)
    )
    return calendar_file(f"Dissolution du {day}", dated)


def calendar_file(name: str, dated: Iterable[Dated]) -> bytes:
    """Return an RFC 5545 calendar called `name`: times in UTC, stamped with the day of the rule pack."""
    calendar = Calendar()
    calendar.add("prodid", "-//Tractage//law//FR")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    stamp = datetime.combine(version(), time(0), tzinfo=UTC)
    for one in dated:
        event = Event()
        event.add("uid", one.uid)
        event.add("dtstamp", stamp)
        event.add("dtstart", one.since.astimezone(UTC))
        event.add("dtend", one.until.astimezone(UTC))
        event.add("summary", one.title)
        if one.text:
            event.add("description", one.text)
        if one.category:
            event.add("categories", [one.category])
        if one.url:
            event.add("url", one.url)
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    return bytes(calendar.to_ical())
