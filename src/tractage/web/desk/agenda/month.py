"""A month of the calendar: its days, what falls on each, what runs through it."""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.timezone import localtime

from tractage.hq.campaigns.agenda import AgendaDate

FIRST, LAST = date(2000, 1, 1), date(2100, 1, 1)


@dataclass(frozen=True)
class Day:
    """A day and what begins on it; `other`: it belongs to the month before or after."""

    day: date
    dates: tuple[AgendaDate, ...]
    other: bool
    today: bool


@dataclass(frozen=True)
class Month:
    """A month as weeks that begin on Monday; `running`: what began before it and is not over."""

    first: date
    weeks: tuple[tuple[Day, ...], ...]
    running: tuple[AgendaDate, ...]

    @property
    def days(self) -> list[Day]:
        """The days of the month on which something begins."""
        return [day for week in self.weeks for day in week if day.dates and not day.other]

    @property
    def before(self) -> date:
        """The first day of the month before."""
        return (self.first - timedelta(days=1)).replace(day=1)

    @property
    def after(self) -> date:
        """The first day of the month after."""
        return (self.first + timedelta(days=32)).replace(day=1)


def first_day(text: str, today: date) -> date:
    """The month that `2027-04` names; the one of today for anything else."""
    try:
        first = date.fromisoformat(f"{text}-01")
    except ValueError:
        return today.replace(day=1)
    return first if FIRST <= first < LAST else today.replace(day=1)


def window(first: date) -> tuple[datetime, datetime]:
    """The month's moments, by the clock of the site."""
    zone = ZoneInfo(settings.TIME_ZONE)
    after = (first + timedelta(days=32)).replace(day=1)
    return datetime.combine(first, time(0), zone), datetime.combine(after, time(0), zone)


def month_of(first: date, found: Sequence[AgendaDate], today: date) -> Month:
    """Put dates on the days of a month."""
    by_day: dict[date, list[AgendaDate]] = {}
    running = []
    for one in found:
        day = localtime(one.since).date()
        if day < first:
            running.append(one)
        else:
            by_day.setdefault(day, []).append(one)
    weeks = calendar.Calendar().monthdatescalendar(first.year, first.month)
    return Month(
        first,
        tuple(
            tuple(
                Day(day, tuple(by_day.get(day, ())), day.month != first.month, day == today) for day in week
            )
            for week in weeks
        ),
        tuple(running),
    )
