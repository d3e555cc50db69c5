"""Raids and surges, seeded; the whole measure is `benchmarks/guard_raids.py`."""

import pytest
from benchmarks.guard_raids import play
from hypothesis import given
from hypothesis import strategies as st

from tractage.domain.guard.arrivals import Newcomers, shape, stem
from tractage.domain.guard.decisions import Action
from tractage.domain.guard.events import Join, Post
from tractage.domain.guard.ladder import Ladder, Level
from tractage.domain.guard.patrol import Patrol
from tractage.domain.guard.raids import Alarm, RaidWatch, Surge
from tractage.domain.guard.rhythm import HOURS, Rhythm, negative_binomial_tail
from tractage.domain.guard.rules import Rules
from tractage.domain.guard.simulator import EVENING, RAIDS, Scene, quiet_day, raid, surge

DAY = 86400.0
NO_RULES = Rules("fr", (), (), ())


def bots(count: int, gap: float = 1.0) -> list[Join]:
    return [
        Join(EVENING + n * gap, f"r{n}", f"zorblax{n:04}", EVENING - 3 * DAY + n, avatar=False)
        for n in range(count)
    ]


def in_time(told: dict) -> bool:
    return told["alarm"] is not None and (told["after"] <= 5 or told["alarm"] <= 3)


def test_numbered_bots_raise_the_alarm_by_the_fifth() -> None:
    watch = RaidWatch()
    answers = [watch.see_join(join) for join in bots(5)]
    alarms = [n for n, answer in enumerate(answers, 1) if isinstance(answer, Alarm)]
    assert alarms
    assert alarms[0] <= 5
    alarm = answers[alarms[0] - 1]
    assert set(alarm.members) <= {f"r{n}" for n in range(5)}
    assert any("zorblax" in str(each.found) for each in alarm.evidence)


def test_friends_who_come_together_are_no_raid() -> None:
    watch = RaidWatch()
    friends = [
        Join(EVENING + n, f"f{n}", name, EVENING - 500 * DAY - n * 40 * DAY)
        for n, name in enumerate(("Léa", "tom.b", "nadiaK", "vroumette", "Hugo", "paulo33"))
    ]
    assert not any(isinstance(watch.see_join(join), Alarm) for join in friends)


def test_many_real_people_are_a_surge() -> None:
    told = [answer for event in surge(3).events if isinstance(event, Join) for answer in [event]]
    watch = RaidWatch()
    answers = [watch.see_join(join) for join in told]
    assert any(isinstance(answer, Surge) for answer in answers)
    assert not any(isinstance(answer, Alarm) for answer in answers)


def test_newcomers_who_say_the_same_are_a_raid_and_members_are_not() -> None:
    said = "Ce serveur est fini, venez tous par ici les amis"
    watch = RaidWatch()
    for n in range(4):
        watch.see_join(Join(EVENING + 4000 * n, f"s{n}", f"Nom{'abcd'[n] * 3}", EVENING - 900 * DAY))
    posts = [Post(EVENING + 20000 + n, f"p{n}", f"s{n}", said) for n in range(4)]
    assert isinstance([watch.see_post(post) for post in posts][-1], Alarm)
    old = RaidWatch()
    assert [old.see_post(post) for post in posts] == [None] * 4


def test_marks_of_names() -> None:
    assert stem("Zorblax_0042") == "zorblax"
    assert shape("zorblax0042") == shape("kuntrip9310") == "7a4d"
    assert shape("Léa38") == ""
    newcomers = Newcomers()
    names = [mark.name for join in bots(3) for mark in newcomers.marks(join)]
    assert {"same name stem", "same birthday", "no avatar", "account under a week"} <= set(names)


@pytest.mark.parametrize("kind", sorted(RAIDS))
def test_each_kind_of_raid_is_seen_in_time(kind: str) -> None:
    told = [play(raid(seed, kind), NO_RULES) for seed in range(500_000, 500_006)]
    assert sum(map(in_time, told)) >= 5
    assert all(each["level"] >= Level.GATE for each in told)


def test_surges_never_ban_and_never_close_the_gate() -> None:
    told = [play(surge(seed), NO_RULES) for seed in range(500_000, 500_012)]
    assert sum(each["bans"] for each in told) == 0
    assert max(each["level"] for each in told) <= Level.SLOW


@pytest.mark.long
def test_a_thousand_raids_and_surges() -> None:
    raids = [in_time(play(raid(seed), NO_RULES)) for seed in range(200_000, 201_000)]
    assert sum(raids) >= 990
    told = [play(surge(seed), NO_RULES) for seed in range(200_000, 201_000)]
    assert sum(each["bans"] for each in told) == 0


def test_a_quiet_day_stays_calm() -> None:
    told = play(quiet_day(1), NO_RULES)
    assert told["level"] is Level.CALM
    assert told["people held"] < 0.3


def test_the_guard_has_no_ban_to_give() -> None:
    assert "ban" not in {action.value for action in Action}


def test_the_simulator_is_seeded() -> None:
    assert raid(7) == raid(7)
    assert surge(7) != surge(8)
    scene: Scene = raid(7)
    assert list(scene.events) == sorted(scene.events, key=lambda event: event.t)


def test_the_ladder_goes_up_at_once_and_down_by_itself() -> None:
    ladder = Ladder()
    steps = ladder.raise_to(Level.LOCKDOWN, 100, "a raid", ())
    assert [(step.before, step.level) for step in steps] == [(Level.CALM, Level.LOCKDOWN)]
    assert ladder.raise_to(Level.GATE, 200, "less", ()) == []
    down = ladder.advance(1e9)
    assert [step.level for step in down] == [Level.GATE, Level.SLOW, Level.WATCH, Level.CALM]
    assert [step.t for step in down] == [700, 1600, 2200, 2800]
    assert all(step.why and step.evidence for step in down)
    assert ladder.level is Level.CALM


def test_new_evidence_holds_the_level_longer() -> None:
    ladder = Ladder()
    ladder.raise_to(Level.GATE, 0, "a raid", ())
    ladder.raise_to(Level.GATE, 800, "more", ())
    assert ladder.advance(1500) == []
    assert [step.t for step in ladder.advance(1800)] == [1700]


def test_a_raid_is_held_as_one_wave() -> None:
    patrol = Patrol(NO_RULES)
    decisions = [decision for join in bots(30, 0.1) for decision in patrol.see(join)]
    held = [decision for decision in decisions if decision.action is Action.QUARANTINE]
    members = [member for decision in held for member in decision.members]
    assert sorted(members) == sorted(set(members))
    assert set(members) == {f"r{n}" for n in range(30)}
    assert {decision.wave for decision in held} == {"wave-1"}
    assert patrol.level is Level.LOCKDOWN
    assert [decision.action for decision in patrol.settle()] == [Action.STEP] * 4
    assert patrol.level is Level.CALM


def test_the_rhythm_knows_the_busy_hours() -> None:
    week = HOURS * 3600
    joins = [w * week + 20 * 3600 + n for w in range(8) for n in range(0, 3600, 120)]
    rhythm = Rhythm(joins, 0, 8 * week)
    assert rhythm.expected(20 * 3600, 3600) > 10 * rhythm.expected(4 * 3600, 3600)
    assert rhythm.surprise(10, 4 * 3600, 600) > rhythm.surprise(10, 20 * 3600, 600)


@given(st.integers(1, 40), st.floats(0.5, 50), st.floats(0.5, 50), st.floats(0.01, 10))
def test_the_tail_of_the_negative_binomial(count: int, shape: float, hours: float, span: float) -> None:
    p = hours / (hours + span)
    below = term = p**shape
    for n in range(1, count):
        term *= (n - 1 + shape) / n * (1 - p)
        below += term
    assert 10 ** -negative_binomial_tail(count, shape, hours, span) == pytest.approx(
        1 - below, rel=1e-4, abs=1e-9
    )


def test_the_tail_becomes_that_of_poisson_for_a_rate_known_well() -> None:
    # Poisson of mean 0.5: P(N ≥ 3) = 0.014388.
    assert 10 ** -negative_binomial_tail(3, 0.5e6, 1e6, 1.0) == pytest.approx(0.014388, rel=1e-3)
