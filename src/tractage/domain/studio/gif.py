"""GIFs that are small for what the eye sees: the frames in, the bytes out.

The encoder spends error where it does not show. A pixel may differ from its target by `loss · (2σ² + C₂)`,
the local variance term of SSIM, so busy places are compressed harder than flat ones; `loss` is then searched
for the smallest file whose mean SSIM reaches the target. Method and figures: docs/methods/gif.md.
"""

import struct
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from tractage.domain.errors import InputError
from tractage.domain.studio.similarity import C2, luma, ssim, variance

TARGET = 0.981  # mean SSIM; a little above the goal of .98, which is measured with other windows
LOSSES = tuple(0.002 * 1.35**step for step in range(24))
PASSES = 5  # encodings that a search over LOSSES takes at most
FAR = np.float32(1e4)
_CHROMA = 0.6  # weight of a chroma error against a luma error
_RGB_TO_SPACE = np.array(
    [
        [0.299, 0.587, 0.114],
        [-0.1686 * _CHROMA, -0.3311 * _CHROMA, 0.4997 * _CHROMA],
        [0.4998 * _CHROMA, -0.4185 * _CHROMA, -0.0813 * _CHROMA],
    ],
    np.float32,
)
_SPACE_TO_RGB = np.linalg.inv(_RGB_TO_SPACE)
_PALETTE_SAMPLE = 30_000  # pixels
_PALETTE_ROUNDS = 3

Frames = NDArray[np.uint8]


@dataclass(frozen=True)
class Gif:
    """An encoded animation; `ssim` is the mean over its frames, against the frames given."""

    data: bytes
    frames: int
    ssim: float
    loss: float
    colours: int


@dataclass(frozen=True)
class _Frame:
    """A frame for the encoder: `wanted` (h, w, 3), `room` (h, w) its variance term, `clear` (h, w) bool."""

    rgb: NDArray[np.uint8]
    wanted: NDArray[np.float32]
    room: NDArray[np.float32]
    clear: NDArray[np.bool_]


def encode_gif(
    frames: Frames,
    *,
    fps: float,
    target: float = TARGET,
    max_bytes: int | None = None,
    colours: int = 256,
    progress: Callable[[int], None] = lambda _: None,
) -> Gif:
    """Encode `frames` (n, h, w, 3 or 4) uint8 as a looping GIF.

    fps: frames a second, 1 to 50 (a GIF counts hundredths); target: mean SSIM wanted, in (0, 1];
    max_bytes: limit of the platform, which wins over the target; colours: 2 to 256;
    progress: called with each number of frames encoded, PASSES times the frames in all.
    Returns the smallest encoding that reaches `target`; the best found when none does.
    Raises InputError when the frames are empty or cannot be made to fit in `max_bytes`.
    """
    if frames.ndim != 4 or not len(frames) or frames.shape[3] not in (3, 4):
        raise InputError(f"frames: expected (n, h, w, 3 or 4) with n ≥ 1, found {frames.shape}")
    if not 1 <= fps <= 50:
        raise InputError(f"fps: expected 1 to 50, found {fps:g}")
    prepared = [_prepare(frame) for frame in frames]
    best = _search(prepared, fps, target, colours, progress)
    while max_bytes is not None and len(best.data) > max_bytes:
        if colours <= 16:
            raise InputError(
                f"animation: {len(best.data):,} bytes, the limit is {max_bytes:,}: shorten or shrink it"
            )
        colours //= 2
        best = min(
            (_encode(prepared, fps, loss, colours) for loss in LOSSES[14::3]),
            key=lambda gif: _over(gif, max_bytes),
        )
    return best


def _over(gif: Gif, limit: int) -> tuple[bool, float]:
    return len(gif.data) > limit, -gif.ssim


def _search(
    frames: list[_Frame], fps: float, target: float, colours: int, progress: Callable[[int], None]
) -> Gif:
    low, high = 0, len(LOSSES) - 1
    best: Gif | None = None
    while low <= high:
        middle = (low + high) // 2
        gif = _encode(frames, fps, LOSSES[middle], colours)
        progress(len(frames))
        if gif.ssim >= target:
            best, low = gif, middle + 1
        else:
            high = middle - 1
    return best or _encode(frames, fps, LOSSES[0], colours)


def _prepare(frame: NDArray[np.uint8]) -> _Frame:
    rgb = np.ascontiguousarray(frame[..., :3])
    clear = frame[..., 3] < 128 if frame.shape[2] == 4 else np.zeros(frame.shape[:2], bool)
    if clear.any():
        rgb = np.where(clear[..., None], np.uint8(0), rgb)
    wanted = np.asarray(rgb.reshape(-1, 3) @ _RGB_TO_SPACE.T, np.float32).reshape(rgb.shape)
    return _Frame(rgb, wanted, (2 * variance(luma(rgb)) + C2).astype(np.float32), clear)


def _encode(frames: list[_Frame], fps: float, loss: float, colours: int) -> Gif:
    """Encode every frame at one loss; with clear pixels each is drawn whole, else over the frame before."""
    height, width = frames[0].room.shape
    shown = np.full((height, width, 3), FAR, np.float32)
    out = [
        b"GIF89a",
        struct.pack("<HHBBB", width, height, 0x70, 0, 0),
        b"!\xff\x0bNETSCAPE2.0\x03\x01\x00\x00\x00",
    ]
    likeness = []
    ticks = [round(number * 100 / fps) for number in range(len(frames) + 1)]
    wiped = [True, *(_uncovers(before, after) for before, after in pairwise(frames)), False]
    for number, (frame, (start, end)) in enumerate(zip(frames, pairwise(ticks), strict=True)):
        if wiped[number]:
            shown.fill(FAR)
        draw = _Drawing(over=not wiped[number], wipe_after=wiped[number + 1], delay=end - start)
        out += _frame_blocks(frame, shown, loss, colours, draw)
        likeness.append(_likeness(frame, shown))
    return Gif(b"".join(out) + b";", len(frames), float(np.mean(likeness)), loss, colours)


class _Drawing(NamedTuple):
    """How a frame is drawn: over the one before or not, wiped after it or not, shown `delay` hundredths."""

    over: bool
    wipe_after: bool
    delay: int


def _uncovers(before: _Frame, after: _Frame) -> bool:
    """Whether a pixel that was painted must be clear again: a GIF can only do that by wiping the frame."""
    return bool((~before.clear & after.clear).any())


def _frame_blocks(
    frame: _Frame, shown: NDArray[np.float32], loss: float, colours: int, draw: _Drawing
) -> list[bytes]:
    """Return the blocks of one frame, and paint what a viewer will see into `shown`."""
    from tractage.domain.studio.gif_kernels import compress, nearest

    allowed = np.where(frame.clear, np.float32(0), np.float32(loss) * frame.room)
    bad = (((frame.wanted - shown) ** 2).sum(-1) > allowed) & ~frame.clear
    whole = draw.wipe_after or not draw.over
    box = (0, bad.shape[0], 0, bad.shape[1]) if whole else _box(bad)
    keeps = draw.over or bool(frame.clear.any())
    table = _palette(frame, bad, colours - keeps)
    space = np.asarray(table @ _RGB_TO_SPACE.T, np.float32)
    transparent = len(table) if keeps else -1
    depth = max(2, int(len(table) + keeps - 1).bit_length())
    top, bottom, left, right = box
    window = np.s_[top:bottom, left:right]
    clear = frame.clear[window].ravel()
    wanted = frame.wanted[window].reshape(-1, 3).copy()
    before = shown[window].reshape(-1, 3).copy()
    index = nearest(wanted, space)
    if clear.any():
        wanted[clear] = before[clear] = -FAR
        index[clear] = transparent
    room = np.ascontiguousarray(allowed[window].ravel())
    codes, chosen = compress(wanted, before, room, index, space, transparent, depth)
    kept = chosen == transparent
    seen = np.where(kept[:, None], before, space[np.where(kept, 0, chosen)])
    seen[clear] = FAR
    shown[window] = seen.reshape(bottom - top, right - left, 3)
    disposal = 2 if draw.wipe_after else 1
    colour_table = np.zeros((1 << depth, 3), np.uint8)
    colour_table[: len(table)] = table
    return [
        b"!\xf9\x04"
        + struct.pack("<BHBB", disposal << 2 | keeps, draw.delay, transparent if keeps else 0, 0),
        b"," + struct.pack("<HHHHB", left, top, right - left, bottom - top, 0x80 | (depth - 1)),
        colour_table.tobytes(),
        bytes([depth]) + _blocks(codes.tobytes()),
    ]


def _palette(frame: _Frame, bad: NDArray[np.bool_], colours: int) -> NDArray[np.uint8]:
    """Return up to `colours` distinct RGB colours for the pixels that change, flat places counting more."""
    from tractage.domain.studio.gif_kernels import centroids, nearest

    if not bad.any():
        return np.zeros((1, 3), np.uint8)
    step = max(1, int(bad.sum()) // _PALETTE_SAMPLE)
    rgb = frame.rgb[bad][::step]
    distinct = np.unique(rgb, axis=0)
    if len(distinct) <= colours and step == 1:
        return distinct
    strip = Image.fromarray(rgb[None])
    table = strip.quantize(colours, method=Image.Quantize.MEDIANCUT).getpalette() or [0, 0, 0]
    start = np.unique(np.array(table[: 3 * colours], np.float32).reshape(-1, 3), axis=0)
    space = np.asarray(start @ _RGB_TO_SPACE.T, np.float32)
    pixels = np.ascontiguousarray(frame.wanted[bad][::step])
    weights = np.asarray(1 / frame.room[bad][::step], np.float32)
    for _ in range(_PALETTE_ROUNDS):
        space = np.asarray(centroids(pixels, weights, nearest(pixels, space), space), np.float32)
    rounded = np.clip(np.rint(space @ _SPACE_TO_RGB.T), 0, 255).astype(np.uint8)
    return np.asarray(np.unique(rounded, axis=0))


def _box(bad: NDArray[np.bool_]) -> tuple[int, int, int, int]:
    if not bad.any():
        return 0, 1, 0, 1
    rows, columns = np.flatnonzero(bad.any(1)), np.flatnonzero(bad.any(0))
    return int(rows[0]), int(rows[-1]) + 1, int(columns[0]), int(columns[-1]) + 1


def _likeness(frame: _Frame, shown: NDArray[np.float32]) -> float:
    """Return the SSIM of what is shown against the frame, clear pixels counted as black on both sides."""
    seen = np.where(frame.clear, np.float32(0), shown[..., 0])
    return ssim(frame.wanted[..., 0], seen)


def _blocks(data: bytes) -> bytes:
    parts = [bytes([len(data[at : at + 255])]) + data[at : at + 255] for at in range(0, len(data), 255)]
    return b"".join(parts) + b"\0"
