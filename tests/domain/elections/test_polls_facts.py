"""Polls as facts: line-ups, mentions, rolling series."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest

from tractage.domain.elections.polls import (
    Poll,
    Share,
    current_line_up,
    line_ups,
    mentions,
    missing_mentions,
    without_shared_interviews,
)
from tractage.domain.elections.polls_errors import past_errors, systematic_error

FIRST = date(2027, 3, 1)


def poll(number: int, institute: str = "Un", rolling: bool = False, days: int = 3, **shares: float) -> Poll:
    end = FIRST + timedelta(days=number)
    given = shares or {"Alix": 40.0, "Béa": 35.0, "Chloé": 25.0}
    return Poll(
        f"{institute}-{number}",
        institute,
        "Un journal",
        end - timedelta(days=days - 1),
        end,
        1000,
        None,
        "inscrits",
        rolling,
        1,
        tuple(Share(name, share, None, None) for name, share in given.items()),
    )


def test_polls_compare_only_within_one_line_up() -> None:
    other = poll(2, Alix=60.0, Béa=40.0)
    groups = line_ups([poll(3), other, poll(1)])
    assert [len(group) for group in groups.values()] == [2, 1]
    assert [p.id for p in next(iter(groups.values()))] == ["Un-1", "Un-3"]
    assert other.line_up.id != poll(1).line_up.id
    assert poll(1).line_up.id == replace(poll(9), shares=poll(9).shares[::-1]).line_up.id


def test_the_line_up_of_the_day_is_the_one_most_asked_of_late() -> None:
    old = [poll(number) for number in range(5)]
    new = [poll(number, Alix=60.0, Béa=40.0) for number in (70, 80)]
    assert current_line_up([*old, *new]) == new[0].line_up
    assert current_line_up(old, round_number=2) is None


def test_rolling_polls_count_each_interview_once() -> None:
    daily = [poll(number, rolling=True, days=3) for number in range(10)]
    kept = without_shared_interviews([*daily, poll(4, "Deux"), poll(5)])
    rolling = [p for p in kept if p.rolling]
    assert [p.end.day for p in rolling] == [1, 4, 7, 10]
    assert all(a.end < b.start for a, b in pairwise(rolling))
    assert len(kept) == len(rolling) + 2


def test_the_mentions_of_the_law_stand_beside_the_figures() -> None:
    said = mentions(poll(1))
    assert (said.institute, said.sponsor, said.sample) == ("Un", "Un journal", 1000)
    assert said.margin == pytest.approx(1.96 * (0.4 * 0.6 / 1000) ** 0.5 * 100)
    assert missing_mentions(poll(1)) == ()


@pytest.mark.parametrize(
    ("change", "missing"),
    [
        ({"sponsor": " "}, ("sponsor",)),
        ({"institute": ""}, ("institute",)),
        ({"sample": 0}, ("sample", "margin")),
        ({"start": date(2028, 1, 1)}, ("dates",)),
    ],
)
def test_a_lacking_mention_is_named(change: dict, missing: tuple[str, ...]) -> None:
    assert missing_mentions(replace(poll(1), **change)) == missing


def test_the_margin_is_the_institutes_own_when_it_gives_one() -> None:
    own = replace(poll(1), shares=(Share("Alix", 40.0, 37.0, 43.0), Share("Béa", 60.0, 57.0, 63.0)))
    assert own.margin("Alix") == 3.0
    assert own.interviews == pytest.approx(1.96**2 * 2400 / 9)
    assert replace(own, counted=800.0).interviews == 800.0


def test_the_systematic_error_comes_from_other_elections() -> None:
    assert {row.year for row in past_errors()} == {1981, 1988, 1995, 2002, 2007, 2012, 2017}
    assert systematic_error(20) == pytest.approx(2.18, abs=0.005)
    assert systematic_error(50) == systematic_error(10) > systematic_error(5) > systematic_error(0) == 0.0
    assert all(10 < row.result < 40 for row in past_errors())
