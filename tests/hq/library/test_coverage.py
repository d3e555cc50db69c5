"""Coverage: each number counts what it says, in a number of queries that does not grow."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from tests.web.desk.conftest import make_brief as make_brief  # noqa: PLC0414 - a fixture of this file too

from tractage.hq.campaigns.clock import now
from tractage.hq.campaigns.ranking import ranked_seats
from tractage.hq.library.coverage import CoverageFilter, Order, Reach, SeatCoverage, coverage
from tractage.hq.missions.claims import claim_brief
from tractage.hq.people.services import accept_charter


def row_of(campaign: Any, code: str, **asked: Any) -> SeatCoverage | None:
    rows = coverage(campaign, CoverageFilter(**asked))
    return next((row for row in rows if row.ranked.seat.code == code), None)


@pytest.fixture
def closest(campaign: Any) -> list[str]:
    return [one.seat.code for one in ranked_seats(campaign)[:4]]


def test_a_seat_goes_from_nothing_to_the_wall(
    campaign: Any, closest: list[str], make_brief: Any, make_work: Any, bring: Any, bob: Any
) -> None:
    code = closest[0]
    assert row_of(campaign, code) == SeatCoverage(ranked_seats(campaign)[0])
    brief = make_brief(seats=[code], versions=5)
    make_brief(seats=[code], draft=True)
    make_brief(seats=[code], deadline=now() - timedelta(hours=1))
    found = row_of(campaign, code)
    assert found
    assert (found.briefs, found.reach) == (1, Reach.ASKED)
    accept_charter(bob, campaign)
    claim_brief(bob, brief)
    found = row_of(campaign, code)
    assert found
    assert (found.held, found.reach) == (1, Reach.COMING)
    bring(seats=[code])
    make_work(seats=[code], kind="card")
    make_work(seats=[code, closest[1]])
    make_work()
    found = row_of(campaign, code)
    assert found
    assert (found.reading, found.released, found.reach) == (1, 2, Reach.SHOWN)
    assert row_of(campaign, code, kind="card") == SeatCoverage(found.ranked, 1, 1, 0, 1)
    assert row_of(campaign, code, uncovered=True) is None


def test_a_tab_whose_time_is_up_is_in_nobody_s_hand(
    campaign: Any, closest: list[str], make_brief: Any, bob: Any, at: Callable[..., None]
) -> None:
    accept_charter(bob, campaign)
    claim_brief(bob, make_brief(seats=closest[:1], hold_hours=2))
    at(now() + timedelta(hours=3))
    found = row_of(campaign, closest[0])
    assert found
    assert (found.briefs, found.held) == (1, 0)


def test_two_candidates_of_one_seat_are_one_mission(campaign: Any, make_brief: Any) -> None:
    from tractage.hq.missions.models import BriefTarget

    brief = make_brief(seats=["24-03"])
    BriefTarget.objects.create(brief=brief, seat="24-03", candidate="Camille EXEMPLE")
    found = row_of(campaign, "24-03")
    assert found
    assert found.briefs == 1


def test_order_and_department(campaign: Any, closest: list[str], make_work: Any) -> None:
    make_work(seats=closest[2:3])
    rows = coverage(campaign, CoverageFilter(order=Order.RELEASED))
    assert [row.ranked.seat.code for row in rows[:3]] == [closest[2], closest[0], closest[1]]
    only = coverage(campaign, CoverageFilter(department="24"))
    assert {row.ranked.seat.department for row in only} == {"24"}


def test_three_questions_whatever_the_number(
    campaign: Any, closest: list[str], make_work: Any, make_brief: Any, django_assert_num_queries: Any
) -> None:
    for code in closest:
        make_work(seats=[code])
        make_brief(seats=[code])
    with django_assert_num_queries(3):
        coverage(campaign, CoverageFilter())
