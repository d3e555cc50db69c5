"""The print of one picture: its points, its hash, a small grey copy for a last look."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from tractage.domain.errors import InputError
from tractage.domain.prints.features import Features, find_points, shrink, to_grey
from tractage.domain.prints.hashes import Grey, hash_picture

SIDE: Final = 160
"""Side of the small copy, in pixels, whatever the ratio of the picture."""
WORK_POINTS: Final = 500
QUERY_POINTS: Final = 600
SMALLEST: Final = 24


@dataclass(frozen=True)
class Print:
    """The print of one picture or frame; its points are looked for when they are first asked for.

    Attributes:
        small: the shrunk grey picture.
        hash: 32 bytes.
        points: local points at most.
        time: seconds from the start of the GIF or video; 0 for a still.
    """

    small: Grey
    hash: bytes
    points: int
    time: float = 0.0

    @cached_property
    def features(self) -> Features:
        """Its local points."""
        return find_points(self.small, self.points)

    @property
    def thumb(self) -> Grey:
        """The small copy, (SIDE, SIDE) uint8."""
        done = cv2.resize(self.small, (SIDE, SIDE), interpolation=cv2.INTER_AREA)
        return done.astype(np.uint8, copy=False)


def take_print(picture: NDArray[np.uint8], time: float = 0.0, points: int = WORK_POINTS) -> Print:
    """Return the print of a decoded picture.

    Args:
        picture: (height, width, 3) RGB or (height, width) grey, uint8.
        time: seconds from the start.
        points: local points at most: WORK_POINTS for the index, QUERY_POINTS to look for a picture.
    """
    if picture.dtype != np.uint8 or picture.ndim not in (2, 3) or min(picture.shape[:2]) < SMALLEST:
        found = f"{picture.dtype} {picture.shape}"
        raise InputError(f"a print needs an 8-bit picture of {SMALLEST} × {SMALLEST} at least, found {found}")
    small = shrink(to_grey(picture))
    return Print(small, hash_picture(small), points, time)
