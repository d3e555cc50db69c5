"""Appeals: a member asks, a person who did not decide answers, and the sanction follows the answer."""

from enum import StrEnum
from typing import NamedTuple

from tractage.domain.errors import InputError
from tractage.domain.guard.sanctions import Sanction, Standing, undo_sanction


class Outcome(StrEnum):
    """What becomes of an appeal."""

    OPEN = "open"
    UPHELD = "upheld"  # the sanction stays
    OVERTURNED = "overturned"  # the sanction is undone


class Appeal(NamedTuple):
    """A member's appeal against one sanction, and its answer."""

    sanction: str
    by: str
    text: str
    at: float
    outcome: Outcome = Outcome.OPEN
    decided_by: str | None = None
    reason: str = ""


def appeal_sanction(sanction: Sanction, by: str, text: str, at: float) -> Appeal:
    """Open an appeal.

    Raises InputError if another than the member asks, if there is nothing to read, or nothing in force.
    """
    if by != sanction.member:
        raise InputError(f"sanction {sanction.id}: only {sanction.member!r} can appeal, found {by!r}")
    if not text.strip():
        raise InputError(f"sanction {sanction.id}: the appeal says nothing")
    if sanction.standing is not Standing.IN_FORCE:
        raise InputError(f"sanction {sanction.id}: nothing to appeal, it is {sanction.standing}")
    return Appeal(sanction.id, by, text, at)


def decide_appeal(
    sanction: Sanction, appeal: Appeal, by: str, *, overturn: bool, reason: str
) -> tuple[Sanction, Appeal]:
    """Answer an appeal; returns the sanction and the appeal as they then stand.

    Raises InputError if the person took part in the decision or is the member, without a reason, or twice.
    """
    if appeal.sanction != sanction.id:
        raise InputError(f"sanction {sanction.id}: the appeal is against {appeal.sanction}")
    if appeal.outcome is not Outcome.OPEN:
        raise InputError(f"sanction {sanction.id}: the appeal was decided by {appeal.decided_by!r}")
    if not by or by in sanction.deciders or by == sanction.member:
        raise InputError(f"sanction {sanction.id}: a person who did not decide must answer, found {by!r}")
    if not reason.strip():
        raise InputError(f"sanction {sanction.id}: the answer needs a reason")
    outcome = Outcome.OVERTURNED if overturn else Outcome.UPHELD
    answered = appeal._replace(outcome=outcome, decided_by=by, reason=reason)
    return (undo_sanction(sanction) if overturn else sanction), answered
