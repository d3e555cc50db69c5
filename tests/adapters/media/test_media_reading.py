"""Files from outside: sound ones are read and cleaned, the others refused in words."""

import asyncio
import io
import os
import struct
import time
import zlib
from pathlib import Path

import av
import numpy as np
import pytest
from benchmarks.media_fuzz import archive, picture, samples
from PIL import Image

from tractage.adapters.media import (
    PICTURES,
    Family,
    Limits,
    MediaError,
    Reason,
    clean_bytes,
    clean_copy,
    inspect_file,
    off_loop,
    read_frames,
    thumbnail,
)

FILES = samples()
SEEN = [name for name in FILES if name[-3:] not in ("mp3", "wav", "m4a", "ogg", "srt", "vtt")]


def refusal(data: bytes, name: str, limits: Limits | None = None) -> MediaError:
    with pytest.raises(MediaError) as caught:
        inspect_file(data, name=name, limits=limits or Limits())
    assert str(caught.value).startswith(name)
    return caught.value


@pytest.mark.parametrize("name", FILES)
def test_a_sound_file_is_measured_and_cleaned(name: str, tmp_path: Path) -> None:
    before = inspect_file(FILES[name], name=name)
    copy = clean_copy(FILES[name], tmp_path, "clean", name=name)
    assert copy.path.exists()
    assert [path.name for path in tmp_path.iterdir()] == [copy.path.name]
    assert copy.info.family is before.family
    assert (copy.info.width, copy.info.height) == (before.width, before.height)
    if before.duration:
        assert copy.info.duration == pytest.approx(before.duration, abs=0.15)
    raw = copy.path.read_bytes()
    for trace in (b"secret words", b"Exif", b"http://ns.adobe.com", b"Lavf"):
        assert trace not in raw


@pytest.mark.parametrize("name", SEEN)
def test_frames_and_thumbnails_show_the_picture(name: str) -> None:
    frames = read_frames(FILES[name], count=3, pixels=4_000, name=name)
    moving = name.startswith("moving") or name[-3:] in ("gif", "mp4", "mov", "ebm")
    assert len(frames) == (3 if moving else 1)
    for frame in frames:
        assert frame.pixels.shape[0] * frame.pixels.shape[1] <= 4_200
        assert frame.pixels.std() > 10
    assert [frame.time for frame in frames] == sorted({frame.time for frame in frames})
    with Image.open(io.BytesIO(thumbnail(FILES[name], 48, name=name))) as small:
        assert max(small.size) == 48


def test_a_photo_is_turned_upright_and_its_place_forgotten() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif.get_ifd(0x8825).update({1: "N", 2: (48.0, 51.0, 24.0)})
    out = io.BytesIO()
    picture(96, 48).save(out, "JPEG", exif=exif, quality=95)
    clean, info = clean_bytes(out.getvalue(), name="photo.jpg")
    assert (info.width, info.height) == (48, 96)
    with Image.open(io.BytesIO(clean)) as image:
        assert not image.getexif()
        assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
        pixels = np.asarray(image.convert("L"), float)
    turned = np.asarray(picture(96, 48).convert("L").rotate(-90, expand=True), float)
    assert np.abs(pixels - turned).mean() < 6


def test_a_gif_keeps_its_frames_to_the_pixel() -> None:
    clean, _ = clean_bytes(FILES["a.gif"], name="a.gif")
    with Image.open(io.BytesIO(FILES["a.gif"])) as before, Image.open(io.BytesIO(clean)) as after:
        assert after.n_frames == before.n_frames  # type: ignore[attr-defined]
        assert "comment" not in after.info
        for number in range(4):
            before.seek(number)
            after.seek(number)
            assert before.convert("RGB").tobytes() == after.convert("RGB").tobytes()


def test_a_video_is_written_again_from_its_pictures() -> None:
    clean, info = clean_bytes(FILES["a.webm"], name="a.webm")
    assert (info.kind, info.codecs) == ("mp4", ("h264", "aac"))
    with av.open(io.BytesIO(clean)) as film:
        assert sum(1 for _ in film.decode(video=0)) == 6
    assert clean.index(b"moov") < clean.index(b"mdat")


@pytest.mark.parametrize("name", [name for name in FILES if name[-3:] not in ("mp3", "srt", "vtt")])
def test_a_cut_file_is_refused(name: str) -> None:
    data = FILES[name]
    assert refusal(data[: -max(12, len(data) // 10)], name).reason is Reason.TRUNCATED


@pytest.mark.parametrize("name", [name for name in FILES if name[-3:] not in ("srt", "vtt")])
def test_a_zip_behind_a_file_is_refused(name: str) -> None:
    found = refusal(FILES[name] + archive(), name)
    assert (found.reason, found.values["found"]) == (Reason.POLYGLOT, "a ZIP")


@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.gif", "a.webp", "a.mp4", "a.webm", "a.wav"])
def test_a_page_behind_a_file_is_refused(name: str) -> None:
    found = refusal(FILES[name] + b"<script>alert(1)</script>", name)
    assert (found.reason, found.values["found"]) == (Reason.POLYGLOT, "a web page")
    assert refusal(FILES[name] + b"anything else", name).reason is Reason.TRAILING


def with_segment(marker: int, body: bytes) -> bytes:
    jpeg = FILES["a.jpg"]
    return jpeg[:2] + bytes((0xFF, marker)) + struct.pack(">H", len(body) + 2) + body + jpeg[2:]


def test_a_pdf_or_a_script_inside_a_jpeg_is_refused() -> None:
    assert refusal(with_segment(0xFE, b"%PDF-1.4 1 0 obj"), "a.jpg").values["found"] == "a PDF"
    assert refusal(with_segment(0xE1, b"<html><body>"), "a.jpg").values["found"] == "a web page"
    assert refusal(with_segment(0xFE, b"*/=alert(1);/*"), "a.jpg").values["found"] == "a script"
    assert inspect_file(with_segment(0xFE, b"Photo: Chlo\xc3\xa9"), name="a.jpg").kind == "jpeg"


def test_a_gif_that_is_a_script_is_refused() -> None:
    gif = FILES["a.gif"]
    assert refusal(gif[:-1] + b"\x21\xfe\x08*/=1;//\n\0;", "a.gif").values["found"] == "a script"


def test_the_previews_of_a_phone_are_let_in_and_dropped() -> None:
    clean, _ = clean_bytes(FILES["a.jpg"] + FILES["progressive.jpg"], name="a.jpg")
    assert clean.count(b"\xff\xd8\xff") == 1


def bomb(width: int, height: int) -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    rows = zlib.compress(bytes(min(height * (width // 8 + 1), 4_000_000)), 9)
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    before = time.monotonic()
    assert refusal(bomb(60_000, 60_000), "a.png").reason is Reason.TOO_MANY_PIXELS
    assert time.monotonic() - before < 5
    assert refusal(bomb(2, 2), "a.png").reason is Reason.TOO_SMALL


def test_an_animation_may_not_be_longer_than_its_limit() -> None:
    assert refusal(FILES["a.gif"], "a.gif", Limits(frames=3)).reason is Reason.TOO_MANY_FRAMES
    assert refusal(FILES["a.mp4"], "a.mp4", Limits(duration=0.2)).reason is Reason.TOO_LONG
    assert refusal(FILES["a.mp4"], "a.mp4", Limits(video_bytes=100)).reason is Reason.TOO_HEAVY


def test_only_what_is_expected_is_taken() -> None:
    with pytest.raises(MediaError, match="something else is expected"):
        inspect_file(FILES["a.mp3"], name="a.mp3", families=PICTURES)
    assert inspect_file(FILES["a.mp3"], families=frozenset({Family.AUDIO})).has_audio


def test_what_is_not_a_file_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.png")
    for path in (tmp_path, tmp_path / "pipe.png"):
        with pytest.raises(MediaError, match="not a file"):
            inspect_file(path)
    with pytest.raises(FileNotFoundError):
        inspect_file(tmp_path / "missing.png")
    assert refusal(b"", "empty.png").reason is Reason.EMPTY


def test_captions_are_rewritten_strictly() -> None:
    text = "\ufeff1\r\n00:00:01,000 --> 00:00:02,500 x:1\r\n<b>75</b> voix<script>alert(1)</script>\r\n"
    clean, info = clean_bytes(text.encode(), name="a.srt")
    assert clean.decode() == "1\n00:00:01,000 --> 00:00:02,500\n<b>75</b> voixalert(1)\n"
    assert (info.frames, info.duration) == (1, 2.5)
    assert refusal(b"WEBVTT\n\n00:03.000 --> 00:02.000\nx\n", "a.vtt").values["line"] == 3
    assert refusal(b"1\n00:00:01,000 --> 00:00:02,500\n\xff\xfe\n", "a.srt").reason is Reason.TEXT


def test_the_event_loop_is_never_blocked() -> None:
    ticks = 0

    async def tick() -> None:
        nonlocal ticks
        while True:
            ticks += 1
            await asyncio.sleep(0)

    async def main() -> str:
        ticker = asyncio.create_task(tick())
        info = await off_loop(inspect_file, FILES["a.mp4"], name="a.mp4")
        ticker.cancel()
        return info.kind

    assert asyncio.run(main()) == "mp4"
    assert ticks > 1
