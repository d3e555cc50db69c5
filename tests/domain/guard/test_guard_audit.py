"""The audit log: any changed byte is found, personal data expires without breaking the chain."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tractage.domain.errors import InputError
from tractage.domain.guard.audit import Entry, anchor, append_entry, expire_personal, verify

SALT = bytes(range(16))


def written(length: int = 6) -> list[Entry]:
    log: list[Entry] = []
    for n in range(length):
        personal = {"name": f"Dan {n}"} if n % 2 else None
        entry = append_entry(
            log,
            at=float(n),
            actor="chloe",
            action="mute",
            subject=f"m{n}",
            facts={"article": n, "texte": "é"},
            personal=personal,
            salt=SALT if personal else b"",
            expires=100.0 + n if personal else None,
        )
        log.append(entry)
    return log


def test_a_log_verifies() -> None:
    log = written()
    assert verify(log, now=50) == []
    assert verify([], now=50, end=anchor([])) == []
    assert verify(log, now=50, end=anchor(log)) == []


def test_personal_data_expires_on_its_day_and_the_chain_holds() -> None:
    log = written()
    later = expire_personal(log, now=103)
    assert [entry.personal for entry in later] == [None, None, None, None, None, '{"name":"Dan 5"}']
    assert later[1].salt is None
    assert verify(later, now=103) == []
    assert [entry.hash for entry in later] == [entry.hash for entry in log]


def test_personal_data_taken_away_too_early_is_found() -> None:
    log = written()
    log[1] = log[1]._replace(personal=None, salt=None)
    assert [fault.number for fault in verify(log, now=50)] == [1]


@given(st.integers(0, 5), st.data())
def test_any_changed_field_is_found(number: int, data: st.DataObject) -> None:
    log = written()
    entry = log[number]
    field = data.draw(st.sampled_from(Entry._fields))
    old = getattr(entry, field)
    if isinstance(old, str):
        place = data.draw(st.integers(0, len(old)))
        new: object = old[:place] + data.draw(st.characters()) + old[place + data.draw(st.integers(0, 1)) :]
    elif old is None:
        new = data.draw(st.sampled_from(["", "x", 1.0]))
    else:
        new = data.draw(st.one_of(st.none(), st.integers(-5, 300), st.floats(allow_nan=False)))
    log[number] = entry._replace(**{field: new})
    assert bool(verify(log, now=50)) == (repr(new) != repr(old))


@given(st.permutations(range(6)))
def test_any_other_order_is_found(order: list[int]) -> None:
    log = written()
    moved = [log[n] for n in order]
    assert bool(verify(moved, now=50)) == (moved != log)


def test_an_entry_taken_out_or_a_cut_end_is_found() -> None:
    log = written()
    assert verify(log[:2] + log[3:], now=50)
    assert verify(log[:4], now=50) == []
    assert verify(log[:4], now=50, end=anchor(log))
    rewritten = [*log[:4], append_entry(log[:4], at=9.0, actor="x", action="y", subject="z", facts={})]
    assert verify(rewritten, now=50) == []
    assert verify(rewritten, now=50, end=anchor(log[:5]))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"personal": {"a": 1}, "salt": b"short", "expires": 9.0}, "salt of 16 bytes"),
        ({"personal": {"a": 1}, "salt": SALT}, "day of expiry"),
        ({"at": -1.0}, "time goes back"),
        ({"facts": {"a": {1, 2}}}, "plain JSON"),
    ],
)
def test_what_an_entry_must_be(changes: dict, said: str) -> None:
    fields = {"at": 9.0, "actor": "a", "action": "b", "subject": "c", "facts": {}, **changes}
    with pytest.raises(InputError, match=said):
        append_entry(written(), **fields)
