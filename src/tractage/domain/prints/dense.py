"""The last look: a picture laid on a work, compared block by block with its small copy."""

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from tractage.domain.prints.blocks import compare_blocks
from tractage.domain.prints.geometry import apply, inverse
from tractage.domain.prints.hashes import Grey
from tractage.domain.prints.prints import SIDE

BLOCK: Final = 10
BLOCKS: Final = SIDE // BLOCK
ALIKE: Final = 0.5
FLAT: Final = 5.0
SAME: Final = 0.8
"""Blocks of two works under this correlation tell them apart."""


@dataclass(frozen=True)
class Comparison:
    """Blocks of a picture against those of the works of one family.

    Attributes:
        likeness: (m, BLOCKS, BLOCKS) correlation of each block, 0 where it shows nothing.
        textured: (m, BLOCKS, BLOCKS) bool, the block is seen and shows something in either.
        visible: share of the work that the picture shows, 0 to 1.
        covered: share of the picture that the work covers, 0 to 1.
    """

    likeness: NDArray[np.float32]
    textured: NDArray[np.bool_]
    visible: float
    covered: float

    @property
    def blocks(self) -> NDArray[np.int64]:
        """(m,) how many blocks could be compared."""
        counts: NDArray[np.int64] = self.textured.sum(axis=(1, 2))
        return counts

    @property
    def shares(self) -> NDArray[np.float64]:
        """(m,) share of these blocks that are alike."""
        alike = ((self.likeness > ALIKE) & self.textured).sum(axis=(1, 2))
        shares: NDArray[np.float64] = alike / np.maximum(1, self.blocks)
        return shares

    @property
    def means(self) -> NDArray[np.float64]:
        """(m,) mean correlation over these blocks, 0 to 1."""
        total = (self.likeness * self.textured).sum(axis=(1, 2), dtype=np.float64)
        means: NDArray[np.float64] = np.clip(total / np.maximum(1, self.blocks), 0, 1)
        return means


def compare(
    small: Grey,
    matrix: NDArray[np.float64],
    shape: tuple[int, int],
    thumbs: NDArray[np.uint8],
    views: NDArray[np.int32],
) -> Comparison:
    """Lay a shrunk picture on works of one family and compare.

    Args:
        small: (height, width) the shrunk picture.
        matrix: from its pixels to those of the shrunk work.
        shape: (height, width) of the shrunk work.
        thumbs: (v, SIDE, SIDE); views: (m,) the members of the family.
    """
    onto = np.diag([SIDE / shape[1], SIDE / shape[0], 1.0]) @ matrix
    scale = np.sqrt(abs(np.linalg.det(onto[:2, :2] / onto[2, 2])))
    soft = np.asarray(cv2.GaussianBlur(small, (0, 0), 0.45 / scale) if scale < 0.8 else small, np.uint8)
    laid = cv2.warpPerspective(soft, onto, (SIDE, SIDE), flags=cv2.INTER_LINEAR).astype(np.float32)
    everywhere = np.full(small.shape, 255, np.uint8)
    inside = cv2.warpPerspective(everywhere, onto, (SIDE, SIDE), flags=cv2.INTER_NEAREST).astype(np.uint8)
    likeness = np.zeros((len(views), BLOCKS, BLOCKS), np.float32)
    textured = np.zeros_like(likeness)
    seen = np.zeros((BLOCKS, BLOCKS), np.bool_)
    compare_blocks(laid, inside, thumbs, views, BLOCK, FLAT, likeness, textured, seen)
    return Comparison(likeness, textured > 0, float((inside > 0).mean()), covered(small.shape, matrix, shape))


def covered(small: tuple[int, ...], matrix: NDArray[np.float64], shape: tuple[int, int]) -> float:
    """Return the share of a picture (height, width) that a work laid under it covers."""
    corners = np.array([[0, 0], [shape[1], 0], [shape[1], shape[0]], [0, shape[0]]], np.float64)
    quad = apply(inverse(matrix), corners).astype(np.float32)
    frame = np.array([[0, 0], [small[1], 0], [small[1], small[0]], [0, small[0]]], np.float32)
    area, _ = cv2.intersectConvexConvex(quad, frame)
    return float(area / (small[0] * small[1]))


def differing(thumbs: NDArray[np.uint8], one: int, others: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Return (m, BLOCKS, BLOCKS): where the small copy of one view differs from those of others."""
    likeness = np.zeros((len(others), BLOCKS, BLOCKS), np.float32)
    textured = np.zeros_like(likeness)
    seen, inside = np.zeros((BLOCKS, BLOCKS), np.bool_), np.ones((SIDE, SIDE), np.uint8)
    picture = thumbs[one].astype(np.float32)
    compare_blocks(picture, inside, thumbs, others, BLOCK, FLAT, likeness, textured, seen)
    unlike: NDArray[np.bool_] = (textured > 0) & (likeness < SAME)
    return unlike
