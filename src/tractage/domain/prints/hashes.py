"""The fast path: a 256-bit hash of a whole picture (discrete cosine transform), and its distance."""

from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from tractage.domain.errors import InputError

SIDE: Final = 64
BITS: Final = 256
BYTES: Final = BITS // 8
Grey = NDArray[np.uint8]


def luma(picture: NDArray[np.uint8]) -> Grey:
    """Return the grey levels (height, width) of an RGB picture (height, width, 3), both uint8."""
    red, green, blue = (picture[..., band].astype(np.uint16) for band in range(3))
    return ((red * 77 + green * 150 + blue * 29) >> 8).astype(np.uint8)


def _averaged(rows: NDArray[np.generic]) -> NDArray[np.float64]:
    """Return (SIDE, width): the rows averaged into SIDE by the area that they share."""
    sums = np.zeros((len(rows) + 1, rows.shape[1]), np.float64)
    np.cumsum(rows, axis=0, out=sums[1:])
    edges = np.linspace(0, len(rows), SIDE + 1)
    whole = np.minimum(edges.astype(np.int64), len(rows) - 1)
    at = sums[whole] + (edges - whole)[:, None] * (sums[whole + 1] - sums[whole])
    averaged: NDArray[np.float64] = np.diff(at, axis=0) * (SIDE / len(rows))
    return averaged


@lru_cache(maxsize=1)
def _cosines() -> NDArray[np.float64]:
    """Return the rows 1 to 16 of the type II cosine transform of SIDE points."""
    rows, columns = np.arange(1, 17)[:, None], np.arange(SIDE)[None, :]
    cosines: NDArray[np.float64] = np.cos(np.pi * rows * (2 * columns + 1) / (2 * SIDE))
    return cosines


def _spectrum(grey: Grey) -> NDArray[np.float64]:
    if grey.ndim != 2 or min(grey.shape) < 2:
        raise InputError(f"a hash needs a grey picture (height, width) of 2 × 2 at least, found {grey.shape}")
    small = _averaged(_averaged(grey).T).T
    spectrum: NDArray[np.float64] = _cosines() @ small @ _cosines().T
    return spectrum


def hash_picture(grey: Grey) -> bytes:
    """Return the 256-bit hash of a grey picture: signs of its low cosine frequencies around their median.

    Args:
        grey: (height, width) uint8.

    Returns:
        32 bytes. A flat picture has no hash worth comparing: see `detail`.

    Source: the DCT hash of Zauner (2010), with the 16 × 16 frequencies of PDQ (Facebook, 2019), drawn anew.
    """
    spectrum = _spectrum(grey)
    return np.packbits(spectrum > np.median(spectrum)).tobytes()


def detail(grey: Grey) -> float:
    """Return how much there is to hash, in grey levels: under 2, two unrelated pictures may look alike."""
    return float(np.sqrt(np.mean(_spectrum(grey) ** 2)) * 2 / SIDE)


def distance(first: bytes, second: bytes) -> int:
    """Return the number of bits, 0 to 256, in which two hashes differ."""
    if len(first) != BYTES or len(second) != BYTES:
        raise InputError(f"a hash has {BYTES} bytes, found {len(first)} and {len(second)}")
    return (int.from_bytes(first, "big") ^ int.from_bytes(second, "big")).bit_count()
