"""Sanctions: two persons, appeals by a third, exact undoing."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tractage.domain.errors import InputError
from tractage.domain.guard.appeals import Outcome, appeal_sanction, decide_appeal
from tractage.domain.guard.decisions import Evidence
from tractage.domain.guard.sanctions import (
    CONFIRM_WITHIN,
    Kind,
    MemberState,
    Sanction,
    Standing,
    community_state,
    confirm_sanction,
    lapse_unconfirmed,
    member_state,
    propose_sanction,
    undo_sanction,
    undo_wave,
)

WHY = (Evidence("message", "m1"),)
DAN = MemberState(frozenset({"graphiste", "référent"}), "Dan")


def sanction(kind: Kind = Kind.MUTE, **changes) -> Sanction:
    said = {"article": "3", "evidence": WHY, "by": "chloe", "at": 10.0, **changes}
    return propose_sanction("s1", "dan", kind, **said)


def test_a_ban_waits_for_a_second_person() -> None:
    ban = sanction(Kind.BAN)
    assert ban.standing is Standing.PROPOSED
    assert member_state(DAN, [ban], 20) == DAN
    confirmed = confirm_sanction(ban, "alice")
    assert confirmed.deciders == {"chloe", "alice"}
    assert member_state(DAN, [confirmed], 20).banned


@pytest.mark.parametrize("by", ["chloe", "dan", ""])
def test_the_second_person_is_another(by: str) -> None:
    with pytest.raises(InputError, match="a second person"):
        confirm_sanction(sanction(Kind.BAN), by)


def test_an_emergency_ban_holds_and_lapses_if_nobody_confirms_it() -> None:
    ban = sanction(Kind.BAN, emergency=True)
    assert ban.standing is Standing.IN_FORCE
    assert lapse_unconfirmed(ban, 10 + CONFIRM_WITHIN) == ban
    assert lapse_unconfirmed(ban, 11 + CONFIRM_WITHIN).standing is Standing.UNDONE
    confirmed = confirm_sanction(ban, "alice")
    assert lapse_unconfirmed(confirmed, 1e9) == confirmed


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"article": " "}, "article"),
        ({"evidence": ()}, "evidence"),
        ({"by": "dan"}, "other than the member"),
        ({"until": 5.0}, "end"),
        ({"kind": Kind.RENAME}, "name"),
    ],
)
def test_what_a_sanction_must_say(changes: dict, said: str) -> None:
    with pytest.raises(InputError, match=said):
        sanction(**changes)


def test_nothing_but_a_ban_is_confirmed() -> None:
    with pytest.raises(InputError, match="nothing to confirm"):
        confirm_sanction(sanction(Kind.MUTE), "alice")


def test_a_sanction_ends_by_itself() -> None:
    mute = sanction(until=60.0)
    assert [member_state(DAN, [mute], t).muted for t in (5, 10, 59, 60)] == [False, True, True, False]


def test_an_appeal_is_answered_by_a_person_who_did_not_decide() -> None:
    ban = confirm_sanction(sanction(Kind.BAN), "alice")
    appeal = appeal_sanction(ban, "dan", "Ce n'était pas moi", 30)
    for by in ("chloe", "alice", "dan", ""):
        with pytest.raises(InputError, match="did not decide"):
            decide_appeal(ban, appeal, by, overturn=True, reason="erreur")
    undone, answered = decide_appeal(ban, appeal, "bob", overturn=True, reason="erreur")
    assert (undone.standing, answered.outcome) == (Standing.UNDONE, Outcome.OVERTURNED)
    kept, upheld = decide_appeal(ban, appeal, "bob", overturn=False, reason="avéré")
    assert (kept, upheld.outcome) == (ban, Outcome.UPHELD)
    with pytest.raises(InputError, match="was decided by 'bob'"):
        decide_appeal(ban, answered, "emma", overturn=False, reason="avéré")


def test_only_the_member_appeals_and_says_something() -> None:
    with pytest.raises(InputError, match="only 'dan'"):
        appeal_sanction(sanction(), "bob", "non", 20)
    with pytest.raises(InputError, match="says nothing"):
        appeal_sanction(sanction(), "dan", " ", 20)
    with pytest.raises(InputError, match="nothing to appeal"):
        appeal_sanction(undo_sanction(sanction()), "dan", "non", 20)
    with pytest.raises(InputError, match="needs a reason"):
        decide_appeal(
            sanction(), appeal_sanction(sanction(), "dan", "non", 20), "bob", overturn=True, reason=""
        )


members = st.integers(0, 999).map(lambda n: f"m{n}")
kinds = st.sampled_from(Kind)


@st.composite
def histories(draw) -> tuple[dict[str, MemberState], list[Sanction]]:
    """A thousand members, some sanctioned for good reasons, and a wave of wrong bans taken among them."""
    roles = draw(st.lists(st.frozensets(st.sampled_from("abcdef"), max_size=4), min_size=5, max_size=5))
    own = {f"m{n}": MemberState(roles[n % 5], f"nom {n}") for n in range(1000)}
    wrong = [_made(f"w{n}", f"m{n}", Kind.BAN, 100.0, "wave-1") for n in range(1000)]
    rightly = draw(st.lists(st.tuples(members, kinds, st.floats(0, 300)), max_size=30))
    right = [_made(f"r{n}", member, kind, at, "") for n, (member, kind, at) in enumerate(rightly)]
    place = draw(st.integers(0, len(right)))
    return own, [*right[:place], *wrong, *right[place:]]


def _made(name: str, member: str, kind: Kind, at: float, wave: str) -> Sanction:
    return propose_sanction(
        name,
        member,
        kind,
        article="1",
        evidence=WHY,
        by="chloe",
        at=at,
        emergency=True,
        name="renommé",
        wave=wave,
    )


@given(histories())
@settings(max_examples=25, deadline=None)
def test_a_wave_of_a_thousand_wrong_bans_is_undone_exactly(
    history: tuple[dict[str, MemberState], list[Sanction]],
) -> None:
    own, sanctions = history
    without = [each for each in sanctions if not each.wave]
    before = community_state(own, without, 1000)
    during = community_state(own, sanctions, 1000)
    assert sum(state.banned for state in during.values()) == 1000
    undone = undo_wave(sanctions, "wave-1")
    assert community_state(own, undone, 1000) == before
    assert undo_wave(undone, "wave-1") == undone
    assert [each for each in undone if not each.wave] == without


@given(st.lists(st.tuples(kinds, st.floats(0, 100)), min_size=1, max_size=8), st.data())
def test_undoing_one_leaves_the_others(taken: list[tuple[Kind, float]], data: st.DataObject) -> None:
    sanctions = [_made(f"s{n}", "dan", kind, at, "") for n, (kind, at) in enumerate(taken)]
    which = data.draw(st.integers(0, len(sanctions) - 1))
    undone = [undo_sanction(each) if n == which else each for n, each in enumerate(sanctions)]
    others = [each for n, each in enumerate(sanctions) if n != which]
    assert member_state(DAN, undone, 200) == member_state(DAN, others, 200)
