"""The gate and known pictures."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tractage.domain.errors import InputError
from tractage.domain.guard.decisions import Action
from tractage.domain.guard.events import Join, Post
from tractage.domain.guard.gate import GateRules, judge_arrival
from tractage.domain.guard.ladder import Level
from tractage.domain.guard.patrol import Patrol
from tractage.domain.guard.pictures import OWN, KnownPicture, hamming, match_picture
from tractage.domain.guard.rules import Rules
from tractage.domain.guard.shared_lists import SharedList, Trust, list_entry
from tractage.domain.guard.words import WordGuard

RULES = GateRules(least_age=600, least_age_without_avatar=3600)
PRINT = bytes(range(32))


def arrival(age: float | None = 1e7, *, avatar: bool = True, name: str = "Léa") -> Join:
    return Join(1e9, "m", name, None if age is None else 1e9 - age, avatar)


def test_who_waits() -> None:
    assert judge_arrival(arrival(), RULES).action is None
    assert judge_arrival(arrival(300), RULES).action is Action.QUARANTINE
    assert judge_arrival(arrival(1800), RULES).action is None
    assert judge_arrival(arrival(1800, avatar=False), RULES).action is Action.QUARANTINE
    assert judge_arrival(arrival(None), RULES).action is None
    assert judge_arrival(arrival(), RULES, Level.GATE).action is Action.QUARANTINE


@given(st.one_of(st.none(), st.floats(0, 1e9)), st.booleans(), st.sampled_from(Level))
def test_an_age_never_leads_beyond_quarantine_and_always_says_why(
    age: float | None, avatar: bool, level: Level
) -> None:
    admission = judge_arrival(arrival(age, avatar=avatar), RULES, level)
    assert admission.action in (None, Action.QUARANTINE)
    assert bool(admission.evidence) == (admission.action is not None)


def test_an_older_account_is_never_treated_worse() -> None:
    held = [
        judge_arrival(arrival(age, avatar=False), RULES).action is not None for age in range(0, 8000, 100)
    ]
    assert held == sorted(held, reverse=True)


def test_an_insulting_name_waits(words: WordGuard) -> None:
    admission = judge_arrival(arrival(name="c0nn4rd"), RULES, name_findings=words.read("c0nn4rd"))
    assert admission.action is Action.QUARANTINE
    assert admission.evidence[0].found == "c0nn4rd"


@pytest.mark.parametrize(
    ("trust", "action"),
    [(Trust.WATCH, Action.FLAG), (Trust.FLAG, Action.FLAG), (Trust.QUARANTINE, Action.QUARANTINE)],
)
def test_a_shared_list_holds_only_where_it_is_trusted(trust: Trust, action: Action) -> None:
    key = bytes(32)
    entry = list_entry("m", "raid", "proof", "partner", 2e9, key)
    shared = SharedList("partner", 0.0, {entry.member: entry}, trust)
    patrol = Patrol(Rules("fr", (), (), ()), lists=[shared], list_keys={"partner": key})
    decisions = patrol.see(arrival())
    assert [(each.rule, each.action) for each in decisions] == [("gate", action)]
    assert decisions[0].evidence[0].found == "partner: raid"
    assert patrol.see(arrival()._replace(member="n")) == []


def test_distances() -> None:
    assert hamming(b"\x00", b"\x0f") == 4
    assert hamming(PRINT, PRINT) == 0
    assert hamming(b"\x00" * 32, b"\x00" * 16) > 31


def test_a_known_picture_is_removed_and_a_partners_only_flagged() -> None:
    near = bytes([PRINT[0] ^ 3, *PRINT[1:]])
    own = match_picture(near, [KnownPicture(PRINT, "hate")])
    assert own is not None
    assert (own.action, own.distance) == (Action.REMOVE, 2)
    shared = match_picture(near, [KnownPicture(PRINT, "hate", "partner", Action.QUARANTINE)])
    assert shared is not None
    assert shared.action is Action.FLAG
    assert match_picture(bytes(32), [KnownPicture(PRINT, "hate")]) is None


def test_at_the_same_distance_our_own_picture_decides() -> None:
    known = [KnownPicture(PRINT, "x", "partner"), KnownPicture(PRINT, "y", OWN)]
    match = match_picture(PRINT, known)
    assert match is not None
    assert match.known.source == OWN


def test_an_empty_fingerprint_is_refused() -> None:
    with pytest.raises(InputError, match="empty"):
        match_picture(b"", [])


def test_the_patrol_uses_the_known_pictures() -> None:
    patrol = Patrol(Rules("fr", (), (), ()), pictures=[KnownPicture(PRINT, "hate")])
    decisions = patrol.see(Post(0, "p", "dan", "", pictures=(PRINT,)))
    assert [(each.rule, each.action, each.messages) for each in decisions] == [
        ("known-picture", Action.REMOVE, ("p",))
    ]
