"""Sanctions: who decided, why, on what evidence, for how long; confirmation, appeal and exact undoing.

A member's state is what they had of themselves plus the sanctions in force, never a saved copy: undoing one
sanction, or one wave, leaves everything else as if it had never been.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import NamedTuple

from tractage.domain.errors import InputError
from tractage.domain.guard.decisions import Evidence

CONFIRM_WITHIN = 24 * 3600.0  # seconds for a second person to confirm an emergency ban


class Kind(StrEnum):
    """What a sanction does; quarantine and ban take every role away."""

    WARN = "warn"
    MUTE = "mute"
    RENAME = "rename"
    QUARANTINE = "quarantine"
    KICK = "kick"
    BAN = "ban"


class Standing(StrEnum):
    """Where a sanction is in its life."""

    PROPOSED = "proposed"
    IN_FORCE = "in force"
    UNDONE = "undone"
    REFUSED = "refused"


class Sanction(NamedTuple):
    """One sanction. article: of the charter; name: a RENAME's new name; wave: what is undone together."""

    id: str
    member: str
    kind: Kind
    article: str
    evidence: tuple[Evidence, ...]
    by: str
    at: float
    standing: Standing
    emergency: bool = False
    confirmed_by: str | None = None
    until: float | None = None
    name: str = ""
    wave: str = ""

    @property
    def deciders(self) -> frozenset[str]:
        """Return the persons who took part in the decision."""
        return frozenset(filter(None, (self.by, self.confirmed_by)))


class MemberState(NamedTuple):
    """What the community sees of a member."""

    roles: frozenset[str]
    name: str
    muted: bool = False
    quarantined: bool = False
    present: bool = True
    banned: bool = False


def propose_sanction(
    id: str,  # noqa: A002 (the field's name)
    member: str,
    kind: Kind,
    *,
    article: str,
    evidence: Iterable[Evidence],
    by: str,
    at: float,
    emergency: bool = False,
    until: float | None = None,
    name: str = "",
    wave: str = "",
) -> Sanction:
    """Write a sanction: in force at once, but for a ban that is not an emergency, which waits for a second
    person.

    at, until: seconds. Raises InputError without an article of the charter, evidence, an author, or on
    oneself.
    """
    evidence = tuple(evidence)
    if not article.strip():
        raise InputError(f"sanction {id}: the article of the charter is missing")
    if not evidence:
        raise InputError(f"sanction {id}: the evidence is missing")
    if not by or by == member:
        raise InputError(f"sanction {id}: expected a person other than the member, found {by!r}")
    if until is not None and until <= at:
        raise InputError(f"sanction {id}: it would end ({until:g}) before it begins ({at:g})")
    if kind is Kind.RENAME and not name.strip():
        raise InputError(f"sanction {id}: a new name is missing")
    waits = kind is Kind.BAN and not emergency
    standing = Standing.PROPOSED if waits else Standing.IN_FORCE
    return Sanction(id, member, kind, article, evidence, by, at, standing, emergency, None, until, name, wave)


def confirm_sanction(sanction: Sanction, by: str) -> Sanction:
    """Let a second person confirm a ban: a proposed one comes into force, an emergency one stays.

    Raises InputError if nothing waits for confirmation, or by the person who proposed it or whom it touches.
    """
    if sanction.kind is not Kind.BAN or sanction.confirmed_by or sanction.standing in _OVER:
        raise InputError(f"sanction {sanction.id}: nothing to confirm ({sanction.kind}, {sanction.standing})")
    if not by or by in (sanction.by, sanction.member):
        raise InputError(f"sanction {sanction.id}: a second person must confirm, found {by!r} again")
    return sanction._replace(confirmed_by=by, standing=Standing.IN_FORCE)


def lapse_unconfirmed(sanction: Sanction, now: float) -> Sanction:
    """Undo an emergency ban that nobody has confirmed in time."""
    waits = sanction.emergency and sanction.kind is Kind.BAN and not sanction.confirmed_by
    if waits and sanction.standing is Standing.IN_FORCE and now > sanction.at + CONFIRM_WITHIN:
        return sanction._replace(standing=Standing.UNDONE)
    return sanction


def undo_sanction(sanction: Sanction) -> Sanction:
    """Undo one sanction; undoing twice changes nothing."""
    return sanction if sanction.standing in _OVER else sanction._replace(standing=Standing.UNDONE)


def undo_wave(sanctions: Iterable[Sanction], wave: str) -> tuple[Sanction, ...]:
    """Undo every sanction of one wave, and those alone."""
    return tuple(undo_sanction(each) if wave and each.wave == wave else each for each in sanctions)


def member_state(own: MemberState, sanctions: Iterable[Sanction], now: float) -> MemberState:
    """Return a member's state at a time.

    own: the roles and name that the member would have without sanctions; sanctions: of any member, in the
    order in which they were taken.
    """
    state = own
    for sanction in sanctions:
        over = sanction.until is not None and now >= sanction.until
        if sanction.standing is Standing.IN_FORCE and not over and sanction.at <= now:
            state = _apply(state, sanction)
    return state


def community_state(
    own: Mapping[str, MemberState], sanctions: Iterable[Sanction], now: float
) -> dict[str, MemberState]:
    """Return the state of every member at a time."""
    of_member: dict[str, list[Sanction]] = {member: [] for member in own}
    for sanction in sanctions:
        of_member.setdefault(sanction.member, []).append(sanction)
    return {member: member_state(state, of_member[member], now) for member, state in own.items()}


def _apply(state: MemberState, sanction: Sanction) -> MemberState:
    if sanction.kind is Kind.MUTE:
        return state._replace(muted=True)
    if sanction.kind is Kind.RENAME:
        return state._replace(name=sanction.name)
    if sanction.kind is Kind.QUARANTINE:
        return state._replace(roles=frozenset(), quarantined=True)
    if sanction.kind is Kind.KICK:
        return state._replace(roles=frozenset(), present=False)
    if sanction.kind is Kind.BAN:
        return state._replace(roles=frozenset(), present=False, banned=True)
    return state


_OVER = (Standing.UNDONE, Standing.REFUSED)
