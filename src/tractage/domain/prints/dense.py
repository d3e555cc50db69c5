"""The last look: a picture laid on a work, compared block by block with its small copy."""

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from tractage.domain.prints.geometry import apply
from tractage.domain.prints.hashes import Grey
from tractage.domain.prints.kernels import compare_blocks
from tractage.domain.prints.prints import SIDE

BLOCK: Final = 10
BLOCKS: Final = SIDE // BLOCK
ALIKE: Final = 0.5
FLAT: Final = 5.0


@dataclass(frozen=True)
class Comparison:
    """Blocks of a picture against those of some works.

    Attributes:
        likeness: (m, BLOCKS, BLOCKS) correlation of each block, 0 where it shows nothing.
        textured: (m, BLOCKS, BLOCKS) bool, the block is seen and shows something in either.
        shown: (m, BLOCKS, BLOCKS) bool, of those, the blocks where the work shows something.
        visible: share of the work that the picture shows, 0 to 1.
        covered: share of the picture that the work covers, 0 to 1.
    """

    likeness: NDArray[np.float32]
    textured: NDArray[np.bool_]
    visible: float
    covered: float

    def share(self, member: int) -> float:
        """Return the share of the textured blocks that are alike."""
        textured = self.textured[member]
        return float((self.likeness[member][textured] > ALIKE).mean()) if textured.any() else 0.0

    def blocks(self, member: int) -> int:
        """Return how many blocks were compared."""
        return int(self.textured[member].sum())


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
    soft = cv2.GaussianBlur(small, (0, 0), 0.45 / scale) if scale < 0.8 else small
    laid = cv2.warpPerspective(soft, onto, (SIDE, SIDE), flags=cv2.INTER_LINEAR).astype(np.float32)
    inside = cv2.warpPerspective(np.full(small.shape, 255, np.uint8), onto, (SIDE, SIDE), flags=cv2.INTER_NEAREST)
    likeness = np.zeros((len(views), BLOCKS, BLOCKS), np.float32)
    textured = np.zeros_like(likeness)
    seen = np.zeros((BLOCKS, BLOCKS), np.bool_)
    compare_blocks(laid, inside, thumbs, views, BLOCK, FLAT, likeness, textured, seen)
    return Comparison(likeness, textured > 0, float((inside > 0).mean()), covered(small.shape, matrix, shape))


def covered(small: tuple[int, ...], matrix: NDArray[np.float64], shape: tuple[int, int]) -> float:
    """Return the share of a picture (height, width) that a work laid under it covers."""
    corners = np.array([[0, 0], [shape[1], 0], [shape[1], shape[0]], [0, shape[0]]], np.float64)
    quad = apply(np.linalg.inv(matrix), corners).astype(np.float32)
    frame = np.array([[0, 0], [small[1], 0], [small[1], small[0]], [0, small[0]]], np.float32)
    area, _ = cv2.intersectConvexConvex(quad, frame)
    return float(area / (small[0] * small[1]))
