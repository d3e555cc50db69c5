"""The trend behind polls: laws that hold, made series whose level is known, and présidentielle 2022."""

import os
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.domain.elections.test_polls_facts import poll

from tractage.adapters.polls.sources import read_polls
from tractage.domain.elections.polls import Poll, Share, current_line_up, line_ups, missing_mentions
from tractage.domain.elections.polls_trend import trend
from tractage.domain.errors import InputError

RAW = Path(os.environ.get("TRACTAGE_RAW") or Path(__file__).parents[4] / "shared/data") / "polls"
RESULT_2022 = {  # official shares of valid votes, round 1, in points
    "Emmanuel Macron": 27.85,
    "Marine Le Pen": 23.15,
    "Jean-Luc Mélenchon": 21.95,
    "Eric Zemmour": 7.07,
    "Valérie Pécresse": 4.78,
    "Yannick Jadot": 4.63,
    "Jean Lassalle": 3.13,
    "Fabien Roussel": 2.28,
    "Nicolas Dupont-Aignan": 2.06,
    "Anne Hidalgo": 1.75,
    "Philippe Poutou": 0.77,
    "Nathalie Arthaud": 0.56,
}


def series(seed: int, polls: int = 60, lean: float = 2.0, noise: float = 1.0) -> list[Poll]:
    """Polls of a level that climbs from 30 to 36, one house of three leaning by `lean` points."""
    rng = np.random.default_rng(seed)
    made = []
    for number in range(polls):
        house = ("Un", "Deux", "Trois")[number % 3]
        level = 30 + 6 * number / polls + (lean if house == "Trois" else 0)
        first = float(np.clip(level + noise * 1.4 * rng.normal(), 1, 99))
        made.append(poll(number, house, Alix=first, Béa=100 - first))
    return made


def test_the_level_follows_the_polls_and_the_house_is_found() -> None:
    found = trend(series(1))
    leader = next(c for c in found.candidates if c.candidate == "Alix")
    assert leader.level == pytest.approx(36 + 2 / 3, abs=1.0)
    assert leader.houses["Trois"] > 0.6
    assert leader.houses["Trois"] == max(leader.houses.values())
    assert leader.low < leader.level < leader.high
    assert leader.high - leader.low > 2 * 1.96 * leader.systematic


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000), st.integers(3, 25))
def test_levels_and_houses_keep_their_sums(seed: int, count: int) -> None:
    found = trend(series(seed, count))
    assert sum(c.level for c in found.candidates) == pytest.approx(100, abs=1e-6)
    for candidate in found.candidates:
        assert sum(candidate.houses.values()) == pytest.approx(0, abs=1e-9)
        assert 0 <= candidate.low <= candidate.high <= 100
        assert candidate.path[-1].level == pytest.approx(candidate.level, abs=1e-9)


def test_names_do_not_matter() -> None:
    made = series(3, 20)
    swap = {"Alix": "Zoé", "Béa": "Ada"}
    renamed = [
        replace(p, shares=tuple(s._replace(candidate=swap[s.candidate]) for s in p.shares)) for p in made
    ]
    first = {c.candidate: c.level for c in trend(made).candidates}
    second = {c.candidate: c.level for c in trend(renamed).candidates}
    assert {swap[name]: level for name, level in first.items()} == pytest.approx(second)


def test_nothing_after_the_last_day_is_known() -> None:
    made = series(5, 40)
    day = made[19].end
    early = trend(made, day)
    assert early.polls == trend(made[:20]).polls
    assert early.candidates == trend(made[:20], day).candidates
    assert early.until == day


def test_silence_widens_the_level() -> None:
    made = series(6, 20)
    later = trend(made, made[-1].end + timedelta(days=30))
    assert later.candidates[0].error > trend(made).candidates[0].error


def test_bigger_polls_weigh_more() -> None:
    made = series(7, 12, lean=0, noise=0)
    last = replace(
        made[-1], end=made[-1].end, shares=(Share("Alix", 45, None, None), Share("Béa", 55, None, None))
    )
    small = trend([*made[:-1], replace(last, sample=200)])
    large = trend([*made[:-1], replace(last, sample=20_000)])
    levels = [next(c.level for c in t.candidates if c.candidate == "Alix") for t in (small, large)]
    assert levels[1] > levels[0]


@pytest.mark.parametrize("count", [0, 2])
def test_fewer_than_three_polls_are_refused(count: int) -> None:
    with pytest.raises(InputError, match=f"{count} polls without shared interviews; expected at least 3"):
        trend(series(1, 9)[:count])


def test_two_line_ups_are_refused() -> None:
    with pytest.raises(InputError, match="several line-ups"):
        trend([*series(1, 4), poll(3)])


def test_a_made_campaign_ends_inside_its_band() -> None:
    inside = 0
    for seed in range(20):
        rng = np.random.default_rng(seed)
        level, made = 30.0, []
        for number in range(40):
            level += 0.3 * rng.normal()
            share = level + 1.3 * rng.normal()
            made.append(poll(number, ("Un", "Deux")[number % 2], Alix=share, Béa=100 - share))
        last = next(c for c in trend(made).candidates if c.candidate == "Alix")
        inside += abs(last.level - level) < 1.96 * last.error
    assert inside >= 16


@pytest.mark.skipif(not RAW.is_dir(), reason="needs the poll tables (TRACTAGE_RAW)")
def test_presidentielle_2022_against_the_result() -> None:
    polls = [p for p in read_polls(RAW / "nsppolls_presidentielle_2022.csv").polls if not missing_mentions(p)]
    line_up = current_line_up(polls)
    assert line_up is not None
    assert line_up.candidates == frozenset(RESULT_2022)
    found = trend(line_ups(polls)[line_up], date(2022, 4, 8))
    misses = [abs(c.level - RESULT_2022[c.candidate]) for c in found.candidates]
    inside = [c.low <= RESULT_2022[c.candidate] <= c.high for c in found.candidates]
    assert np.mean(misses) <= 1.15
    assert sum(inside) >= 11  # of 12
