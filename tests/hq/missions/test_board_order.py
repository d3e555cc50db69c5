"""Priority and the board: close seats with nothing on the wall come first; starting briefs; forks."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import given
from hypothesis import strategies as st

from tractage.hq.campaigns.ranking import ranked_seats
from tractage.hq.missions.models import Brief
from tractage.hq.missions.priority import priority
from tractage.hq.missions.selectors import Board, BoardFilter, first_missions
from tractage.hq.missions.services import content_of, fork_brief, starter_briefs, write_brief
from tractage.hq.people.models import Craft, Member

RANKS = {f"seat-{rank}": rank for rank in range(1, 101)}


@given(st.integers(1, 99), st.integers(0, 20), st.floats(0.01, 1))
def test_priority_falls_with_rank_with_works_and_with_tabs_taken(
    rank: int, works: int, missing: float
) -> None:
    def score(rank: int, works: int, missing: float) -> float:
        return priority([f"seat-{rank}"], missing, RANKS, {f"seat-{rank}": works}).score

    here = score(rank, works, missing)
    assert 0 < here <= 1
    assert score(rank + 1, works, missing) < here
    assert score(rank, works + 1, missing) < here
    assert score(rank, works, missing / 2) < here


def test_priority_says_which_seat_gives_it() -> None:
    found = priority(["seat-40", "seat-2", "elsewhere"], 1.0, RANKS, {"seat-2": 1, "seat-40": 0})
    assert (found.seat, found.rank, found.works) == ("seat-40", 40, 0)
    assert priority([], 1.0, RANKS, {}).score < priority(["seat-2"], 1.0, RANKS, {}).score
    assert priority(["elsewhere"], 1.0, RANKS, {}).score == 0


def test_the_board_puts_close_and_uncovered_seats_first(
    campaign: Any,
    make_brief: Callable[..., Brief],
) -> None:
    close = [one.seat.code for one in ranked_seats(campaign)]
    far, near, covered = (
        make_brief(seats=[close[100]]),
        make_brief(seats=[close[5]]),
        make_brief(seats=[close[0]]),
    )
    newcomers = make_brief(first=True, minutes=5)
    board = Board(campaign, BoardFilter(), lambda _campaign: {close[0]: 4}, newcomer=False)
    assert [one.brief.pk for one in board[0:9]] == [near.pk, far.pk, newcomers.pk, covered.pk]
    for_newcomers = Board(campaign, BoardFilter(), lambda _campaign: {}, newcomer=True)
    assert for_newcomers[0:1][0].brief == newcomers
    assert len(Board(campaign, BoardFilter(most_minutes=10), lambda _campaign: {}, False)) == 1
    assert len(Board(campaign, BoardFilter(crafts=("video",)), lambda _campaign: {}, False)) == 0
    assert len(Board(campaign, BoardFilter(seat=close[5]), lambda _campaign: {}, False)) == 1


def test_drafts_and_closed_briefs_are_not_on_the_board(
    campaign: Any,
    make_brief: Callable[..., Brief],
) -> None:
    make_brief(draft=True)
    assert len(Board(campaign, BoardFilter(), lambda _campaign: {}, False)) == 0


def test_a_community_starts_with_a_first_mission_for_each_craft(campaign: Any, quiet_day: None) -> None:
    made = starter_briefs(campaign)
    firsts = [brief for brief in made if brief.first]
    assert sorted(brief.craft for brief in firsts) == sorted(Craft.values)
    assert all(brief.minutes <= 10 for brief in firsts)
    for brief in made:
        assert brief.first or (brief.targets.count() == 1 and brief.facts.get().source)
    assert starter_briefs(campaign) == []
    mine = first_missions(campaign, ["watch", "sharing"])
    assert [one.brief.craft for one in mine[:2]] == ["sharing", "watch"]
    assert len(mine) == len(Craft)


def test_a_variant_names_its_parent(make_brief: Callable[..., Brief], alice: Member, bob: Member) -> None:
    parent = make_brief(seats=["24-03"])
    content = replace(content_of(parent), title="La même, en dessin")
    fork = fork_brief(alice, parent, content)
    assert (fork.parent, fork.goal, fork.author) == (parent, parent.goal, alice)
    assert content_of(fork) == content
    with pytest.raises(PermissionDenied):
        fork_brief(bob, parent, content)
    with pytest.raises(PermissionDenied):
        write_brief(bob, parent.campaign, content)
