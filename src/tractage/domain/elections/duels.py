"""What the duels of the last législatives say of the next ones: a margin from first-round shares."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tractage.domain.elections.blocs import BlocPack
from tractage.domain.elections.results import Results
from tractage.domain.elections.shares import Floats, Shares


@dataclass(frozen=True, slots=True)
class DuelMargin:
    """Expected margin of a bloc over another: `weights · shares + constant`, in points of the votes cast.

    `weights`: (n_blocs,) points per point; `duels`: how many duels it was fitted on.
    """

    weights: Floats
    constant: float
    duels: int


@dataclass(frozen=True, slots=True)
class Duels:
    """The two-candidate second rounds between two blocs of one election.

    `rows`: positions of the seats; `first`, `second`: positions of the two blocs; `margin`: (n_duels,)
    points of `first` over `second`.
    """

    rows: Floats
    first: Floats
    second: Floats
    margin: Floats


def duels(results: Results, pack: BlocPack, blocs: Sequence[str]) -> Duels:
    """The duels of an election between different blocs."""
    found: list[tuple[int, int, int, float]] = []
    for row, one in enumerate(results.seats()):
        held = one.decisive
        if held.number != 2 or len(held.candidacies) != 2:
            continue
        mine, theirs = held.candidacies
        first, second = (blocs.index(pack.bloc_of(finalist.nuance)) for finalist in (mine, theirs))
        if first != second:
            found.append((row, first, second, 100 * (mine.votes - theirs.votes) / held.cast))
    table = np.array(found, dtype=np.float64).reshape(-1, 4)
    return Duels(table[:, 0], table[:, 1], table[:, 2], table[:, 3])


def fit_margin(
    held: Duels, last: Shares, own: int, other: int, features: Sequence[int], *, ridge: float, few: int
) -> DuelMargin:
    """Fit the margin of bloc `own` over bloc `other` on their duels of the last législatives.

    With `few` duels or more: ridge regression of the margin on the shares of the blocs `features`, the
    constant being free (Hoerl and Kennard, 1970). With fewer: the difference of the two shares, plus the
    mean of what the duels add to it, shrunk by n / (n + few / 2). Both change sign alone when the two blocs
    change places.

    Args:
        held: duels of the last législatives.
        last: first-round shares of the same election.
        own, other: positions of the two blocs.
        features: positions of the blocs whose shares are regressors.
        ridge: penalty on the squared weights.
        few: number of duels under which no regression is run.
    """
    straight = (held.first == own) & (held.second == other)
    crossed = (held.first == other) & (held.second == own)
    taken = straight | crossed
    margin = np.where(straight, held.margin, -held.margin)[taken]
    share = last.share[held.rows[taken].astype(np.intp)]
    weights = np.zeros(share.shape[1])
    if margin.size < few:
        weights[own], weights[other] = 1.0, -1.0
        mean = float((margin - share @ weights).mean()) if margin.size else 0.0
        return DuelMargin(weights, mean * margin.size / (margin.size + few / 2), margin.size)
    used = share[:, list(features)]
    centre = used.mean(axis=0)
    centred = used - centre
    penalised = centred.T @ centred + ridge * np.eye(len(features))
    slopes = np.linalg.solve(penalised, centred.T @ (margin - margin.mean()))
    weights[list(features)] = slopes
    return DuelMargin(weights, float(margin.mean() - centre @ slopes), margin.size)
