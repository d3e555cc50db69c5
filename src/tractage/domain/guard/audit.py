"""The audit log: append-only, chained by hashes, with personal data that can expire without breaking the
chain.

Each entry's hash covers everything but the personal data itself; of that it covers a salted commitment.
Dropping the data and its salt on the day leaves a chain that still verifies, and nothing to guess the data
from.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from tractage.domain.errors import InputError

GENESIS = "0" * 64
_SALT = 16  # bytes, at least


class Entry(NamedTuple):
    """One line of the log. at, expires: seconds; personal, salt: None once they have expired."""

    number: int
    at: float
    actor: str
    action: str
    subject: str
    facts: str
    commitment: str
    expires: float | None
    before: str
    hash: str
    personal: str | None
    salt: str | None


class Anchor(NamedTuple):
    """What is kept outside the log to notice that its end was cut off."""

    length: int
    hash: str


class Fault(NamedTuple):
    """A place where the log is not what was written."""

    number: int
    what: str


def append_entry(
    log: Sequence[Entry],
    *,
    at: float,
    actor: str,
    action: str,
    subject: str,
    facts: Mapping[str, Any],
    personal: Mapping[str, Any] | None = None,
    salt: bytes = b"",
    expires: float | None = None,
) -> Entry:
    """Return the entry that follows a log; see `next_entry`."""
    return next_entry(
        log[-1] if log else None,
        at=at,
        actor=actor,
        action=action,
        subject=subject,
        facts=facts,
        personal=personal,
        salt=salt,
        expires=expires,
    )


def next_entry(
    last: Entry | None,
    *,
    at: float,
    actor: str,
    action: str,
    subject: str,
    facts: Mapping[str, Any],
    personal: Mapping[str, Any] | None = None,
    salt: bytes = b"",
    expires: float | None = None,
) -> Entry:
    """Return the entry that follows the last one of a log (None: the log is empty).

    at, expires: seconds; facts: what stays; personal: what expires, with a fresh random salt of 16 bytes or
    more. Raises InputError where personal data has no salt or no expiry, or time goes back.
    """
    if personal is not None and (len(salt) < _SALT or expires is None):
        raise InputError(f"audit {action}: personal data needs a salt of {_SALT} bytes and a day of expiry")
    if last and at < last.at:
        raise InputError(f"audit {action}: time goes back, from {last.at:g} to {at:g}")
    written = None if personal is None else _canonical(personal)
    commitment = "" if written is None else _commit(written, salt)
    before = last.hash if last else GENESIS
    entry = Entry(
        last.number + 1 if last else 0,
        at,
        actor,
        action,
        subject,
        _canonical(facts),
        commitment,
        expires if personal is not None else None,
        before,
        "",
        written,
        None if written is None else salt.hex(),
    )
    return entry._replace(hash=_hash(entry))


def expire_personal(log: Iterable[Entry], now: float) -> list[Entry]:
    """Return the log without the personal data whose day has come."""
    return [
        entry._replace(personal=None, salt=None)
        if entry.expires is not None and entry.expires <= now
        else entry
        for entry in log
    ]


def anchor(log: Sequence[Entry]) -> Anchor:
    """Return what to keep elsewhere about the end of a log."""
    return Anchor(len(log), log[-1].hash if log else GENESIS)


def verify(log: Iterable[Entry], now: float, end: Anchor | None = None) -> list[Fault]:
    """Return the faults of a log, none if it is as it was written.

    log: from its first entry on, read once; now: seconds, to tell data that has expired from data that was
    taken away; end: an anchor kept elsewhere, which must still be in the log.
    """
    faults = []
    before = GENESIS
    length, anchored = 0, end is None or end.length == 0
    for number, entry in enumerate(log):
        if entry.number != number:
            faults.append(Fault(number, f"numbered {entry.number}"))
        if entry.before != before:
            faults.append(Fault(number, "does not follow the entry before"))
        if _hash(entry) != entry.hash:
            faults.append(Fault(number, "changed"))
        faults += [Fault(number, what) for what in _personal_faults(entry, now)]
        before, length = entry.hash, number + 1
        anchored = anchored or (end is not None and length == end.length and entry.hash == end.hash)
    if end and not anchored:
        faults.append(Fault(end.length - 1, "missing or changed since the anchor"))
    return faults


def _personal_faults(entry: Entry, now: float) -> list[str]:
    if not entry.commitment:
        whole = entry.personal is None and entry.salt is None
        return [] if whole else ["personal data without commitment"]
    if entry.personal is None or entry.salt is None:
        gone = entry.expires is not None and entry.expires <= now
        whole = entry.personal is None and entry.salt is None
        return [] if gone and whole else ["personal data missing before its day"]
    try:
        salt = bytes.fromhex(entry.salt)
    except ValueError:
        return ["salt changed"]
    if salt.hex() != entry.salt or _commit(entry.personal, salt) != entry.commitment:
        return ["personal data changed"]
    return []


def _canonical(value: Mapping[str, Any]) -> str:
    try:
        return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)
    except (TypeError, ValueError) as error:
        raise InputError(f"audit: facts must be plain JSON: {error}") from None


def _commit(written: str, salt: bytes) -> str:
    return hmac.new(salt, written.encode(), hashlib.sha256).hexdigest()


def _hash(entry: Entry) -> str:
    kept = [repr(field) for field in entry[:9]]
    return hashlib.sha256("\x1f".join(kept).encode("utf-8", "surrogatepass")).hexdigest()
