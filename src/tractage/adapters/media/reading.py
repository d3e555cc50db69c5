"""Open a file from outside: the calls that the rest of Tractage uses."""

import asyncio
import contextlib
import os
import stat
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, ParamSpec, TypeVar

from tractage.adapters.media.kinds import KINDS, Family
from tractage.adapters.media.limits import DEFAULT, Limits
from tractage.adapters.media.refusals import MediaError, Reason
from tractage.adapters.media.sandbox import Sandbox

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

P = ParamSpec("P")
T = TypeVar("T")
Source = Path | str | bytes
WORKERS: Final = 2
LONGEST_NAME: Final = 80


@dataclass(frozen=True)
class MediaInfo:
    """What a file holds: kind, media type, weight in bytes, size in pixels, frames, length in seconds."""

    kind: str
    family: Family
    mime: str
    bytes: int
    width: int | None = None
    height: int | None = None
    frames: int | None = None
    duration: float | None = None
    has_audio: bool = False
    codecs: tuple[str, ...] = ()

    @property
    def suffix(self) -> str:
        """The suffix of a file of this kind, with its dot."""
        return KINDS[self.kind].suffixes[0]

    @property
    def animated(self) -> bool:
        """Whether it moves: a video, or a picture of several frames."""
        return self.family is Family.VIDEO or (self.family is Family.PICTURE and (self.frames or 1) > 1)


@dataclass(frozen=True)
class CleanCopy:
    """A file written again from its decoded content: where it is and what it holds."""

    path: Path
    info: MediaInfo


@dataclass(frozen=True)
class Frame:
    """One decoded picture: pixels (height, width, 3) uint8 RGB, and its time in seconds (0 for a still)."""

    pixels: "NDArray[np.uint8]"
    time: float


@lru_cache(maxsize=1)
def sandbox() -> Sandbox:
    """Return the pool of reading processes of this program."""
    return Sandbox(WORKERS)


def inspect_file(
    source: Source,
    *,
    name: str = "",
    families: frozenset[Family] = frozenset(Family),
    limits: Limits = DEFAULT,
) -> MediaInfo:
    """Check that a file is sound and say what it holds.

    Args:
        source: a path, or the bytes themselves.
        name: the name that the sender gave (its suffix is a claim that is checked); a path has its own.
        families: what is accepted here.
        limits: what it may cost.

    Raises:
        MediaError: in one line, with a reason code and a message id.
    """
    name = _shown_name(source, name)
    with _opened(source, name, limits) as descriptor:
        size = os.fstat(descriptor).st_size
        answer = _run("inspect", [descriptor], name, limits)
    info = _info(answer, size, name)
    if info.family not in families:
        raise MediaError(Reason.UNEXPECTED, name=name, found=KINDS[info.kind].words)
    return info


def clean_copy(
    source: Source,
    folder: Path,
    stem: str,
    *,
    name: str = "",
    families: frozenset[Family] = frozenset(Family),
    limits: Limits = DEFAULT,
) -> CleanCopy:
    """Write the file again in `folder` from its decoded content alone: no EXIF, GPS, XMP, comment or profile.

    Pictures keep their kind (upright, sRGB); videos become MP4 (H.264, AAC), sounds M4A.
    The copy appears under `stem` plus the suffix of its kind only when it is whole.
    """
    before = inspect_file(source, name=name, families=families, limits=limits)
    shown = _shown_name(source, name)
    long = before.family in (Family.VIDEO, Family.AUDIO)
    handle, temporary = tempfile.mkstemp(prefix=f".{stem}-", dir=folder)
    try:
        with _opened(source, shown, limits) as descriptor:
            answer = _run("clean", [descriptor, handle], shown, limits, long=long)
        kind = _kind_name(answer, shown)
        path = folder / (stem + KINDS[kind].suffixes[0])
        after = inspect_file(Path(temporary), name=path.name, limits=limits)
        os.fsync(handle)
        os.fchmod(handle, 0o644)
        Path(temporary).replace(path)
        return CleanCopy(path, after)
    finally:
        os.close(handle)
        Path(temporary).unlink(missing_ok=True)


def clean_bytes(
    source: Source,
    *,
    name: str = "",
    families: frozenset[Family] = frozenset(Family),
    limits: Limits = DEFAULT,
) -> tuple[bytes, MediaInfo]:
    """Return the clean copy as bytes, for a storage that is not a folder."""
    with tempfile.TemporaryDirectory() as folder:
        copy = clean_copy(source, Path(folder), "clean", name=name, families=families, limits=limits)
        return copy.path.read_bytes(), copy.info


def thumbnail(source: Source, side: int = 480, *, name: str = "", limits: Limits = DEFAULT) -> bytes:
    """Return a WebP within side × side pixels of a picture, the first frame of a GIF, or a video's middle."""
    name = _shown_name(source, name)
    with _opened(source, name, limits) as descriptor, tempfile.TemporaryFile() as out:
        _run("thumbnail", [descriptor, out.fileno()], name, limits, side=side)
        out.seek(0)
        return out.read()


def read_frames(
    source: Source, *, count: int = 1, pixels: int = 1_000_000, name: str = "", limits: Limits = DEFAULT
) -> tuple[Frame, ...]:
    """Decode at most `count` pictures spread over a picture, GIF or video, shrunk to `pixels` each."""
    import numpy as np

    name = _shown_name(source, name)
    with _opened(source, name, limits) as descriptor, tempfile.TemporaryFile() as out:
        answer = _run("frames", [descriptor, out.fileno()], name, limits, count=count, pixels=pixels)
        shapes = answer.get("frames")
        if not isinstance(shapes, list) or len(shapes) > count:
            raise MediaError(Reason.CRASHED, name=name)
        out.seek(0)
        frames = []
        for moment, height, width in shapes:
            raw = out.read(int(height) * int(width) * 3)
            if len(raw) != int(height) * int(width) * 3 or int(height) * int(width) > 2 * pixels + 10_000:
                raise MediaError(Reason.CRASHED, name=name)
            array = np.frombuffer(raw, np.uint8).reshape(int(height), int(width), 3)
            frames.append(Frame(array, float(moment)))
    return tuple(frames)


def read_clip(
    source: Source,
    *,
    fps: float,
    width: int,
    begin: float = 0.0,
    end: float = 60.0,
    name: str = "",
    limits: Limits = DEFAULT,
) -> "NDArray[np.uint8]":
    """Decode a stretch at `fps` frames a second; returns (n, height, width, 3) uint8 RGB."""
    import numpy as np

    name = _shown_name(source, name)
    with _opened(source, name, limits) as descriptor, tempfile.TemporaryFile() as out:
        options = {
            "fps_milli": round(fps * 1000),
            "width": width,
            "begin_ms": round(begin * 1000),
            "end_ms": round(end * 1000),
        }
        answer = _run("clip", [descriptor, out.fileno()], name, limits, long=True, **options)
        count, height, wide = (int(answer.get(key) or 0) for key in ("count", "height", "width"))
        out.seek(0)
        raw = out.read(count * height * wide * 3)
        if wide != width or len(raw) != count * height * wide * 3:
            raise MediaError(Reason.CRASHED, name=name)
    return np.frombuffer(raw, np.uint8).reshape(count, height, wide, 3)


@lru_cache(maxsize=1)
def _threads() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(WORKERS, thread_name_prefix="media")


async def off_loop(call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Await one of the calls of this module without blocking the event loop (Discord bot, ASGI views)."""
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(_threads(), partial(call, *args, **kwargs))


def _run(
    operation: str, files: list[int], name: str, limits: Limits, long: bool = False, **options: int
) -> dict[str, Any]:
    seconds = limits.video_seconds if long else limits.seconds
    return sandbox().run(operation, files, name=name, limits=limits, seconds=seconds, options=options)


def _shown_name(source: Source, name: str) -> str:
    given = name or ("" if isinstance(source, bytes) else Path(source).name)
    return "".join(sign for sign in Path(given).name if sign.isprintable())[-LONGEST_NAME:] or "file"


@contextlib.contextmanager
def _opened(source: Source, name: str, limits: Limits) -> Iterator[int]:
    if isinstance(source, bytes):
        with tempfile.TemporaryFile() as file:
            file.write(source)
            file.flush()
            yield file.fileno()
        return
    descriptor = os.open(source, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise MediaError(Reason.NOT_A_FILE, name=name)
        most = max(limits.video_bytes, limits.picture_bytes, limits.audio_bytes)
        if status.st_size > most:
            found, limit = (f"{size / 1_000_000:.1f} MB" for size in (status.st_size, most))
            raise MediaError(Reason.TOO_HEAVY, name=name, found=found, limit=limit)
        yield descriptor
    finally:
        os.close(descriptor)


def _kind_name(answer: dict[str, Any], name: str) -> str:
    kind = answer.get("kind")
    if not isinstance(kind, str) or kind not in KINDS:
        raise MediaError(Reason.CRASHED, name=name)
    return kind


def _info(answer: dict[str, Any], size: int, name: str) -> MediaInfo:
    kind = KINDS[_kind_name(answer, name)]
    width, height, frames = (
        int(value) if isinstance(value := answer.get(key), int | float) else None
        for key in ("width", "height", "frames")
    )
    duration = answer.get("duration")
    codecs = answer.get("codecs")
    return MediaInfo(
        kind=kind.name,
        family=kind.family,
        mime=kind.mime,
        bytes=size,
        width=width,
        height=height,
        frames=frames,
        duration=float(duration) if isinstance(duration, int | float) else None,
        has_audio=bool(answer.get("has_audio")) or kind.family is Family.AUDIO,
        codecs=tuple(str(codec)[:20] for codec in codecs) if isinstance(codecs, list) else (),
    )
