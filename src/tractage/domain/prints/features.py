"""Local points of a picture: where they are, how large, how turned, and what is around them."""

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from tractage.domain.prints.hashes import Grey

PIXELS: Final = 80_000
"""Area of the picture that points are looked for in: larger finds smaller insets, and costs in proportion."""
CONTRAST: Final = 0.02
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
    """Return the strongest points of a picture already shrunk.

    Args:
        small: (height, width) uint8, as `shrink` returns it.
        points: how many at most.

    Source: SIFT (Lowe 2004), rooted (Arandjelović, Zisserman 2012).
    """
    finder = cv2.SIFT.create(nfeatures=points, contrastThreshold=CONTRAST)
    found, raw = finder.detectAndCompute(small, None)
    shape = (small.shape[0], small.shape[1])
    if raw is None or not len(found):
        return Features(np.zeros((0, 4), np.float32), np.zeros((0, 128), np.float32), shape)
    found, raw = found[:points], raw[:points]
    places = np.array([(*point.pt, point.size, point.angle) for point in found], np.float32)
    rooted = np.sqrt(raw / np.maximum(raw.sum(axis=1, keepdims=True), _FLAT))
    return Features(places, rooted.astype(np.float32), shape)


_CELLS: Final = np.arange(128).reshape(4, 4, 8)
# In a mirror the rows of cells change places, around the axis of the point, and directions turn back.
_MIRRORED: Final = _CELLS[::-1][:, :, (-np.arange(8)) % 8].reshape(-1)


def mirrored(features: Features) -> Features:
    """Return the points of the mirrored picture without looking for them again."""
    places = features.places.copy()
    places[:, 0] = features.shape[1] - 1 - places[:, 0]
    places[:, 3] = (180 - places[:, 3]) % 360
    return Features(places, features.descriptors[:, _MIRRORED], features.shape)
