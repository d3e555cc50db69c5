"""From pairs of points to the transform that lays a picture on a work."""

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from tractage.domain.prints.kernels import agree

TOLERANCES: Final = (9.0, 24.0)
"""Pixels of the shrunk picture within which a pair agrees with a similarity: the second for a steep view."""
SURE: Final = 20
CLOSE: Final = 3.0
LEAST: Final = 6
MOST_PAIRS: Final = 700


@dataclass(frozen=True)
class Alignment:
    """How a picture lies on a work.

    Attributes:
        matrix: (3, 3) from pixels of the shrunk picture to pixels of the shrunk work.
        inliers: distinct points of the picture that agree.
        pairs: how many were tried.
    """

    matrix: NDArray[np.float64]
    inliers: int
    pairs: int


def align(here: NDArray[np.float32], there: NDArray[np.float32]) -> Alignment | None:
    """Return the transform that most pairs of points agree with, or None.

    Args:
        here, there: (n, 4) x, y, size, angle of the two points of each pair, the surest pairs first.
    """
    here, there = here[:MOST_PAIRS], there[:MOST_PAIRS]
    if len(here) < LEAST:
        return None
    source, target = here[:, :2].astype(np.float64), there[:, :2].astype(np.float64)
    kept = np.zeros(len(here), np.bool_)
    best: Alignment | None = None
    for tolerance in TOLERANCES:
        agree(here, there, tolerance, kept)
        matrix = _fitted(source[kept], target[kept])
        for _ in range(
            2
        ):  # a view from the side: the pairs that the first transform explains make a better one
            if matrix is None:
                break
            near = _near(matrix, source, target)
            if near.sum() < LEAST or not is_sane(matrix, source[near]):
                break
            inliers = len(np.unique(source[near].round(1), axis=0))
            if inliers >= LEAST and (best is None or inliers > best.inliers):
                best = Alignment(matrix, inliers, len(here))
            matrix = _fitted(source[near], target[near])
        if best is not None and best.inliers >= SURE:
            break
    return best


def _near(
    matrix: NDArray[np.float64], source: NDArray[np.float64], target: NDArray[np.float64]
) -> NDArray[np.bool_]:
    away = np.linalg.norm(apply(matrix, source) - target, axis=1)
    close: NDArray[np.bool_] = away < CLOSE * max(1.0, float(np.sqrt(abs(np.linalg.det(matrix[:2, :2])))))
    return close


def _fitted(source: NDArray[np.float64], target: NDArray[np.float64]) -> NDArray[np.float64] | None:
    if len(source) < LEAST:
        return None
    if len(source) >= 12:
        matrix, _ = cv2.findHomography(source, target, cv2.USAC_MAGSAC, CLOSE, maxIters=500)
        if matrix is not None and is_sane(np.asarray(matrix, np.float64), source):
            return np.asarray(matrix, np.float64)
    affine, _ = cv2.estimateAffinePartial2D(
        source, target, method=cv2.RANSAC, ransacReprojThreshold=2 * CLOSE
    )
    return None if affine is None else np.vstack([affine, [0.0, 0.0, 1.0]])


def inverse(matrix: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the transform (3, 3) the other way round."""
    back: NDArray[np.float64] = np.linalg.inv(matrix).astype(np.float64)
    return back


def apply(matrix: NDArray[np.float64], points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return points (n, 2) moved by a transform (3, 3)."""
    moved = np.column_stack([points, np.ones(len(points))]) @ matrix.T
    away: NDArray[np.float64] = moved[:, :2] / moved[:, 2:]
    return away


def is_sane(matrix: NDArray[np.float64], points: NDArray[np.floating]) -> bool:
    """Whether a transform keeps the box around `points` convex, unmirrored, and of a believable size."""
    low, high = points.min(axis=0), points.max(axis=0)
    box = np.array([low, [high[0], low[1]], high, [low[0], high[1]]], np.float64)
    depth = np.column_stack([box, np.ones(4)]) @ matrix[2]
    if not np.isfinite(matrix).all() or (depth <= 0.2 * depth.max()).any():
        return False
    moved = apply(matrix, box)
    sides = np.roll(moved, -1, axis=0) - moved
    turns = sides[:, 0] * np.roll(sides, -1, axis=0)[:, 1] - sides[:, 1] * np.roll(sides, -1, axis=0)[:, 0]
    if not (turns > 0).all():
        return False
    before, after = np.prod(high - low), turns.sum() / 4
    return bool(before > 0 and 0.015 < after / before < 64.0)
