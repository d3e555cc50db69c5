"""Pacing advice: how many distinct versions, how far apart."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tractage.domain.errors import InputError
from tractage.domain.reach.pacing import BREATH, MOST_SHARERS, REASONS, pacing

START = datetime(2027, 4, 14, 18, tzinfo=UTC)
PEOPLE, WORKS = st.integers(0, 5000), st.integers(0, 800)
LENGTHS = st.timedeltas(timedelta(minutes=1), timedelta(days=14))


def test_a_hundred_people_for_three_works_need_seventeen_more() -> None:
    found = pacing(100, 3, START, START + timedelta(hours=4))
    assert (found.sharers, found.wanted, found.missing) == (5, 20, 17)
    assert found.per_version == 34
    assert found.spacing == timedelta(hours=4) / 33
    assert not found.enough
    assert {reason.platform for reason in found.reasons} == {"Instagram", "TikTok", "X"}


def test_a_short_window_serves_fewer_people_a_version() -> None:
    assert pacing(12, 12, START, START + timedelta(minutes=30)).sharers == 2
    assert pacing(12, 12, START, START + timedelta(minutes=19)).sharers == 1


def test_nobody_yet_needs_nothing_and_no_work_is_said() -> None:
    assert pacing(0, 0, START, START + timedelta(hours=1)).enough
    alone = pacing(6, 0, START, START + timedelta(hours=3))
    assert (alone.wanted, alone.missing, alone.per_version, alone.spacing) == (2, 2, None, None)


@given(PEOPLE, WORKS, LENGTHS)
def test_the_versions_wanted_serve_everyone_and_no_fewer_would(people, works, length) -> None:
    found = pacing(people, works, START, START + length)
    assert found.wanted * found.sharers >= people
    assert found.wanted == 0 or (found.wanted - 1) * found.sharers < people
    assert found.enough == (found.versions >= found.wanted)
    assert 1 <= found.sharers <= MOST_SHARERS
    if found.enough and people:
        assert found.per_version <= found.sharers
        assert found.spacing is None or found.spacing >= BREATH


@given(PEOPLE, WORKS, LENGTHS, st.integers(0, 500), st.timedeltas(timedelta(0), timedelta(days=3)))
def test_more_people_never_need_less_and_more_time_or_works_never_more(
    people, works, length, more, longer
) -> None:
    found = pacing(people, works, START, START + length)
    assert pacing(people + more, works, START, START + length).missing >= found.missing
    assert pacing(people, works + more, START, START + length).missing <= found.missing
    assert pacing(people, works, START, START + length + longer).wanted <= found.wanted


@given(PEOPLE, WORKS, LENGTHS)
def test_advice_has_no_place_for_who_posts_when(people, works, length) -> None:
    found = pacing(people, works, START, START + length)
    assert not any(isinstance(value, list | dict | set) for value in found)
    assert found.reasons is REASONS


@pytest.mark.parametrize(
    ("people", "works", "length", "words"),
    [(-1, 2, 60, "below zero"), (2, -1, 60, "below zero"), (2, 2, 0, "not after"), (2, 2, -5, "not after")],
)
def test_what_makes_no_sense_is_said(people: int, works: int, length: int, words: str) -> None:
    with pytest.raises(InputError, match=words):
        pacing(people, works, START, START + timedelta(minutes=length))
    with pytest.raises(InputError, match="above zero"):
        pacing(2, 2, START, START + timedelta(hours=1), most_sharers=0)
