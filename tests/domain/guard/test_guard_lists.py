"""Lists shared with partner communities: keyed, signed, watched first."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from tractage.domain.errors import InputError
from tractage.domain.guard.decisions import Action
from tractage.domain.guard.shared_lists import (
    SharedList,
    Trust,
    list_entry,
    match_member,
    member_hash,
    read_list,
    sign_list,
    trust_list,
)

KEY = bytes(range(32))
SIGNER = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
PARTNERS = {"partner": SIGNER.public_key()}


def signed(*members: str, expires: float = 1000.0, source: str = "partner") -> bytes:
    entries = [list_entry(member, "raid", "capture 12", source, expires, KEY) for member in members]
    return sign_list(entries, source, 10.0, SIGNER)


def received(*members: str) -> SharedList:
    return read_list(signed(*members), PARTNERS, now=20)


def test_a_list_names_nobody_and_starts_watched() -> None:
    data = signed("123456789", "42")
    assert b"123456789" not in data
    assert b"capture" not in data
    shared = read_list(data, PARTNERS, now=20)
    assert shared.trust is Trust.WATCH
    assert member_hash("42", KEY) in shared.entries


def test_trust_rises_one_level_at_a_time_and_never_bans() -> None:
    shared = received("42")
    actions = []
    for trust in Trust:
        shared = trust_list(shared, trust)
        actions.append(match_member("42", [shared], {"partner": KEY}, now=20)[0].action)
    assert actions == [None, Action.FLAG, Action.QUARANTINE]
    with pytest.raises(InputError, match="one level at a time"):
        trust_list(received("42"), Trust.QUARANTINE)


def test_only_the_right_key_finds_a_member() -> None:
    shared = received("42")
    assert match_member("43", [shared], {"partner": KEY}, now=20) == []
    assert match_member("42", [shared], {"partner": bytes(32)}, now=20) == []
    assert match_member("42", [shared], {}, now=20) == []


def test_entries_expire() -> None:
    assert read_list(signed("42", expires=15), PARTNERS, now=20).entries == {}
    assert match_member("42", [received("42")], {"partner": KEY}, now=2000) == []


@given(st.data())
def test_a_changed_list_is_refused(data: st.DataObject) -> None:
    good = signed("42")
    place = data.draw(st.integers(0, len(good) - 2))
    byte = data.draw(st.integers(0, 255))
    bad = good[:place] + bytes([byte]) + good[place + 1 :]
    if bad.strip().lower() == good.strip().lower():
        return
    with pytest.raises(InputError):
        read_list(bad, PARTNERS, now=20)


@pytest.mark.parametrize("data", [b"", b"{}", b"[]\n00", b"\xff\n", b"null\nzz"])
def test_nonsense_is_refused_in_one_line(data: bytes) -> None:
    with pytest.raises(InputError, match="not a signed list"):
        read_list(data, PARTNERS, now=20)


def test_an_unknown_partner_a_future_list_and_a_weak_key_are_refused() -> None:
    with pytest.raises(InputError, match="not a partner"):
        read_list(signed("42", source="other"), PARTNERS, now=20)
    with pytest.raises(InputError, match="future"):
        read_list(signed("42"), PARTNERS, now=-9999)
    with pytest.raises(InputError, match="32 or more"):
        member_hash("42", b"short")
    with pytest.raises(InputError, match="reason 'because'"):
        list_entry("42", "because", "x", "partner", 1.0, KEY)
