"""Lay the likeliest families of works under a picture and weigh what agrees."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from tractage.domain.prints.dense import Comparison, compare
from tractage.domain.prints.features import mirrored
from tractage.domain.prints.geometry import align, apply, inverse
from tractage.domain.prints.hash_index import EXACT
from tractage.domain.prints.hashes import Grey, hash_picture
from tractage.domain.prints.index import PrintIndex
from tractage.domain.prints.prints import Print
from tractage.domain.prints.search import candidates

Corners = tuple[tuple[float, float], ...]
CANDIDATES: Final = 6
PLENTY: Final = 80
"""Agreeing points beyond which more add nothing to the score."""
AGREED: Final = 0.25
"""Share of the pairs that agree in a true match, at least: stripes and rays repeat, and agree by chance."""
PLENTY_BLOCKS: Final = 64
WHOLE: Final = 0.95
THRESHOLD: Final = 0.27
"""Chosen where works were tuned on: they lose nothing under 0.29; judged in docs/methods/prints.md."""
FAST_SHARE: Final = 0.9
FAST_BLOCKS: Final = 60


@dataclass(frozen=True, eq=False)
class Evidence:
    """One family of works laid under a picture.

    Attributes:
        family: dense number of the family.
        matrix: (3, 3) from pixels of the shrunk picture (mirrored if need be) to those of the work.
        mirrored: whether the picture was turned over.
        inliers: points that agree; 0 when the hash was enough.
        pairs: points that were tried.
        comparison: block by block, for each member of the family.
        score: 0 to 1, of the best member: share of blocks alike × their mean correlation × √(blocks / 64)
            × √(inliers / 80) × (inliers / pairs / 0.25) × (the larger of visible and covered / 0.95)²,
            each factor 1 at most.
        region: corners of the work in the picture, in fractions.
    """

    family: int
    matrix: NDArray[np.float64]
    mirrored: bool
    inliers: int
    pairs: int
    comparison: Comparison
    score: float
    region: Corners


def score_of(comparison: Comparison, inliers: int, pairs: int) -> float:
    """Return the score of the best member of a family, 0 to 1: see Evidence."""
    blocks = np.minimum(1.0, comparison.blocks / PLENTY_BLOCKS)
    best = (comparison.shares * comparison.means * np.sqrt(blocks)).max(initial=0.0)
    whole = min(1.0, max(comparison.visible, comparison.covered) / WHOLE)
    agreed = min(1.0, inliers / max(1, pairs) / AGREED)
    return float(best * np.sqrt(min(1.0, inliers / PLENTY)) * agreed * whole**2)


def gather(index: PrintIndex, one: Print, threshold: float = THRESHOLD) -> list[Evidence]:
    """Return the families of works that a picture shows, the surest first."""
    if not len(index):
        return []
    fast = _by_hash(index, one)
    if fast:
        return fast
    found = candidates(index, one.features, False, CANDIDATES)
    found += candidates(index, mirrored(one.features), True, CANDIDATES)
    found = sorted(found, key=lambda candidate: -candidate.votes)[:CANDIDATES]
    evidence = []
    for candidate in found:
        alignment = align(candidate.here, candidate.there)
        if alignment is None:
            continue
        inliers = alignment.inliers
        laid = _lay(index, one.small, candidate.family, alignment.matrix, candidate.mirrored)
        score = score_of(laid, inliers, alignment.pairs)
        if score >= threshold:
            region = _region(index, one.small, candidate.family, alignment.matrix, candidate.mirrored)
            evidence.append(
                Evidence(
                    candidate.family,
                    alignment.matrix,
                    candidate.mirrored,
                    inliers,
                    alignment.pairs,
                    laid,
                    score,
                    region,
                )
            )
    return sorted(evidence, key=lambda piece: -piece.score)


def _by_hash(index: PrintIndex, one: Print) -> list[Evidence]:
    """Return the families of the pictures whose hash is near, when nothing else needs to be looked at."""
    evidence = []
    for turned in (False, True):
        small = _turned(one.small, turned)
        near, _ = index.hash_index.numbers_near(hash_picture(small) if turned else one.hash, EXACT)
        for family in np.unique(index.dense_families[near[:20]]):
            shape = index.data.shapes[index.members[family][0]]
            matrix = np.diag([shape[1] / small.shape[1], shape[0] / small.shape[0], 1.0])
            laid = _lay(index, one.small, int(family), matrix, turned)
            best = int(np.argmax(laid.shares * laid.blocks))
            if laid.shares[best] >= FAST_SHARE and laid.blocks[best] >= FAST_BLOCKS:
                score = score_of(laid, PLENTY, PLENTY)
                region = _region(index, one.small, int(family), matrix, turned)
                evidence.append(Evidence(int(family), matrix, turned, 0, 0, laid, score, region))
    return sorted(evidence, key=lambda piece: -piece.score)


def _turned(small: Grey, over: bool) -> Grey:
    return np.ascontiguousarray(small[:, ::-1]) if over else small


def _lay(index: PrintIndex, small: Grey, family: int, matrix: NDArray[np.float64], over: bool) -> Comparison:
    views = index.members[family]
    height, width = (int(side) for side in index.data.shapes[views[0]])
    return compare(_turned(small, over), matrix, (height, width), index.data.thumbs, views)


def _region(index: PrintIndex, small: Grey, family: int, matrix: NDArray[np.float64], over: bool) -> Corners:
    height, width = index.data.shapes[index.members[family][0]]
    box = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float64)
    corners = apply(inverse(matrix), box) / (small.shape[1], small.shape[0])
    if over:
        corners[:, 0] = 1 - corners[:, 0]
    return tuple((round(float(x), 4), round(float(y), 4)) for x, y in corners)
