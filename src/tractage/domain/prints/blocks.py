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
    blocks = seen.shape[0]
    area = block * block
    for row in range(blocks):
        for column in range(blocks):
            top, left = row * block, column * block
            whole, total, squares = True, 0.0, 0.0
            for y in range(top, top + block):
                for x in range(left, left + block):
                    if inside[y, x] == 0:
                        whole = False
                    value = picture[y, x]
                    total += value
                    squares += value * value
            seen[row, column] = whole
            spread = np.sqrt(max(0.0, squares / area - (total / area) ** 2))
            for number in range(len(views)):
                likeness[number, row, column] = 0.0
                textured[number, row, column] = 0.0
                if not whole:
                    continue
                other, others, both = 0.0, 0.0, 0.0
                for y in range(top, top + block):
                    for x in range(left, left + block):
                        value = np.float64(thumbs[views[number], y, x])
                        other += value
                        others += value * value
                        both += value * picture[y, x]
                spread_other = np.sqrt(max(0.0, others / area - (other / area) ** 2))
                largest = max(spread, spread_other)
                if largest < flat:
                    continue
                textured[number, row, column] = largest
                together = both / area - (total / area) * (other / area)
                likeness[number, row, column] = together / (max(spread, 0.5) * max(spread_other, 0.5))
