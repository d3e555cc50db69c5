"""Local points of a picture: where they are, how large, how turned, and what is around them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

from tractage.domain.prints.hashes import Grey

PIXELS: Final = 80_000
"""Area of the picture that points are looked for in: larger finds smaller insets, and costs in proportion."""
CONTRAST: Final = 0.02
GRID: Final = 6
"""Points are taken from GRID × GRID cells in turn, so that a loud part leaves room for a quiet one."""
_FLAT: Final = 1e-6


@dataclass(frozen=True)
class Features:
    """Points of one picture.

    Attributes:
        places: (n, 4) float32: x, y, size in pixels of the shrunk picture, angle in degrees.
        descriptors: (n, 128) float32, rooted, of unit length.
        shape: (height, width) of the shrunk picture, in pixels.
    """

    places: NDArray[np.float32]
    descriptors: NDArray[np.float32]
    shape: tuple[int, int]

    def __len__(self) -> int:
        return len(self.places)


def shrink(grey: Grey, pixels: int = PIXELS) -> Grey:
    """Return the grey picture with about `pixels` pixels, enlarged when it is smaller."""
    height, width = grey.shape
    ratio = min(8.0, max(1 / 8, width / height))
    size = (max(16, round((pixels * ratio) ** 0.5)), max(16, round((pixels / ratio) ** 0.5)))
    smaller = size[0] * size[1] < height * width
    done = cv2.resize(grey, size, interpolation=cv2.INTER_AREA if smaller else cv2.INTER_LINEAR)
    return done.astype(np.uint8, copy=False)


def to_grey(picture: NDArray[np.uint8]) -> Grey:
    """Return the luma of a picture: (height, width, 3) RGB or (height, width) uint8."""
    if picture.ndim == 2:
        return picture
    return cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY).astype(np.uint8, copy=False)


def find_points(small: Grey, points: int) -> Features:
    """Return the strongest points of a picture already shrunk, spread over it.

    Args:
        small: (height, width) uint8, as `shrink` returns it.
        points: how many at most.

    Source: SIFT (Lowe 2004), rooted (Arandjelović, Zisserman 2012).
    """
    finder = cv2.SIFT.create(contrastThreshold=CONTRAST)
    shape = (small.shape[0], small.shape[1])
    chosen = _spread(finder.detect(small, None), shape, points)
    kept, raw = finder.compute(small, chosen)
    if raw is None or not len(kept):
        return Features(np.zeros((0, 4), np.float32), np.zeros((0, 128), np.float32), shape)
    places = np.array([(*point.pt, point.size, point.angle) for point in kept], np.float32)
    rooted = np.sqrt(raw / np.maximum(raw.sum(axis=1, keepdims=True), _FLAT))
    return Features(places, rooted.astype(np.float32), shape)


def _spread(found: Sequence[Any], shape: tuple[int, ...], most: int) -> list[Any]:
    """Return the strongest point of each cell of the picture, then the second of each, up to `most`."""
    if not found:
        return []
    facts = np.array([(*point.pt, point.response) for point in found])
    down = np.minimum(GRID - 1, (facts[:, 1] * GRID / shape[0]).astype(int))
    across = np.minimum(GRID - 1, (facts[:, 0] * GRID / shape[1]).astype(int))
    cells = down * GRID + across
    order = np.lexsort((-facts[:, 2], cells))
    first = np.searchsorted(cells[order], cells[order])
    rank = np.arange(len(order)) - first
    chosen = order[np.lexsort((-facts[order, 2], rank))][:most]
    return [found[int(at)] for at in chosen]


_CELLS: Final = np.arange(128).reshape(4, 4, 8)
# In a mirror the rows of cells change places, around the axis of the point, and directions turn back.
_MIRRORED: Final = _CELLS[::-1][:, :, (-np.arange(8)) % 8].reshape(-1)


def mirrored(features: Features) -> Features:
    """Return the points of the mirrored picture without looking for them again."""
    places = features.places.copy()
    places[:, 0] = features.shape[1] - 1 - places[:, 0]
    places[:, 3] = (180 - places[:, 3]) % 360
    return Features(places, features.descriptors[:, _MIRRORED], features.shape)
