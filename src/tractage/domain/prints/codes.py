"""Turn a descriptor into 128 bits that keep its neighbours near, with a basis that ships with the package."""

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from io import BytesIO
from typing import Final

import numpy as np
from numpy.typing import NDArray

WORDS: Final = 2
BITS: Final = 64 * WORDS
PREFIX: Final = 16
"""The first bits are the key of a point in the index; they come from the 24 widest directions."""
FLIPS: Final = 2
"""How many of the least certain bits of the key are tried both ways: 2² = 4 keys a point."""


@dataclass(frozen=True)
class Codes:
    """Codes of points.

    Attributes:
        words: (n, 2) uint64, the first bit is the highest of the first word.
        flips: (n, FLIPS) uint8, the least certain bits among the first `prefix`.
    """

    words: NDArray[np.uint64]
    flips: NDArray[np.uint8]


@lru_cache(maxsize=1)
def basis() -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return the projection (128, 128) and thresholds (128,): bit = descriptor · projection > threshold."""
    raw = files("tractage.domain.prints").joinpath("basis.npy").read_bytes()
    table = np.load(BytesIO(raw), allow_pickle=False).astype(np.float32)
    return np.ascontiguousarray(table[:128]), np.ascontiguousarray(table[128])


def encode(descriptors: NDArray[np.float32], prefix: int = PREFIX) -> Codes:
    """Return the codes of rooted descriptors (n, 128), unit length."""
    projection, thresholds = basis()
    margins = descriptors @ projection - thresholds
    packed = np.packbits(margins > 0, axis=1)
    words = packed.view(">u8").astype(np.uint64)
    doubt = np.abs(margins[:, :prefix])
    flips = np.argpartition(doubt, FLIPS - 1, axis=1)[:, :FLIPS].astype(np.uint8)
    return Codes(words, flips)
