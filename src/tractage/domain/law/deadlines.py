"""Deadlines of the law of the press that stand on evidence cards and tickets."""

import calendar
from datetime import date, datetime, timedelta

from tractage.domain.errors import InputError
from tractage.domain.law.pack import rule


def add_months(day: date, months: int) -> date:
    """Return the same day `months` later, or the month's last day when it has no such day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def prescription_ends(first_publication: date, aggravated: bool = False) -> date:
    """Return the last day on which a publication can be sued (loi 1881, art. 65 and 65-3)."""
    params = rule("1881-65").params
    return add_months(first_publication, params["aggravated_months" if aggravated else "months"])


def offer_of_proof_ends(summons: date) -> date:
    """Return the last day to offer the proof of truth (loi 1881, art. 55)."""
    return summons + timedelta(days=rule("1881-29").params["days"])


def earliest_hearing(summons: datetime) -> datetime:
    """Return the earliest hearing that a candidate can ask for in the electoral period (loi 1881, art. 54 al.
    2).

    Raises: InputError when `summons` has no time zone.
    """
    if summons.tzinfo is None:
        raise InputError(f"summons {summons.isoformat()} has no time zone")
    return summons + timedelta(hours=rule("1881-54").params["hours"])


def reply_asked_by(publication: date) -> date:
    """Return the last day to ask for a right of reply online (LCEN)."""
    return add_months(publication, rule("LCEN-reply").params["months"])


def reply_inserted_by(asked: date) -> date:
    """Return the last day to insert a reply that was asked for (LCEN)."""
    return asked + timedelta(days=rule("LCEN-reply").params["days"])
