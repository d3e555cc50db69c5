"""Deadlines of the law of the press."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tractage.domain.errors import InputError
from tractage.domain.law import deadlines


def test_prescription_runs_three_months_or_a_year() -> None:
    assert deadlines.prescription_ends(date(2027, 4, 12)) == date(2027, 7, 12)
    assert deadlines.prescription_ends(date(2027, 4, 12), aggravated=True) == date(2028, 4, 12)
    assert deadlines.prescription_ends(date(2026, 11, 30)) == date(2027, 2, 28)


def test_offer_of_proof_has_ten_days() -> None:
    assert deadlines.offer_of_proof_ends(date(2027, 3, 25)) == date(2027, 4, 4)


def test_summons_takes_a_day_in_the_electoral_period() -> None:
    summons = datetime(2027, 4, 12, 9, tzinfo=UTC)
    assert deadlines.earliest_hearing(summons) == datetime(2027, 4, 13, 9, tzinfo=UTC)
    with pytest.raises(InputError, match="no time zone"):
        deadlines.earliest_hearing(summons.replace(tzinfo=None))


def test_a_reply_is_asked_in_three_months_and_inserted_in_three_days() -> None:
    assert deadlines.reply_asked_by(date(2027, 1, 31)) == date(2027, 4, 30)
    assert deadlines.reply_inserted_by(date(2027, 4, 30)) == date(2027, 5, 3)


@given(st.dates(max_value=date(9000, 1, 1)), st.integers(0, 36))
def test_months_are_added_without_skipping_one(day: date, months: int) -> None:
    later = deadlines.add_months(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day <= day.day
