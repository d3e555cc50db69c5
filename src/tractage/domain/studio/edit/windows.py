"""Sliding means and maxima, and linear filters, with NumPy alone: SciPy takes half a second to start."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

Series = NDArray[np.float64]
Filter = tuple[tuple[float, float, float], tuple[float, float, float]]
"""Numerator and denominator of a filter of order 2."""
TAIL: Final = 16_384
"""Samples after which what a filter still rings with is under 1e-30 of the impulse."""


def sliding_mean(values: Series, size: int) -> Series:
    """Return the mean of `size` values around each; beyond the ends the series is seen in a mirror."""
    before, after = size // 2, size - size // 2 - 1
    padded = np.pad(values, (before, after), mode="symmetric") if len(values) else values
    total = np.concatenate([[0.0], np.cumsum(padded)])
    means: Series = (total[size:] - total[:-size]) / size if len(values) else values
    return means


def sliding_max(values: Series, size: int) -> Series:
    """Return the largest of `size` values (an odd number) around each.

    Source: van Herk (1992): two running maxima over blocks of `size` give any window.
    """
    half = size // 2
    count = -(-(len(values) + 2 * half) // size) * size
    padded = np.full(count, -np.inf)
    padded[half : half + len(values)] = values
    blocks = padded.reshape(-1, size)
    onwards = np.maximum.accumulate(blocks, axis=1).ravel()
    back = np.maximum.accumulate(blocks[:, ::-1], axis=1)[:, ::-1].ravel()
    largest: Series = np.maximum(back[: len(values)], onwards[size - 1 :][: len(values)])
    return largest


def filtered(sound: NDArray[np.floating], filters: tuple[Filter, ...]) -> Series:
    """Return a sound (n, channels) after filters in a row, by their response to each frequency.

    The sound is followed by TAIL zeros, so that nothing rings round to its beginning.
    """
    second = 48_000
    size = -(-(len(sound) + TAIL) // second) * second
    turn = np.exp(-2j * np.pi * np.fft.rfftfreq(size))
    response = np.ones(len(turn), np.complex128)
    for above, below in filters:
        response *= (above[0] + turn * (above[1] + turn * above[2])) / (
            below[0] + turn * (below[1] + turn * below[2])
        )
    out = np.empty(sound.shape, np.float64)
    for channel in range(sound.shape[1]):
        spectrum = np.fft.rfft(sound[:, channel], size)
        spectrum *= response
        out[:, channel] = np.fft.irfft(spectrum, size)[: len(sound)]
    return out
