"""Reminders: one an operation, before its window, never during a silence, said once."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from tests.conftest import PARIS
from tests.hq.operations.conftest import EVENING

from tractage.hq.operations.models import Moment, Operation, Reminder
from tractage.hq.operations.reminders import due_reminders, mark_announced, reminders_for
from tractage.hq.operations.services import cancel_operation, change_operation, content_of
from tractage.hq.operations.taking_part import join_operation
from tractage.hq.people.services import accept_charter

Make = Callable[..., Operation]


def moments(at: datetime) -> list[str]:
    return [one.moment.value for one in due_reminders(at)]


def test_reminders_fall_one_after_the_other_and_are_said_once(make_operation: Make) -> None:
    make_operation()
    assert moments(EVENING - timedelta(days=3, minutes=1)) == []
    assert moments(EVENING - timedelta(days=3)) == ["j-3"]
    # Nobody announced for two days: the last one alone is offered.
    assert moments(EVENING - timedelta(hours=2)) == ["h-2"]
    (due,) = due_reminders(EVENING - timedelta(hours=2))
    assert mark_announced(None, [due.reminder]) == 1
    assert mark_announced(None, [due.reminder]) == 0
    assert moments(EVENING - timedelta(hours=1)) == []
    assert moments(EVENING) == ["start"]
    assert moments(EVENING + timedelta(hours=3)) == []


def test_tomorrow_is_not_said_once_it_runs(make_operation: Make, at: Callable[[datetime], None]) -> None:
    operation = make_operation()
    Reminder.objects.filter(moment=Moment.NOW).delete()
    assert moments(EVENING + timedelta(minutes=5)) == []
    assert operation.reminders.count() == 3


def test_a_moved_window_is_said_again_and_a_cancelled_one_no_more(make_operation: Make, alice: Any) -> None:
    operation = make_operation()
    mark_announced(None, [one.reminder for one in due_reminders(EVENING - timedelta(days=1))])
    later = EVENING + timedelta(days=2)
    words = content_of(operation).__dict__ | {"starts_at": later, "ends_at": later + timedelta(hours=2)}
    operation = change_operation(alice, operation, type(content_of(operation))(**words))
    assert moments(EVENING - timedelta(hours=23)) == ["j-3"]
    assert moments(later - timedelta(days=1)) == ["j-1"]
    cancel_operation(alice, operation, "Orage")
    assert moments(later - timedelta(days=1)) == []


def test_a_reminder_waits_while_its_zones_are_silent(make_operation: Make) -> None:
    monday = datetime(2027, 4, 19, 18, tzinfo=PARIS)
    make_operation(starts_at=monday, zones=["FR"])
    assert moments(datetime(2027, 4, 16, 18, tzinfo=PARIS)) == ["j-3"]
    assert moments(datetime(2027, 4, 17, 12, tzinfo=PARIS)) == []
    assert moments(datetime(2027, 4, 18, 20, 1, tzinfo=PARIS)) == ["j-1"]


def test_an_operation_planned_late_has_no_reminder_of_the_past(
    make_operation: Make, at: Callable[[datetime], None]
) -> None:
    at(EVENING - timedelta(hours=5))
    operation = make_operation()
    assert set(operation.reminders.values_list("moment", flat=True)) == {"h-2", "start"}


def test_the_desk_reminds_those_who_take_part(
    make_operation: Make, campaign: Any, bob: Any, dan: Any
) -> None:
    operation = make_operation()
    accept_charter(bob, campaign)
    join_operation(bob, operation)
    assert reminders_for(bob, EVENING - timedelta(days=4)) == []
    (found,) = reminders_for(bob, EVENING - timedelta(hours=20))
    assert found.moment == "j-1"
    assert reminders_for(dan, EVENING - timedelta(hours=20)) == []
