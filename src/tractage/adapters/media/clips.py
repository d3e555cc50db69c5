"""Decode a stretch of a video or animation at one rate, inside the reading process only."""

from collections.abc import Iterator
from typing import Any, BinaryIO, Final

import av
import numpy as np
from av.filter import Graph
from PIL import Image

from tractage.adapters.media import films, pictures
from tractage.adapters.media.kinds import Family
from tractage.adapters.media.limits import Limits
from tractage.adapters.media.refusals import MediaError, Reason, gettext_noop

MOST_FRAMES: Final = 900
MOST_PIXELS: Final = 400_000_000
SOUND_WORDS: Final = gettext_noop("a sound without a picture")


def write_clip(
    film: Any, out: BinaryIO, *, fps: float, width: int, begin: float, end: float
) -> tuple[int, int, int]:
    """Write the frames of `film` from `begin` to `end` seconds as raw RGB; return (frames, height, width)."""
    video, _ = films.main_streams(film)
    if video is None:
        raise MediaError(Reason.UNEXPECTED, found=SOUND_WORDS)
    graph = Graph()
    steps = [f"trim=start={begin:.6f}:end={end:.6f}", "setpts=PTS-STARTPTS", f"fps={fps:.6f}:start_time=0"]
    source = node = graph.add_buffer(template=video, time_base=video.time_base)
    first = next(iter(film.decode(video)), None)
    film.seek(0)
    steps += {90: ["transpose=cclock"], 180: ["hflip", "vflip"], 270: ["transpose=clock"]}.get(
        int(getattr(first, "rotation", 0)) % 360, []
    )
    steps += [f"scale={width}:-1:flags=lanczos", "format=rgb24"]
    for step in steps:
        name, _, options = step.partition("=")
        after = graph.add(name, options or None)
        node.link_to(after)
        node = after
    node.link_to(graph.add("buffersink"))
    graph.configure()
    count, shape = 0, (0, 0)
    start = float((video.start_time or 0) * video.time_base)
    for frame in _pulled(graph, source, film, video, start, end):
        array = frame.to_ndarray(format="rgb24")
        shape = array.shape[:2]
        count += 1
        if count > MOST_FRAMES or count * shape[0] * shape[1] > MOST_PIXELS:
            raise MediaError(Reason.TOO_LONG, limit=MOST_FRAMES)
        out.write(array.tobytes())
    if not count:
        raise MediaError(Reason.DAMAGED)
    return count, shape[0], shape[1]


def _pulled(graph: Graph, source: Any, film: Any, video: Any, start: float, end: float) -> Iterator[Any]:
    """Push decoded frames, times counted from the first, and yield what comes out."""
    for frame in film.decode(video):
        if frame.pts is not None:
            frame.pts -= video.start_time or 0
        try:
            source.push(frame)
        except av.error.EOFError:  # the stretch is over
            return
        yield from _ready(graph)
        if frame.time is not None and frame.time - start > end + 1:
            break
    source.push(None)
    yield from _ready(graph)


def _ready(graph: Graph) -> Iterator[Any]:
    while True:
        try:
            yield graph.vpull()
        except (av.error.BlockingIOError, av.error.EOFError):
            return


def write_animation(
    image: Image.Image, out: BinaryIO, *, fps: float, width: int, begin: float, end: float, limits: Limits
) -> tuple[int, int, int]:
    """Write the frames of an animated picture at one rate as raw RGB; return (frames, height, width)."""
    shape, count, clock, due = (0, 0), 0, 0.0, begin
    for frame in pictures.all_frames(image, limits):
        upright = pictures.on_white(frame)
        clock += max(0.02, float(frame.info.get("duration", 100) or 100) / 1000)
        height = max(1, round(upright.height * width / upright.width))
        small = upright.resize((width, height), Image.Resampling.LANCZOS)
        shape = (height, width)
        while due < min(clock, end) - 1e-9:
            count += 1
            if count > MOST_FRAMES or count * height * width > MOST_PIXELS:
                raise MediaError(Reason.TOO_LONG, limit=MOST_FRAMES)
            out.write(np.asarray(small, np.uint8).tobytes())
            due = begin + count / fps
    if not count:
        raise MediaError(Reason.DAMAGED)
    return count, *shape


def clip(opened: Any, out: BinaryIO | None, options: Any) -> dict[str, Any]:
    """Write raw RGB frames at `fps_milli` / 1000 a second, `width` wide, from `begin_ms` to `end_ms`."""
    assert out is not None
    how = {
        "fps": options["fps_milli"] / 1000,
        "width": int(options["width"]),
        "begin": options["begin_ms"] / 1000,
        "end": options["end_ms"] / 1000,
    }
    if opened.kind.family is Family.VIDEO:
        with films.open_film(opened.stream(), opened.kind, opened.limits) as film:
            count, height, width = write_clip(film, out, **how)
    elif opened.kind.family is Family.PICTURE:
        image = pictures.open_picture(opened.stream(), opened.kind, opened.limits)
        count, height, width = write_animation(image, out, limits=opened.limits, **how)
    else:
        raise MediaError(Reason.UNEXPECTED, found=opened.kind.words)
    return {"count": count, "height": height, "width": width}
