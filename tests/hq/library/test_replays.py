"""The rounds of 2017, 2022, 2024 and 2027 replayed: a work comes out if and only if the law lets it."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tractage.hq.campaigns.clock import now
from tractage.hq.campaigns.models import Campaign
from tractage.hq.library.legal import release_status
from tractage.hq.library.models import Edition, SeatTarget, Status, Work
from tractage.hq.library.refusals import Frozen
from tractage.hq.library.services import release_work, schedule_release
from tractage.hq.library.sharing import Posted, log_share
from tractage.hq.library.tasks import release_waiting_works
from tractage.hq.server.models import Announcement, Subject
from tractage.hq.server.services import take_due

PARIS = ZoneInfo("Europe/Paris")
ROUNDS = {
    "legislatives-2017": (date(2017, 6, 11), date(2017, 6, 18)),
    "legislatives-2022": (date(2022, 6, 12), date(2022, 6, 19)),
    "legislatives-2024": (date(2024, 6, 30), date(2024, 7, 7)),
    "presidentielle-2027": (date(2027, 4, 18), date(2027, 5, 2)),
}
METROPOLE = ("24-03", "75-01", "2A-01", "62-11")
OVERSEAS = (
    "971-01",
    "972-02",
    "973-01",
    "974-01",
    "975-01",
    "976-01",
    "977-01",
    "986-01",
    "987-01",
    "988-01",
)
ABROAD = ("099-01", "099-11")
WHERE = st.lists(st.sampled_from(METROPOLE + OVERSEAS + ABROAD), max_size=3, unique=True)
TURN = st.sampled_from([(name, day) for name, days in ROUNDS.items() for day in days])
MINUTES = st.integers(-20 * 24 * 60, 4 * 24 * 60)
"""From three weeks before the Sunday, since some zones vote two weeks earlier, to the Thursday after."""


@pytest.fixture
def replay(make_work: Callable[..., Work], settings: Any) -> Callable[..., Work]:
    """An accepted work of a campaign for another election, about other seats."""
    work = make_work(released=False)

    def become(election: str, kind: str, seats: list[str], labels: list[str]) -> Work:
        Campaign.objects.filter(pk=work.campaign_id).update(election=election)
        Work.objects.filter(pk=work.pk).update(
            kind=kind, labels=labels, status=Status.ACCEPTED, released_at=None, release_after=None
        )
        SeatTarget.objects.filter(work=work).delete()
        SeatTarget.objects.bulk_create(SeatTarget(work=work, seat=seat) for seat in seats)
        return Work.objects.select_related("campaign").get(pk=work.pk)

    return become


def comes_out(work: Work, at: datetime) -> bool:
    with transaction.atomic():
        try:
            released = release_work(None, work, at)
        except Frozen:
            return False
        finally:
            transaction.set_rollback(True)
    return released.status == Status.RELEASED


RULES = {
    "max_examples": 120,
    "deadline": None,
    "suppress_health_check": [HealthCheck.function_scoped_fixture],
}


@given(turn=TURN, minutes=MINUTES, seats=WHERE, kind=st.sampled_from(["poster", "card", "practical"]),
       labels=st.lists(st.sampled_from(["poll", "result", "montage"]), unique=True))  # fmt: skip
@settings(**RULES)
def test_a_work_comes_out_exactly_when_the_law_lets_it(
    replay: Callable[..., Work], turn: tuple[str, date], minutes: int, seats: list[str], kind: str,
    labels: list[str],
) -> None:  # fmt: skip
    election, sunday = turn
    at = datetime(sunday.year, sunday.month, sunday.day, tzinfo=PARIS) + timedelta(minutes=minutes)
    work = replay(election, kind, seats, labels)
    assert comes_out(work, at) is not release_status(work, at).frozen


@given(turn=TURN, minutes=MINUTES, seats=WHERE, kind=st.sampled_from(["poster", "practical"]))
@settings(**RULES)
def test_a_work_is_passed_on_and_announced_exactly_when_the_law_lets_it(
    replay: Callable[..., Work], at: Callable[[datetime], None], turn: tuple[str, date], minutes: int,
    seats: list[str], kind: str,
) -> None:  # fmt: skip
    election, sunday = turn
    moment = datetime(sunday.year, sunday.month, sunday.day, tzinfo=PARIS) + timedelta(minutes=minutes)
    work = replay(election, kind, seats, [])
    Work.objects.filter(pk=work.pk).update(status=Status.RELEASED, released_at=moment - timedelta(days=30))
    at(moment)
    assert (passed_on(work), announced(work)) == (not release_status(work).frozen,) * 2


def passed_on(work: Work) -> bool:
    with transaction.atomic():
        try:
            log_share(None, work, Posted("bluesky"), "192.0.2.1")
        except Frozen:
            return False
        finally:
            transaction.set_rollback(True)
    return True


def announced(work: Work) -> bool:
    """Whether the announcement of a work may leave for the community's server."""
    with transaction.atomic():
        Announcement.objects.create(subject=Subject.WORK, subject_id=work.pk, found_at=now())
        due = take_due(work.campaign)
        transaction.set_rollback(True)
    return due is not None and due.work == work


@given(turn=TURN, minutes=st.integers(-5 * 24 * 60, 3 * 24 * 60), seats=st.lists(
    st.sampled_from(METROPOLE), min_size=1, max_size=2, unique=True))  # fmt: skip
@settings(**RULES)
def test_in_metropole_the_silence_is_saturday_and_sunday_until_the_last_station(
    replay: Callable[..., Work], turn: tuple[str, date], minutes: int, seats: list[str]
) -> None:
    """Counted here by hand: from Saturday 00:00 to Sunday 20:00, Paris time, whatever the pack computes."""
    election, sunday = turn
    start = datetime(sunday.year, sunday.month, sunday.day, tzinfo=PARIS) - timedelta(days=1)
    at = datetime(sunday.year, sunday.month, sunday.day, tzinfo=PARIS) + timedelta(minutes=minutes)
    held = start <= at < start + timedelta(days=1, hours=20)
    assert comes_out(replay(election, "poster", seats, []), at) is not held


@pytest.mark.parametrize(
    ("election", "sunday"), [(name, day) for name, days in ROUNDS.items() for day in days]
)
def test_what_waits_comes_out_once_and_not_a_minute_too_soon(
    election: str, sunday: date, replay: Callable[..., Work], at: Callable[[datetime], None]
) -> None:
    work = replay(election, "poster", ["24-03"], [])
    start = datetime(sunday.year, sunday.month, sunday.day, tzinfo=PARIS)
    at(start - timedelta(hours=12))
    due = schedule_release(None, work).release_after
    assert due == start + timedelta(hours=20)
    moments = [start - timedelta(hours=11), start, start + timedelta(hours=19, minutes=59), due]
    said = []
    for moment in [*moments, due + timedelta(minutes=1)]:
        at(moment)
        said.append(release_waiting_works.call())
    assert said == [0, 0, 0, 1, 0]
    again = Work.objects.get(pk=work.pk)
    assert again.released_at == due
    assert again.released_at.astimezone(UTC).minute == 0
    assert all(before < after for before, after in pairwise(moments))
    assert Edition.objects.filter(work=work).exists()
