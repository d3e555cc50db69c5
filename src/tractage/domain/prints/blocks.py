"""Correlate a picture with small copies of works, block by block: compiled once."""

import numpy as np
from numba import njit
from numpy.typing import NDArray


@njit(cache=True, nogil=True)
def compare_blocks(
    picture: NDArray[np.float32],
    inside: NDArray[np.uint8],
    thumbs: NDArray[np.uint8],
    views: NDArray[np.int32],
    block: int,
    flat: float,
    likeness: NDArray[np.float32],
    textured: NDArray[np.float32],
    seen: NDArray[np.bool_],
) -> None:
    """Correlate a picture laid on works with their small copies, block by block.

    Args:
        picture: (s, s) grey levels of the picture laid on the work's square.
        inside: (s, s) 0 where the picture has nothing.
        thumbs: (v, s, s) small copies; `views` (m,) those to compare.
        block: side of a block; flat: standard deviation (grey levels) under which a block shows nothing.
        likeness: (m, b, b) filled with the correlation, −1 to 1; 0 where both are flat.
        textured: (m, b, b) filled with the larger standard deviation, 0 where flat or not seen.
        seen: (b, b) filled: the whole block is inside.
    """
    size = block * block
    for row, column in np.ndindex(seen.shape):
        top, left = row * block, column * block
        here = picture[top : top + block, left : left + block]
        seen[row, column] = inside[top : top + block, left : left + block].min() > 0
        likeness[:, row, column], textured[:, row, column] = 0.0, 0.0
        if not seen[row, column]:
            continue
        mean, spread = here.mean(), here.std()
        for number in range(len(views)):
            other, others, both = 0.0, 0.0, 0.0
            for y in range(block):
                for x in range(block):
                    value = np.float64(thumbs[views[number], top + y, left + x])
                    other += value
                    others += value * value
                    both += value * here[y, x]
            spread_there = np.sqrt(max(0.0, others / size - (other / size) ** 2))
            if max(spread, spread_there) >= flat:
                textured[number, row, column] = max(spread, spread_there)
                together = both / size - mean * (other / size)
                likeness[number, row, column] = together / (max(spread, 0.5) * max(spread_there, 0.5))
