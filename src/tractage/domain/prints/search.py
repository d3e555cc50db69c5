"""Look in the index for the families of works that share points with a picture."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from tractage.domain.prints.codes import encode
from tractage.domain.prints.features import Features
from tractage.domain.prints.index import PrintIndex
from tractage.domain.prints.kernels import SCALES, TURNS, count_votes, search_lists

WITHIN: Final = 26
SLOTS: Final = 10


@dataclass(frozen=True)
class Candidate:
    """A family that may be the answer: its votes and the pairs of points that made them.

    Attributes:
        family: dense number of the family.
        votes: their weight.
        here, there: (n, 4) x, y, size, angle of the points in the picture and in the work, surest first.
        mirrored: the picture had to be seen in a mirror.
    """

    family: int
    votes: float
    here: NDArray[np.float32]
    there: NDArray[np.float32]
    mirrored: bool


def candidates(index: PrintIndex, features: Features, mirrored: bool, most: int) -> list[Candidate]:
    """Return the `most` families with the most votes, the best first."""
    if not len(features) or not len(index.data.codes):
        return []
    codes = encode(features.descriptors, index.prefix)
    entries = np.empty((len(features), SLOTS), np.int64)
    apart = np.empty((len(features), SLOTS), np.uint8)
    data = index.data
    search_lists(
        codes.words,
        codes.flips,
        index.starts,
        index.prefix,
        data.codes,
        index.point_family,
        WITHIN,
        entries,
        apart,
    )
    bins = np.zeros((len(index.members), TURNS, SCALES), np.float32)
    count_votes(
        entries,
        apart,
        features.places,
        data.places[:, 2],
        data.places[:, 3],
        index.point_family,
        WITHIN,
        bins,
    )
    votes = bins.reshape(len(bins), -1).max(axis=1)
    best = np.argsort(votes)[::-1][:most]
    points, slots = np.nonzero(entries >= 0)
    hit = entries[points, slots]
    families, distances = index.point_family[hit], apart[points, slots]
    found = []
    for family in best[votes[best] > 0]:
        mine = np.flatnonzero(families == family)
        mine = mine[np.argsort(distances[mine], kind="stable")]
        here, there = features.places[points[mine]], data.places[hit[mine]]
        found.append(Candidate(int(family), float(votes[family]), here, there, mirrored))
    return found
