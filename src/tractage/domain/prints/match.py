"""Say which of our works a picture shows, how surely, where, and when it cannot say."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from tractage.domain.prints.dense import Comparison, compare
from tractage.domain.prints.features import mirrored
from tractage.domain.prints.geometry import Alignment, align, apply
from tractage.domain.prints.index import PrintIndex
from tractage.domain.prints.prints import Print
from tractage.domain.prints.search import Candidate, candidates

CANDIDATES: Final = 5


@dataclass(frozen=True)
class Evidence:
    """One family laid under a picture: what agrees and what does not."""

    candidate: Candidate
    alignment: Alignment
    comparison: Comparison
    member: int
    share: float
    blocks: int


def gather(index: PrintIndex, one: Print) -> list[Evidence]:
    """Return every family that can be laid under a picture, with its evidence."""
    found = candidates(index, one.features, False, CANDIDATES)
    found += candidates(index, mirrored(one.features), True, CANDIDATES)
    found = sorted(found, key=lambda candidate: -candidate.votes)[:CANDIDATES]
    evidence = []
    flipped = np.ascontiguousarray(one.small[:, ::-1])
    for candidate in found:
        alignment = align(candidate.here, candidate.there)
        if alignment is None:
            continue
        views = index.members[candidate.family]
        shape = tuple(int(side) for side in index.data.shapes[views[0]])
        small = flipped if candidate.mirrored else one.small
        comparison = compare(small, alignment.matrix, (shape[0], shape[1]), index.data.thumbs, views)
        shares = [comparison.share(member) for member in range(len(views))]
        best = int(np.argmax(shares))
        evidence.append(
            Evidence(candidate, alignment, comparison, best, shares[best], comparison.blocks(best))
        )
    return evidence


assert apply is not None
