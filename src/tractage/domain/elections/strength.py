"""How strong each bloc is expected to be in each seat, in points of the first round."""

from dataclasses import dataclass

import numpy as np

from tractage.domain.elections.duels import Duels, duels
from tractage.domain.elections.known import Held, Known
from tractage.domain.elections.shares import Floats, Shares, fielded, shares, sitting, standing_again


@dataclass(frozen=True, slots=True)
class Weights:
    """The constants of the expected ranking, the same for every bloc and every election.

    `legislatives`, `europeennes`, `presidentielle`: weight of a seat's deviation in each last election.
    `incumbent`: points for a bloc whose sitting deputy stands again; `again`: rate of those who do, used
    while the candidates are unknown. `contender`: national points from which a bloc counts as an opponent.
    `final`: points of doubt on reaching the second round; `sigma`: points of doubt on a margin. `ridge`,
    `few`: see `fit_margin`. `valid`: valid votes per voter.
    """

    legislatives: float = 0.5
    europeennes: float = 0.3
    presidentielle: float = 0.3
    incumbent: float = 6.0
    again: float = 0.7
    contender: float = 5.0
    final: float = 5.0
    sigma: float = 11.0
    ridge: float = 50.0
    few: int = 20
    valid: float = 0.96


WEIGHTS = Weights()
FLOOR = 1.0
ABSENT = 0.01


@dataclass(frozen=True, slots=True)
class Strength:
    """Expected first round.

    `points`: (n_seats, n_blocs); `contenders`: positions of the blocs that count as opponents; `votes`:
    (n_seats,) expected valid votes; `last`, `fought`: first-round shares and duels of the last législatives.
    """

    points: Floats
    contenders: tuple[int, ...]
    votes: Floats
    last: Shares
    fought: Duels


def strength(known: Known, weights: Weights = WEIGHTS) -> Strength:
    """Expected first-round points of every bloc in every seat, from what is known.

    The national level is the mean of the last législatives and the last européennes; each seat adds its own
    deviations and its sitting deputy. Points under 1 count as 1; a bloc without a candidate has next to none.
    """
    last, europe, president = (
        _shares(one, known) for one in (known.legislatives, known.europeennes, known.presidentielle)
    )
    level = (last.national + europe.national) / 2
    bonus = _incumbents(known, weights)
    points = (
        level
        + weights.legislatives * last.deviation
        + weights.europeennes * europe.deviation
        + weights.presidentielle * president.deviation
        + weights.incumbent * (bonus - bonus.mean(axis=0))
    )
    points = np.maximum(points, FLOOR)
    if known.coming is not None:
        present = fielded(known.coming.results, known.coming.pack, known.blocs)
        points = np.where(present, points, ABSENT)
    turnout = (last.turnout + europe.turnout) / 2
    fought = duels(known.legislatives.results, known.legislatives.pack, known.blocs)
    return Strength(
        points, contenders(level, weights), last.registered * turnout * weights.valid, last, fought
    )


def contenders(level: Floats, weights: Weights = WEIGHTS) -> tuple[int, ...]:
    """Positions of the blocs whose national `level`, (n_blocs,) points, makes them count as opponents."""
    return tuple(int(bloc) for bloc in np.flatnonzero(level >= weights.contender))


def _shares(one: Held, known: Known) -> Shares:
    return shares(one.results, one.pack, known.blocs)


def _incumbents(known: Known, weights: Weights) -> Floats:
    last, coming = known.legislatives, known.coming
    if coming is None:
        return weights.again * sitting(last.results, last.pack, known.blocs)
    return standing_again(last.results, coming.results, coming.pack, known.blocs)
