"""The print of one picture: its points, its hash, a small grey copy for a last look."""

from dataclasses import dataclass
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
SMALLEST: Final = 24


@dataclass(frozen=True)
class Print:
    """The print of one picture or frame.

    Attributes:
        features: its points.
        small: the shrunk grey picture that they were found in.
        hash: 32 bytes.
        time: seconds from the start of the GIF or video; 0 for a still.
    """

    features: Features
    small: Grey
    hash: bytes
    time: float = 0.0

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
        points: local points at most.
    """
    if picture.dtype != np.uint8 or picture.ndim not in (2, 3) or min(picture.shape[:2]) < SMALLEST:
        found = f"{picture.dtype} of shape {picture.shape}"
        raise InputError(f"a print needs an 8-bit picture of {SMALLEST} × {SMALLEST} pixels at least, found {found}")
    small = shrink(to_grey(picture))
    return Print(find_points(small, points), small, hash_picture(small), time)
