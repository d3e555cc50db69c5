"""What the reading process does with one open file: inspect, clean, thumbnail, frames."""

import io
import mmap
import os
from collections.abc import Callable, Mapping
from typing import Any, BinaryIO, Final

from PIL import Image

from tractage.adapters.media import captions, pictures
from tractage.adapters.media.kinds import (
    M4A,
    MP4,
    Family,
    Kind,
    check_suffix,
    claim_of,
    recognise,
)
from tractage.adapters.media.limits import Limits
from tractage.adapters.media.refusals import MediaError, Reason
from tractage.adapters.media.streams import check_stream
from tractage.adapters.media.structure import check_picture

Answer = dict[str, Any]
HEAD: Final = 4_096


class Opened:
    """A file whose bytes, structure and name agree; the decoder has not run yet."""

    def __init__(self, descriptor: int, name: str, limits: Limits) -> None:
        self.limits = limits
        self.size = os.fstat(descriptor).st_size
        if self.size == 0:
            raise MediaError(Reason.EMPTY)
        self.map = mmap.mmap(descriptor, 0, access=mmap.ACCESS_READ)
        self.kind = self._kind(name)
        self._check_weight()
        with memoryview(self.map) as data:
            if self.kind.family is Family.PICTURE:
                check_picture(data, self.kind)
            elif self.kind.family is not Family.CAPTIONS:
                check_stream(data, self.kind)

    def stream(self) -> BinaryIO:
        """Return the file to read from its start."""
        return io.BufferedReader(_MapReader(self.map))

    def _kind(self, name: str) -> Kind:
        try:
            kind = recognise(self.map[:HEAD])
        except MediaError as refusal:
            claimed = claim_of(name)
            if claimed and refusal.reason is Reason.UNSUPPORTED:
                found = str(refusal.values["found"])
                raise MediaError(Reason.MISLABELLED, claimed=claimed, found=found) from refusal
            if claimed and refusal.reason is Reason.UNKNOWN:
                raise MediaError(Reason.DAMAGED) from refusal
            raise
        check_suffix(kind, name)
        return kind

    def _check_weight(self) -> None:
        limit = int(getattr(self.limits, f"{self.kind.family.value}_bytes"))
        if self.size > limit:
            raise MediaError(Reason.TOO_HEAVY, found=in_megabytes(self.size), limit=in_megabytes(limit))


class _MapReader(io.RawIOBase):
    """A file over mapped memory, so that no reader moves another's position."""

    def __init__(self, source: mmap.mmap) -> None:
        self._map, self._at = source, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: len(self._map)}[whence]
        self._at = max(0, base + offset)
        return self._at

    def tell(self) -> int:
        return self._at

    def readinto(self, buffer: Any) -> int:
        part = self._map[self._at : self._at + len(buffer)]
        buffer[: len(part)] = part
        self._at += len(part)
        return len(part)


def in_megabytes(size: int) -> str:
    """Return a size in words."""
    return f"{size / 1_000_000:.1f} MB"


def inspect(opened: Opened, out: BinaryIO | None, options: Mapping[str, Any]) -> Answer:
    """Decode what proves the file sound and measure it; write nothing."""
    del out, options
    answer: Answer = {"kind": opened.kind.name, "bytes": opened.size}
    if opened.kind.family is Family.CAPTIONS:
        cues = captions.read_cues(opened.map[:], opened.kind)
        return answer | {"frames": len(cues), "duration": max((cue.end for cue in cues), default=0) / 1000}
    if opened.kind.family is Family.PICTURE:
        image = pictures.open_picture(opened.stream(), opened.kind, opened.limits)
        return answer | pictures.measure(image, opened.limits)
    from tractage.adapters.media import films

    with films.open_film(opened.stream(), opened.kind, opened.limits) as film:
        answer |= films.measure(film)
        if opened.kind is MP4 and not film.streams.video:
            answer["kind"] = M4A.name
        return answer


def clean(opened: Opened, out: BinaryIO | None, options: Mapping[str, Any]) -> Answer:
    """Write a new file made from decoded pixels, samples or cues alone."""
    del options
    assert out is not None
    if opened.kind.family is Family.CAPTIONS:
        cues = captions.read_cues(opened.map[:], opened.kind)
        out.write(captions.write_cues(cues, opened.kind).encode())
        return {"kind": opened.kind.name}
    if opened.kind.family is Family.PICTURE:
        image = pictures.open_picture(opened.stream(), opened.kind, opened.limits)
        answer = pictures.measure(image, opened.limits)
        image.seek(0)
        pictures.write_clean(image, opened.kind, opened.map, out, opened.limits)
        return answer | {"kind": opened.kind.name}
    from tractage.adapters.media import encode, films

    with films.open_film(opened.stream(), opened.kind, opened.limits) as film:
        kind = MP4 if films.main_streams(film)[0] is not None else M4A
        encode.write_clean_film(film, out, opened.limits)
    return {"kind": kind.name}


def thumbnail(opened: Opened, out: BinaryIO | None, options: Mapping[str, Any]) -> Answer:
    """Write a WebP within side × side pixels: the picture, the first frame, or the middle of the video."""
    assert out is not None
    small = _one_picture(opened, int(options["side"]))
    small.save(out, "WEBP", quality=82, method=4)
    return {"width": small.width, "height": small.height}


def _one_picture(opened: Opened, side: int) -> Image.Image:
    if opened.kind.family is Family.PICTURE:
        return pictures.shrink(pictures.open_picture(opened.stream(), opened.kind, opened.limits), side)
    if opened.kind.family is Family.VIDEO:
        from tractage.adapters.media import films

        with films.open_film(opened.stream(), opened.kind, opened.limits) as film:
            for _, image in films.sample(film, 1):
                return pictures.shrink(image, side)
    raise MediaError(Reason.UNEXPECTED, found=opened.kind.words)


def frames(opened: Opened, out: BinaryIO | None, options: Mapping[str, Any]) -> Answer:
    """Write raw RGB pictures one after the other: at most `count`, spread in time, of `pixels` at most."""
    assert out is not None
    count, pixels = int(options["count"]), int(options["pixels"])
    shapes: list[tuple[float, int, int]] = []

    def put(moment: float, image: Image.Image) -> None:
        scale = min(1.0, (pixels / (image.width * image.height)) ** 0.5)
        size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
        small = image if size == image.size else image.resize(size, Image.Resampling.BOX, reducing_gap=None)
        out.write(small.tobytes())
        shapes.append((moment, small.height, small.width))

    if opened.kind.family is Family.PICTURE:
        image = pictures.open_picture(opened.stream(), opened.kind, opened.limits)
        if image.format == "JPEG":
            side = 2 * int(pixels**0.5)
            image.draft("RGB", (side, side))
        total = int(getattr(image, "n_frames", 1))
        wanted = {int(total * (n + 0.5) / min(count, total)) for n in range(min(count, total))}
        moment = 0.0
        for number, frame in enumerate(pictures.all_frames(image, opened.limits)):
            if number in wanted:
                put(moment, pictures.on_white(pictures.upright(frame)))
            elif total > 1:
                frame.load()  # some formats tell the length of a frame only once it is decoded
            moment += float(frame.info.get("duration", 0) or 0) / 1000
            if number >= max(wanted):
                break
    elif opened.kind.family is Family.VIDEO:
        from tractage.adapters.media import films

        with films.open_film(opened.stream(), opened.kind, opened.limits) as film:
            for moment, picture in films.sample(film, count):
                put(moment, picture)
    if not shapes:
        raise MediaError(Reason.UNEXPECTED, found=opened.kind.words)
    return {"frames": shapes}


def clip(opened: Opened, out: BinaryIO | None, options: Mapping[str, Any]) -> Answer:
    """Write raw RGB frames of a stretch at one rate."""
    from tractage.adapters.media import clips

    return clips.clip(opened, out, options)


OPERATIONS: Final[Mapping[str, Callable[[Opened, BinaryIO | None, Mapping[str, Any]], Answer]]] = {
    "inspect": inspect,
    "clean": clean,
    "thumbnail": thumbnail,
    "frames": frames,
    "clip": clip,
}
