"""Throw thousands of mutated files at the sandbox: the parent must live, and every answer must come in time.

    python benchmarks/media_fuzz.py [--count 12000] [--seed 1]

Prints what became of the files, the longest answer, and the processes that had to be replaced.
"""

import argparse
import io
import random
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any

import av
import numpy as np
from PIL import Image

from tractage.adapters.media import Limits, MediaError, clean_bytes, inspect_file, read_frames, thumbnail

LIMITS = Limits(seconds=5.0, video_seconds=10.0, memory=1_500_000_000, picture_pixels=20_000_000)
OPERATIONS: tuple[Callable[..., Any], ...] = (inspect_file, read_frames, thumbnail, clean_bytes)


def picture(width: int = 96, height: int = 72, seed: int = 0) -> Image.Image:
    """Return a small picture with flat zones, a gradient and noise."""
    rng = np.random.default_rng(seed)
    blocks = rng.integers(0, 255, (height // 12, width // 12, 3), dtype=np.uint8)
    pixels = np.kron(blocks, np.ones((12, 12, 1), np.uint8)).astype(np.int16)
    pixels += np.linspace(0, 40, width).astype(np.int16)[None, :, None]
    pixels[: height // 3] += rng.integers(-20, 20, (height // 3, width, 3)).astype(np.int16)
    return Image.fromarray(pixels.clip(0, 255).astype(np.uint8))


def film(container: str, video: str | None, audio: str | None, seconds: float = 0.6) -> bytes:
    """Return a small film: `container` is the muxer, `video` and `audio` are encoders or None."""
    out = io.BytesIO()
    with av.open(out, "w", format=container) as copy:
        streams: list[tuple[Any, list[Any]]] = []
        if video:
            stream = copy.add_stream(video, rate=10)
            stream.width, stream.height, stream.pix_fmt = 96, 72, "yuv420p"
            pictures = [av.VideoFrame.from_image(picture(seed=n)) for n in range(int(10 * seconds))]
            streams.append((stream, pictures))
        if audio:
            stream = copy.add_stream(audio, rate=48_000, layout="mono")
            wave = np.sin(np.arange(int(48_000 * seconds)) * 0.05).astype(np.float32) * 0.3
            formats = {"pcm_s16le": "s16", "libmp3lame": "s16p", "libopus": "s16"}
            kind = formats.get(audio, "fltp")
            samples = wave if kind == "fltp" else (wave * 30_000).astype(np.int16)
            frame = av.AudioFrame.from_ndarray(samples[None], format=kind, layout="mono")
            frame.sample_rate, frame.pts, frame.time_base = 48_000, 0, Fraction(1, 48_000)
            size = stream.codec_context.frame_size or 1024
            streams.append((stream, list(av.AudioResampler(frame_size=size).resample(frame))))
        for stream, frames in streams:
            for frame in frames:
                copy.mux(stream.encode(frame))
            copy.mux(stream.encode(None))
    return out.getvalue()


def samples() -> dict[str, bytes]:
    """Return one sound file of every kind, by name."""
    still, files = picture(), {}
    frames = [picture(seed=n) for n in range(4)]
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = 6, "secret words"
    for name, options in (
        ("a.png", {}),
        ("a.jpg", {"exif": exif, "comment": b"secret words", "quality": 85}),
        ("progressive.jpg", {"progressive": True}),
        ("a.webp", {"quality": 80}),
        ("lossless.webp", {"lossless": True}),
        ("a.gif", {"save_all": True, "append_images": frames, "duration": 80, "comment": b"secret words"}),
        ("moving.webp", {"save_all": True, "append_images": frames, "duration": 80}),
        ("moving.png", {"save_all": True, "append_images": frames, "duration": 80}),
    ):
        out = io.BytesIO()
        form = {"jpg": "JPEG"}.get(name.rsplit(".", maxsplit=1)[-1], name.rsplit(".", maxsplit=1)[-1].upper())
        still.save(out, form, **options)
        files[name] = out.getvalue()
    files |= {
        "a.mp4": film("mp4", "libx264", "aac"),
        "a.mov": film("mov", "libx264", "aac"),
        "a.webm": film("webm", "libvpx-vp9", "libopus"),
        "a.mp3": film("mp3", None, "libmp3lame"),
        "a.wav": film("wav", None, "pcm_s16le"),
        "a.m4a": film("ipod", None, "aac"),
        "a.ogg": film("ogg", None, "libopus"),
        "a.srt": "1\n00:00:01,000 --> 00:00:02,500\nIl a manqué <b>75</b> voix\n".encode(),
        "a.vtt": b"WEBVTT\n\n00:01.000 --> 00:02.000 align:start\nBonjour\n",
    }
    return files


def archive() -> bytes:
    """Return a small ZIP."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("page.html", "<script>alert(1)</script>")
    return out.getvalue()


def mutate(data: bytes, other: bytes, rng: random.Random) -> bytes:
    """Return `data` with one to four wounds: bits, bytes, sizes, cuts, repeats, splices, appendices."""
    wounded = bytearray(data)
    for _ in range(rng.randint(1, 4)):
        if not wounded:
            break
        at = rng.randrange(len(wounded)) if rng.random() < 0.6 else rng.randrange(min(len(wounded), 200))
        size = rng.randint(1, max(1, min(64, len(wounded) - at)))
        wound = rng.randrange(9)
        if wound == 0:
            wounded[at] ^= 1 << rng.randrange(8)
        elif wound == 1:
            wounded[at : at + size] = rng.randbytes(size)
        elif wound == 2:
            wounded[at : at + 4] = rng.choice(
                (b"\xff\xff\xff\xff", b"\0\0\0\0", b"\x7f\xff\xff\xff", b"\0\1\0\0")
            )
        elif wound == 3:
            del wounded[at:]
        elif wound == 4:
            del wounded[at : at + size]
        elif wound == 5:
            wounded[at:at] = wounded[at : at + size] * rng.randint(1, 20)
        elif wound == 6:
            start = rng.randrange(len(other))
            wounded[at : at + size] = other[start : start + rng.randint(1, 400)]
        elif wound == 7:
            wounded += rng.choice((archive(), b"<script>alert(1)</script>", other[:200], b"\0" * 50))
        else:
            wounded[at : at + 2] = rng.choice((b"\xff\xff", b"\0\0", b"\x80\0"))
    return bytes(wounded)


def mutants(count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """Yield `count` mutated files with their names, every kind in turn."""
    rng = random.Random(seed)
    files = list(samples().items())
    for number in range(count):
        name, data = files[number % len(files)]
        yield name, mutate(data, rng.choice(files)[1], rng)


def run(count: int, seed: int, limits: Limits = LIMITS) -> tuple[Counter[str], float]:
    """Throw `count` files; return how many were read or refused, by reason, and the longest answer (s)."""
    outcome: Counter[str] = Counter()
    slowest = 0.0
    rng = random.Random(seed + 1)
    for name, data in mutants(count, seed):
        operation = rng.choices(OPERATIONS, (4, 2, 2, 1 if name[-3:] in ("mp4", "mov", "ebm") else 3))[0]
        before = time.monotonic()
        try:
            operation(data, name=name, limits=limits)
            outcome["read"] += 1
        except MediaError as refusal:
            outcome[refusal.reason.value] += 1
        slowest = max(slowest, time.monotonic() - before)
    return outcome, slowest


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=12_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    before = time.monotonic()
    outcome, slowest = run(options.count, options.seed)
    print(f"{options.count} files in {time.monotonic() - before:.0f} s, parent alive")
    print(
        f"longest answer {slowest:.2f} s (limit {LIMITS.seconds:.0f} s, films {LIMITS.video_seconds:.0f} s)"
    )
    for reason, number in outcome.most_common():
        print(f"{number:7d}  {reason}")


if __name__ == "__main__":
    main()
