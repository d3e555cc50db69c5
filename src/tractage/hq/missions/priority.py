"""In which order the board shows what is missing: close seats that nothing speaks of come first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

NATIONAL = 0.35
"""Weight of a brief for the whole country: behind an uncovered close seat, before one that is well served."""


@dataclass(frozen=True)
class Priority:
    """Why a brief stands where it does: its score in [0, 1] and the seat that gives it.

    score = closeness × gap × missing, of the best of its seats:
    closeness = 1 − (rank − 1) / number of ranked seats; gap = 1 / (1 + released works on the seat);
    missing = tabs left / versions wanted.
    """

    score: float
    seat: str
    rank: int | None
    works: int


def priority(
    seats: Sequence[str], missing: float, ranks: Mapping[str, int], works: Mapping[str, int]
) -> Priority:
    """The priority of a brief that aims at `seats` (none: the whole country).

    missing: share of the wanted versions that nobody has made or holds, in [0, 1]; ranks: 1 is the closest
    seat; works: released works by seat.
    """
    found = [Priority(NATIONAL * missing, "", None, 0)] if not seats else []
    for seat in seats:
        rank, made = ranks.get(seat), works.get(seat, 0)
        closeness = 0.0 if rank is None else 1 - (rank - 1) / max(1, len(ranks))
        found.append(Priority(closeness * missing / (1 + made), seat, rank, made))
    return max(found, key=lambda one: one.score)
