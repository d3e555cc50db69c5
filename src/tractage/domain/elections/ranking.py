"""Turn the scores of the seats into a ranking, with the seats that stay in it whatever the scenario."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from tractage.domain.elections.blocs import BlocPack
from tractage.domain.elections.seats import SeatCode, seat
from tractage.domain.elections.shares import Flags, Floats, Shares

SCENARIOS = (-10.0, -5.0, 0.0, 5.0, 10.0)
SMALL = 15_000


@dataclass(frozen=True, slots=True)
class ExpectedPivot:
    """A seat with its pivot index for a bloc.

    `rank` counts from 1, None for a seat listed apart; `index` in [0, 1]; `final`: score of being in the
    second round; `win`: score of winning, both in [0, 1]; `margin`: expected points over the likely
    opponent, give or take `Weights.sigma`; `stable`: in the list whatever the scenario.
    """

    rank: int | None
    seat: SeatCode
    department: str
    index: float
    final: float
    win: float
    margin: float
    opponent_bloc: str
    stable: bool
    apart: bool


@dataclass(frozen=True, slots=True)
class Scores:
    """Arrays behind a ranking, one value per seat: see `ExpectedPivot`; `opponent`: position of its bloc."""

    index: Floats
    final: Floats
    win: Floats
    margin: Floats
    opponent: Sequence[int]


def listed(
    score: Callable[[float], Scores],
    last: Shares,
    blocs: Sequence[str],
    *,
    scenario: float,
    top: int,
    within_reach: Flags | None = None,
) -> list[ExpectedPivot]:
    """The seats by index, highest first, then those of under 15,000 registered.

    Args:
        score: scores of every seat for a shift in points.
        last: the seats, with the registered.
        blocs: ids of the blocs.
        scenario: the shift of this ranking.
        top: length of the list in which a stable seat must stay from -10 to +10 points.
        within_reach: (n_seats,) keeps these seats alone; None keeps all.
    """
    reach = np.ones(len(last.seats), dtype=np.bool_) if within_reach is None else within_reach
    small = last.registered < SMALL
    lists = [_order(score(shift), last, reach & ~small)[:top] for shift in SCENARIOS]
    stable = set(lists[0]).intersection(*lists[1:])
    found = score(scenario)
    order = _order(found, last, reach & ~small)
    ranks: list[int | None] = [*range(1, len(order) + 1), *([None] * int((reach & small).sum()))]
    rows = [*order, *(int(row) for row in np.flatnonzero(reach & small))]
    return [
        _pivot(row, place, found, last, blocs, row in stable) for row, place in zip(rows, ranks, strict=True)
    ]


def front_sign(pack: BlocPack, own: int, other: int) -> int:
    """+1 where `other` alone is a bloc that a front is called against, -1 where `own` alone is, else 0."""
    return (pack.ids[other] in pack.front_against) - (pack.ids[own] in pack.front_against)


def _order(found: Scores, last: Shares, kept: Flags) -> list[int]:
    keys = [(-round(float(index), 12), last.seats[row], row) for row, index in enumerate(found.index)]
    return [row for _, _, row in sorted(keys) if kept[row]]


def _pivot(
    row: int, place: int | None, found: Scores, last: Shares, blocs: Sequence[str], stable: bool
) -> ExpectedPivot:
    code = last.seats[row]
    return ExpectedPivot(
        rank=place,
        seat=code,
        department=seat(code).department_name,
        index=float(found.index[row]),
        final=float(found.final[row]),
        win=float(found.win[row]),
        margin=float(found.margin[row]),
        opponent_bloc=blocs[found.opponent[row]],
        stable=stable,
        apart=place is None,
    )
