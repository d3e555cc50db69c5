"""What the guard decides about events: an action, whom it touches, and the evidence."""

from enum import StrEnum
from typing import NamedTuple


class Action(StrEnum):
    """What the guard can do by itself; a ban is never among it."""

    FLAG = "flag"
    REMOVE = "remove"
    QUARANTINE = "quarantine"
    STEP = "step"


class Evidence(NamedTuple):
    """One measured fact: what was found and the limit that it passed, if there is one."""

    what: str
    found: float | str
    limit: float | str | None = None


class Decision(NamedTuple):
    """One decision. wave: the decisions that are undone together; why: one sentence for a person."""

    t: float
    action: Action
    rule: str
    why: str
    evidence: tuple[Evidence, ...]
    members: tuple[str, ...] = ()
    messages: tuple[str, ...] = ()
    wave: str = ""
