"""The inner loops of the GIF encoder, compiled with numba.

Pixels are rows of a luma–chroma space in which squared distance is the encoder's error. Each pixel has its
own tolerance: where the eye (and SSIM) sees little, the compressor may choose among more colours and so finds
longer matches.
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray

TABLE = 4096  # codes of a GIF dictionary
STACK = 2048  # matches looked at for one code


@njit(cache=True)
def nearest(pixels: NDArray[np.float32], palette: NDArray[np.float32]) -> NDArray[np.int32]:
    """Return for each of `pixels` (n, 3) the index of the nearest colour of `palette` (k, 3)."""
    out = np.empty(pixels.shape[0], np.int32)
    last = 0
    for i in range(pixels.shape[0]):
        x, y, z = pixels[i, 0], pixels[i, 1], pixels[i, 2]
        best = last
        error = (x - palette[best, 0]) ** 2 + (y - palette[best, 1]) ** 2 + (z - palette[best, 2]) ** 2
        if error > 0.01:
            for j in range(palette.shape[0]):
                d = (x - palette[j, 0]) ** 2
                if d < error:
                    d += (y - palette[j, 1]) ** 2 + (z - palette[j, 2]) ** 2
                    if d < error:
                        error = d
                        best = j
        out[i] = best
        last = best
    return out


@njit(cache=True)
def centroids(
    pixels: NDArray[np.float32],
    weights: NDArray[np.float32],
    index: NDArray[np.int32],
    palette: NDArray[np.float32],
) -> NDArray[np.float32]:
    """Return `palette` with each colour moved to the weighted mean of its pixels; unused colours stay."""
    sums = np.zeros((palette.shape[0], 3))
    total = np.zeros(palette.shape[0])
    for i in range(pixels.shape[0]):
        j = index[i]
        total[j] += weights[i]
        for c in range(3):
            sums[j, c] += weights[i] * pixels[i, c]
    out = palette.copy()
    for j in range(palette.shape[0]):
        if total[j] > 0:
            for c in range(3):
                out[j, c] = sums[j, c] / total[j]
    return out


@njit(cache=True)
def _error(symbol: int, i: int, target, shown, palette, clear_symbol: int) -> float:  # type: ignore[no-untyped-def]
    if symbol == clear_symbol:
        return float(
            (target[i, 0] - shown[i, 0]) ** 2
            + (target[i, 1] - shown[i, 1]) ** 2
            + (target[i, 2] - shown[i, 2]) ** 2
        )
    return float(
        (target[i, 0] - palette[symbol, 0]) ** 2
        + (target[i, 1] - palette[symbol, 1]) ** 2
        + (target[i, 2] - palette[symbol, 2]) ** 2
    )


@njit(cache=True)
def compress(  # noqa: PLR0912, PLR0915 - one loop, kept together for the compiler
    target: NDArray[np.float32],
    shown: NDArray[np.float32],
    tolerance: NDArray[np.float32],
    index: NDArray[np.int32],
    palette: NDArray[np.float32],
    transparent: int,
    depth: int,
) -> tuple[NDArray[np.uint8], NDArray[np.int32]]:
    """Compress one frame by LZW with matches that may differ from the target within each pixel's tolerance.

    target, shown: (n, 3) pixels wanted, pixels on the screen before; tolerance: (n,) squared error allowed;
    index: (n,) nearest colour of palette (k, 3); transparent: symbol that keeps the pixel shown, or −1;
    depth: bits of a symbol. Returns (bytes of the code stream, (n,) symbols that a decoder will see).
    """
    n = target.shape[0]
    clear = 1 << depth
    out = np.empty(2 * n + 64, np.uint8)
    chosen = np.empty(n, np.int32)
    first = np.full(TABLE, -1, np.int32)
    sibling = np.full(TABLE, -1, np.int32)
    symbols = np.zeros(TABLE, np.int32)
    node = np.empty(STACK, np.int32)
    stop = np.empty(STACK, np.int32)
    parent = np.empty(STACK, np.int32)
    taken = np.empty(STACK, np.int32)
    bits, held, size, free, o = 0, 0, depth + 1, clear + 2, 0
    bits |= clear
    held += size
    reserved, reserved_parent = -1, -1
    i = 0
    while i < n:
        top = 0
        if transparent >= 0 and _error(transparent, i, target, shown, palette, transparent) <= tolerance[i]:
            node[top], stop[top], parent[top], taken[top] = transparent, i + 1, -1, transparent
            top += 1
        node[top], stop[top], parent[top], taken[top] = index[i], i + 1, -1, index[i]
        top += 1
        for j in range(palette.shape[0]):
            if (
                j != index[i]
                and top < 48
                and (target[i, 0] - palette[j, 0]) ** 2 <= tolerance[i]
                and _error(j, i, target, shown, palette, transparent) <= tolerance[i]
            ):
                node[top], stop[top], parent[top], taken[top] = j, i + 1, -1, j
                top += 1
        head, best = 0, 0
        while head < top:
            p = stop[head]
            if p > stop[best]:
                best = head
            if p < n:
                child = first[node[head]]
                while child != -1 and top < STACK:
                    s = symbols[child]
                    if s == index[p] or _error(s, p, target, shown, palette, transparent) <= tolerance[p]:
                        node[top], stop[top], parent[top], taken[top] = child, p + 1, head, s
                        top += 1
                    child = sibling[child]
            head += 1
        at, p = best, stop[best] - 1
        while at != -1:
            chosen[p] = taken[at]
            p -= 1
            at = parent[at]
        if reserved >= 0:
            symbols[reserved] = chosen[i]
            sibling[reserved] = first[reserved_parent]
            first[reserved_parent] = reserved
        bits |= node[best] << held
        held += size
        while held >= 8:
            out[o] = bits & 255
            o += 1
            bits >>= 8
            held -= 8
        i = stop[best]
        reserved, reserved_parent = free, node[best]
        free += 1
        if reserved == 1 << size:
            size += 1
        if free == TABLE:
            bits |= clear << held
            held += size
            while held >= 8:
                out[o] = bits & 255
                o += 1
                bits >>= 8
                held -= 8
            first[:] = -1
            size, free, reserved = depth + 1, clear + 2, -1
    bits |= (clear + 1) << held
    held += size
    while held > 0:
        out[o] = bits & 255
        o += 1
        bits >>= 8
        held -= 8
    return out[:o], chosen
