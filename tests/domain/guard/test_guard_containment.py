"""Containment of a wave: fast enough, within the limits, exactly once whatever happens."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tractage.domain.guard.containment import LIMITS, LOT, RateLimiter, State, plan_containment
from tractage.domain.guard.model_server import ModelServer, contain
from tractage.domain.guard.windows import Rate

RAIDERS = [f"r{n}" for n in range(1000)]


def test_a_plan_closes_the_door_first_and_names_each_once() -> None:
    calls = plan_containment("w", [*RAIDERS, *RAIDERS[:5]])
    assert calls[0].route == "close"
    assert [len(call.members) for call in calls[1:]] == [LOT] * 5
    assert len({call.id for call in calls}) == len(calls)


def test_a_thousand_raiders_in_fifteen_modelled_seconds() -> None:
    for seed in range(50):
        run = contain(plan_containment("w", RAIDERS), ModelServer(seed))
        assert run.seconds <= 15
        assert run.refused == 0
        assert set(run.bans) == set(RAIDERS)
        assert set(run.bans.values()) == {1}


@given(st.integers(0, 10**9), st.floats(0, 0.6), st.integers(1, 1000))
@settings(max_examples=150, deadline=None)
def test_exactly_once_across_crashes(seed: int, crash: float, count: int) -> None:
    run = contain(plan_containment("w", RAIDERS[:count]), ModelServer(seed), crash=crash)
    assert set(run.bans) == set(RAIDERS[:count])
    assert set(run.bans.values()) == {1}


def test_a_stricter_server_only_makes_it_slower() -> None:
    strict = {**LIMITS, "ban": Rate(1, 5.0)}
    run = contain(plan_containment("w", RAIDERS), ModelServer(1, strict))
    assert run.refused > 0
    assert set(run.bans.values()) == {1}


@given(st.lists(st.floats(0, 5), min_size=1, max_size=60))
def test_the_limiter_never_lets_more_through_than_the_rate(gaps: list[float]) -> None:
    limiter = RateLimiter({"global": Rate(50, 1.0), "ban": Rate(3, 2.0)})
    t, made = 0.0, []
    for gap in gaps:
        t += gap
        t += limiter.wait("ban", t)
        limiter.take("ban", t)
        made.append(t)
    assert all(later - earlier >= 2.0 - 1e-9 for earlier, later in zip(made, made[3:], strict=False))


def test_a_finished_journal_leaves_nothing_to_do() -> None:
    from tractage.domain.guard.containment import Containment, Record

    calls = plan_containment("w", RAIDERS)
    machine = Containment(calls, [Record(call.id, State.DONE) for call in calls])
    assert machine.next_turn(0.0).call is None
