"""What other rooms of the headquarters counted in an operation; one that is not there counts nothing."""

from dataclasses import dataclass

from tractage.hq.operations.models import Operation


@dataclass(frozen=True)
class Counter:
    """One figure of a live page, with what it means in a sentence."""

    number: int
    label: str
    note: str


def counters(_operation: Operation) -> list[Counter]:
    """Shares logged and sightings of the operation's works in its window."""
    return []
