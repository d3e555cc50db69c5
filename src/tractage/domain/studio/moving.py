"""A template in motion, and frames written as GIF, WebP or MP4 within a platform's limits."""

import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from tractage.domain.errors import InputError
from tractage.domain.studio.formats import Format
from tractage.domain.studio.gif import TARGET, encode_gif
from tractage.domain.studio.kits import Kit
from tractage.domain.studio.picture import ExportRefusedError, lay_out, renderer
from tractage.domain.studio.renderer import Renderer
from tractage.domain.studio.template import Template

Frames = NDArray[np.uint8]
KINDS = ("gif", "webp", "mp4")
WEBP_QUALITIES = (90, 80, 70, 55, 40)


@dataclass(frozen=True)
class Moving:
    """An encoded animation; `ssim` is the mean likeness to the frames given, where it was measured."""

    data: bytes
    kind: str
    frames: int
    ssim: float | None = None


def animate(
    template: Template,
    row: Mapping[str, str],
    fmt: Format,
    kit: Kit,
    *,
    engine: Renderer | None = None,
    where: str = "row",
) -> Frames:
    """Return the frames of an animated template, (n, height, width, 4) uint8 RGBA, at the template's rate.

    Raises InputError when the template does not move, ExportRefusedError when it lasts longer than the format
    allows.
    """
    if template.seconds <= 0:
        raise InputError(f"template {template.name} does not move: it has no `seconds`")
    if fmt.max_seconds and template.seconds > fmt.max_seconds:
        raise ExportRefusedError(
            f"format {fmt.name}: {template.seconds:g} s, {fmt.platform} takes at most {fmt.max_seconds:g} s"
        )
    page, _ = lay_out(engine or renderer(), template, row, fmt, kit, where)
    times = [number / template.fps for number in range(round(template.seconds * template.fps))]
    shape = (fmt.height, fmt.width, 4)
    return np.stack([np.frombuffer(frame, np.uint8).reshape(shape) for frame in page.frames(times)])


def encode_moving(
    frames: Frames,
    kind: str,
    *,
    fps: float,
    max_bytes: int | None = None,
    target: float = TARGET,
    progress: Callable[[int], None] = lambda _: None,
) -> Moving:
    """Encode `frames` (n, h, w, 3 or 4) as `kind` ("gif", "webp" or "mp4") at `fps`, within `max_bytes`.

    target: mean SSIM wanted of a GIF; progress: see `encode_gif`.
    Raises InputError for another kind, ExportRefusedError when the animation cannot be made to fit.
    """
    match kind:
        case "gif":
            gif = encode_gif(frames, fps=fps, target=target, max_bytes=max_bytes, progress=progress)
            return Moving(gif.data, kind, gif.frames, gif.ssim)
        case "webp":
            data = _within(max_bytes, (_webp(frames, fps, quality) for quality in WEBP_QUALITIES))
        case "mp4":
            data = _within(max_bytes, (_mp4(frames, fps, crf) for crf in (18, 22, 26, 30, 34)))
        case _:
            raise InputError(f"an animation is one of {', '.join(KINDS)}; found {kind!r}")
    return Moving(data, kind, len(frames))


def _within(limit: int | None, tries: Iterator[bytes]) -> bytes:
    data = b""
    for data in tries:
        if limit is None or len(data) <= limit:
            return data
    raise ExportRefusedError(f"{len(data):,} bytes at the lowest quality, the limit is {limit:,}")


def _webp(frames: Frames, fps: float, quality: int) -> bytes:
    images = [Image.fromarray(frame) for frame in frames]
    marks = [round(number * 1000 / fps) for number in range(len(frames) + 1)]
    durations = [after - before for before, after in pairwise(marks)]
    out = io.BytesIO()
    options = {"duration": durations, "loop": 0, "quality": quality, "method": 3}
    images[0].save(out, "WEBP", save_all=True, append_images=images[1:], **options)
    return out.getvalue()


def _mp4(frames: Frames, fps: float, crf: int) -> bytes:
    """H.264 without sound; clear pixels are laid on white, odd sides lose their last line."""
    import av

    count, height, width, _ = frames.shape
    out = io.BytesIO()
    with av.open(out, "w", format="mp4", options={"moov_size": str(32_768 + 32 * count)}) as container:
        rate = Fraction(fps).limit_denominator(1001)
        options = {"crf": str(crf), "preset": "medium"}
        stream = container.add_stream("libx264", rate=rate, options=options)
        stream.width, stream.height, stream.pix_fmt = width & ~1, height & ~1, "yuv420p"
        for frame in frames:
            flat = frame[: height & ~1, : width & ~1]
            if flat.shape[2] == 4:
                alpha = flat[..., 3:].astype(np.uint16)
                flat = ((flat[..., :3] * alpha + 255 * (255 - alpha)) // 255).astype(np.uint8)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(np.ascontiguousarray(flat), "rgb24")))
        container.mux(stream.encode())
    return out.getvalue()
