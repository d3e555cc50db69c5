"""Preventive lists, exchanged between communities as keyed hashes, signed, and trusted step by step.

An identifier leaves only as HMAC-SHA-256 under a key that the two partners share: the list names nobody to
others. The list is signed with Ed25519. Whatever the level, an arrival that is on a list is at most put in
quarantine.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping
from enum import IntEnum
from typing import Any, NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from tractage.domain.errors import InputError
from tractage.domain.guard.decisions import Action

REASONS = ("raid", "spam", "scam", "harassment", "hate", "threat")
_FORMAT = "tractage-list-1"
_KEY = 32  # bytes, at least


class Trust(IntEnum):
    """How far a partner's list is followed; each starts at WATCH and is raised by a person."""

    WATCH = 0  # moderators see the match
    FLAG = 1  # the arrival is flagged
    QUARANTINE = 2  # the arrival waits for a person


class ListEntry(NamedTuple):
    """A known raider: hash of the identifier, class of reason, digest of the evidence, source, expiry in
    seconds."""

    member: str
    reason: str
    evidence: str
    source: str
    expires: float


class SharedList(NamedTuple):
    """A list as it was received, its signature verified."""

    source: str
    issued: float
    entries: Mapping[str, ListEntry]
    trust: Trust = Trust.WATCH


class ListMatch(NamedTuple):
    """A member found on a list, and what the trust in that list allows (None: only to watch)."""

    entry: ListEntry
    trust: Trust
    action: Action | None


def member_hash(member: str, key: bytes) -> str:
    """Return the keyed hash of an identifier.

    key: 32 bytes or more, shared by the two partners alone. Raises InputError on a shorter key.
    """
    if len(key) < _KEY:
        raise InputError(f"shared list: the key has {len(key)} bytes, expected {_KEY} or more")
    return hmac.new(key, member.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()


def list_entry(member: str, reason: str, evidence: str, source: str, expires: float, key: bytes) -> ListEntry:
    """Return the entry of a member; of the evidence, which stays at home, only the digest goes out.

    Raises InputError on a reason that is not one of `REASONS`.
    """
    if reason not in REASONS:
        raise InputError(f"shared list: reason {reason!r}, expected one of {', '.join(REASONS)}")
    return ListEntry(member_hash(member, key), reason, _digest(evidence), source, expires)


def sign_list(entries: Iterable[ListEntry], source: str, issued: float, key: Ed25519PrivateKey) -> bytes:
    """Return a list as bytes: one line of JSON, then its signature."""
    content = {
        "format": _FORMAT,
        "source": source,
        "issued": issued,
        "entries": [list(each) for each in entries],
    }
    body = json.dumps(content, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()
    return body + b"\n" + key.sign(body).hex().encode() + b"\n"


def read_list(data: bytes, keys: Mapping[str, Ed25519PublicKey], now: float) -> SharedList:
    """Read a partner's list, at the level WATCH; what has expired is left out.

    keys: the partners' public keys, by name. Raises InputError on a broken list, an unknown partner, a
    signature that does not match, or a list from the future.
    """
    body, _, rest = data.partition(b"\n")
    try:
        content = json.loads(body)
        signature = bytes.fromhex(rest.strip().decode("ascii"))
        source, issued = str(content["source"]), float(content["issued"])
        entries = [_entry(each) for each in content["entries"]]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise InputError(f"shared list: not a signed list: {error}") from None
    if content.get("format") != _FORMAT:
        raise InputError(f"shared list: format {content.get('format')!r}, expected {_FORMAT!r}")
    if source not in keys:
        raise InputError(f"shared list: {source!r} is not a partner whose key is known")
    try:
        keys[source].verify(signature, body)
    except InvalidSignature:
        raise InputError(f"shared list: the signature is not {source!r}'s") from None
    if issued > now + 3600:
        raise InputError(f"shared list: issued in the future ({issued:g})")
    return SharedList(source, issued, {each.member: each for each in entries if each.expires > now})


def trust_list(shared: SharedList, trust: Trust) -> SharedList:
    """Raise or lower the trust in a list by one level at most.

    Raises InputError on a jump of two levels.
    """
    if abs(trust - shared.trust) > 1:
        raise InputError(f"list of {shared.source!r}: from {shared.trust.name} one level at a time")
    return shared._replace(trust=trust)


def match_member(
    member: str, lists: Iterable[SharedList], keys: Mapping[str, bytes], now: float
) -> list[ListMatch]:
    """Return the entries that know a member, those of the most trusted lists first.

    keys: the key shared with each partner.
    """
    found = []
    for shared in lists:
        key = keys.get(shared.source)
        entry = shared.entries.get(member_hash(member, key)) if key else None
        if entry is not None and entry.expires > now:
            action = {Trust.FLAG: Action.FLAG, Trust.QUARANTINE: Action.QUARANTINE}.get(shared.trust)
            found.append(ListMatch(entry, shared.trust, action))
    return sorted(found, key=lambda match: -match.trust)


def _entry(value: Any) -> ListEntry:
    member, reason, evidence, source, expires = value
    if reason not in REASONS or not all(isinstance(part, str) for part in (member, evidence, source)):
        raise ValueError(f"an entry is not of the form {', '.join(ListEntry._fields)}")
    return ListEntry(member, reason, evidence, source, float(expires))


def _digest(evidence: str) -> str:
    return hashlib.sha256(evidence.encode("utf-8", "surrogatepass")).hexdigest()
