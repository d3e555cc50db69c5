"""Decode and encode videos and sounds with PyAV, inside the reading process only."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any, BinaryIO, Final

import av
import av.container
from PIL import Image

from tractage.adapters.media.kinds import M4A, MOV, MP3, MP4, OGG, WAV, WEBM, Kind
from tractage.adapters.media.limits import Limits
from tractage.adapters.media.pictures import check_size
from tractage.adapters.media.refusals import MediaError, Reason

DEMUXERS: Final = {
    MP4.name: "mov,mp4,m4a,3gp,3g2,mj2",
    MOV.name: "mov,mp4,m4a,3gp,3g2,mj2",
    M4A.name: "mov,mp4,m4a,3gp,3g2,mj2",
    WEBM.name: "matroska,webm",
    MP3.name: "mp3",
    WAV.name: "wav",
    OGG.name: "ogg",
}
VIDEO_CODECS: Final = frozenset(
    ("h264", "hevc", "vp8", "vp9", "av1", "libdav1d", "libvpx", "libvpx-vp9", "mpeg4", "prores")
)
AUDIO_CODECS: Final = frozenset(
    (
        "aac",
        "mp3",
        "mp3float",
        "opus",
        "libopus",
        "vorbis",
        "libvorbis",
        "flac",
        "alac",
        "pcm_s16le",
        "pcm_s24le",
        "pcm_s32le",
        "pcm_f32le",
        "pcm_u8",
    )
)
RATE: Final = 48_000
LONG_SIDE: Final = 1920


def open_film(source: BinaryIO, kind: Kind, limits: Limits) -> av.container.InputContainer:
    """Open a video or sound with the one demuxer of its kind; check codecs, size and length."""
    film = av.open(
        source, mode="r", format=DEMUXERS[kind.name].split(",", maxsplit=1)[0], metadata_errors="ignore"
    )
    if not film.streams.video and not film.streams.audio:
        raise MediaError(Reason.DAMAGED)
    streams: list[Any] = [*film.streams.video, *film.streams.audio]
    for stream in streams:
        if stream.codec_context is None or stream.codec_context.name not in VIDEO_CODECS | AUDIO_CODECS:
            found = stream.codec_context.name if stream.codec_context else "?"
            if stream.type == "video" and is_cover(stream):
                continue
            raise MediaError(Reason.CODEC, found=str(found))
        if stream.type == "video":
            check_size(stream.codec_context.width, stream.codec_context.height, limits.video_pixels, limits)
            stream.codec_context.thread_count = 1
    if film.duration and film.duration / av.time_base > limits.duration:
        raise MediaError(Reason.TOO_LONG, limit=int(limits.duration))
    return film


def is_cover(stream: Any) -> bool:
    """Whether a video stream is the cover picture of a sound."""
    return "attached_pic" in str(getattr(stream, "disposition", "")).lower()


def main_streams(film: av.container.InputContainer) -> tuple[Any, Any]:
    """Return the first video stream (no cover picture) and the first audio stream, None where missing."""
    video = next((stream for stream in film.streams.video if not is_cover(stream)), None)
    return video, next(iter(film.streams.audio), None)


def measure(film: av.container.InputContainer) -> dict[str, Any]:
    """Decode the first picture and the first sound; return what the file holds."""
    video, sound = main_streams(film)
    info: dict[str, Any] = {"has_audio": sound is not None, "frames": None}
    info["duration"] = film.duration / av.time_base if film.duration else None
    info["codecs"] = [stream.codec_context.name for stream in (video, sound) if stream is not None]
    for stream in (video, sound):
        if stream is None:
            continue
        first = next(iter(film.decode(stream)), None)
        if first is None:
            raise MediaError(Reason.DAMAGED)
        if stream is video:
            turned = int(getattr(first, "rotation", 0)) % 180 == 90
            size = (first.width, first.height)
            info["width"], info["height"] = size[::-1] if turned else size
            info["frames"] = stream.frames or None
        film.seek(0)
    return info


def sample(film: av.container.InputContainer, count: int) -> Iterator[tuple[float, Image.Image]]:
    """Yield at most `count` pictures spread over the video with their time in seconds."""
    video, _ = main_streams(film)
    if video is None:
        return
    base = float(video.time_base or Fraction(1, 1000))
    start = float(video.start_time or 0) * base
    length = float(video.duration * base if video.duration else (film.duration or 0) / av.time_base)
    last = -1.0
    for number in range(count):
        wanted = start + length * (number + 0.5) / count
        film.seek(int(wanted / base), stream=video, backward=True)
        chosen = None
        for frame in film.decode(video):
            chosen = frame
            if frame.time is None or frame.time >= wanted - 1e-3:
                break
        if chosen is None or (chosen.time is not None and chosen.time <= last):
            continue
        last = chosen.time if chosen.time is not None else last
        yield max(0.0, last - start), turn(chosen)


def turn(frame: Any) -> Image.Image:
    """Return a decoded picture, turned as the file says."""
    image: Image.Image = frame.to_image()
    rotation = int(getattr(frame, "rotation", 0)) % 360
    return image.rotate(rotation, expand=True) if rotation else image
