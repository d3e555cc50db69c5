"""The calendar's dates: the law's in every zone, what each app adds, what one may see."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from tests.conftest import PARIS
from tests.web.desk.conftest import make_brief as make_brief  # noqa: PLC0414 - a fixture of this file too

from tractage.domain.law.zones import everywhere, find
from tractage.hq.campaigns.agenda import AgendaDate, dates, sources, touches

SINCE, UNTIL = datetime(2027, 4, 1, tzinfo=PARIS), datetime(2027, 6, 1, tzinfo=PARIS)


def told(campaign: Any, kind: str, may: Callable[[str], bool] = lambda _one: True) -> list[AgendaDate]:
    return dates(campaign, SINCE, UNTIL, may, [kind])


def test_every_zone_has_its_silence_and_its_poll(campaign: Any) -> None:
    silences = [one for one in told(campaign, "loi") if one.key.startswith("presidentielle-2027-1-l49")]
    starts = {one.since.astimezone(UTC) for one in silences}
    # Saint-Pierre-et-Miquelon freezes first, London after métropole: specs of the round of 18 April 2027.
    assert min(starts) == datetime(2027, 4, 16, 2, tzinfo=UTC)
    assert datetime(2027, 4, 16, 22, tzinfo=UTC) in starts
    assert datetime(2027, 4, 16, 23, tzinfo=UTC) in starts
    polls = [one for one in told(campaign, "vote") if "-1-vote-" in one.key]
    clocks = {zone.tz for name in everywhere() if (zone := find(name))}
    assert len({one.since for one in polls}) > len(clocks) / 2
    assert all(one.until and one.until - one.since == timedelta(days=1) for one in polls)


def test_keys_are_unique_and_in_order(campaign: Any) -> None:
    found = dates(campaign, SINCE, UNTIL, lambda _one: True)
    assert len({one.key for one in found}) == len(found)
    assert [one.since for one in found] == sorted(one.since for one in found)
    assert {one.kind for one in found} <= set(sources)


def test_an_election_that_the_pack_does_not_know_has_no_date(campaign: Any) -> None:
    campaign.election = "municipales-1888"
    assert told(campaign, "loi") == told(campaign, "vote") == []


def test_deadlines_of_open_missions(campaign: Any, make_brief: Any) -> None:
    make_brief(title="Avant le 10", deadline=datetime(2027, 4, 10, 20, tzinfo=PARIS))
    make_brief(title="Un brouillon", deadline=datetime(2027, 4, 10, 20, tzinfo=PARIS), draft=True)
    make_brief(title="Plus tard", deadline=UNTIL)
    assert [one.text for one in told(campaign, "missions")] == ["Échéance de «\u202fAvant le 10\u202f»"]


def test_a_release_to_come_is_for_those_who_read_works(campaign: Any, make_work: Any, at: Any) -> None:
    from tractage.hq.library.services import schedule_release

    work = make_work(released=False)
    at(datetime(2027, 4, 17, 12, tzinfo=PARIS))
    schedule_release(None, work)
    assert [one.key for one in told(campaign, "sorties")] == [f"work-{work.pk}"]
    assert told(campaign, "sorties", lambda _one: False) == []


@pytest.mark.parametrize(
    ("hours", "inside"),
    [((-5, None), False), ((-5, 0), False), ((-5, 1), True), ((0, None), True), ((24, 30), False)],
)
def test_what_touches_a_day(hours: tuple[int, int | None], inside: bool) -> None:
    day = datetime(2027, 4, 1, tzinfo=UTC)
    begin, end = hours
    one = AgendaDate(
        "a", day + timedelta(hours=begin), "", None if end is None else day + timedelta(hours=end)
    )
    assert touches(one, day, day + timedelta(days=1)) is inside
