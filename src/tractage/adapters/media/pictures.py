"""Decode and write pictures with Pillow, inside the reading process only."""

import io
import mmap
from collections.abc import Iterator
from typing import Any, BinaryIO, Final

from PIL import Image, ImageCms, ImageFile, ImageOps, PngImagePlugin

from tractage.adapters.media.kinds import GIF, JPEG, PNG, WEBP, Kind
from tractage.adapters.media.limits import Limits
from tractage.adapters.media.refusals import MediaError, Reason
from tractage.adapters.media.structure import gif_blocks, gif_header_end

FORMATS: Final = {PNG.name: "PNG", JPEG.name: "JPEG", WEBP.name: "WEBP", GIF.name: "GIF"}
ImageFile.LOAD_TRUNCATED_IMAGES = False
PngImagePlugin.MAX_TEXT_MEMORY = 4 << 20
Image.MAX_IMAGE_PIXELS = None  # our own limit is checked before any pixel is decoded


def open_picture(source: BinaryIO, kind: Kind, limits: Limits) -> Image.Image:
    """Open a picture as `kind` and no other, and check its size before decoding a pixel."""
    image = Image.open(source, formats=[FORMATS[kind.name]])
    check_size(image.width, image.height, limits.picture_pixels, limits)
    frames = int(getattr(image, "n_frames", 1))
    if frames > limits.frames or frames * image.width * image.height > limits.animation_pixels:
        most = min(limits.frames, limits.animation_pixels // (image.width * image.height))
        raise MediaError(Reason.TOO_MANY_FRAMES if frames > 1 else Reason.TOO_MANY_PIXELS, limit=most)
    return image


def check_size(width: int, height: int, pixels: int, limits: Limits) -> None:
    """Refuse a size in pixels that is over the limit or too small to mean anything."""
    found = f"{width} × {height}"
    if width * height > pixels:
        raise MediaError(Reason.TOO_MANY_PIXELS, found=found, limit=pixels // 1_000_000)
    if min(width, height) < limits.smallest_side:
        raise MediaError(Reason.TOO_SMALL, found=found)


def measure(image: Image.Image, limits: Limits) -> dict[str, Any]:
    """Decode every frame; return width, height, frames and duration (seconds, None for a still picture)."""
    frames, milliseconds, quarter_turned = 0, 0.0, image.getexif().get(0x0112, 1) in (5, 6, 7, 8)
    for frame in all_frames(image, limits):
        frame.load()
        frames, milliseconds = frames + 1, milliseconds + float(frame.info.get("duration", 0) or 0)
    width, height = image.size[::-1] if quarter_turned else image.size
    duration = milliseconds / 1000 if frames > 1 else None
    return {"width": width, "height": height, "frames": frames, "duration": duration}


def all_frames(image: Image.Image, limits: Limits) -> Iterator[Image.Image]:
    """Yield the image at each of its frames (the same object, moved on)."""
    for number in range(int(getattr(image, "n_frames", 1))):
        image.seek(number)
        check_size(image.width, image.height, limits.picture_pixels, limits)
        yield image


def upright(image: Image.Image) -> Image.Image:
    """Return the picture turned as its EXIF says, in sRGB (RGB, RGBA, or grey), without any metadata."""
    turned = ImageOps.exif_transpose(image)
    profile = turned.info.get("icc_profile")
    if profile:
        turned = _to_srgb(turned, profile)
    alpha = turned.mode in ("LA", "PA", "RGBA") or "transparency" in turned.info
    mode = "RGBA" if alpha else "L" if turned.mode in ("1", "L") else "RGB"
    if turned.mode.startswith("I"):
        turned = turned.convert("I").point(lambda value: value * (1 / 256)).convert("L")
        mode = "L"
    clean = turned.convert(mode)
    bare = Image.new(mode, clean.size)
    bare.paste(clean)
    return bare


def _to_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        target = "RGBA" if image.mode in ("RGBA", "PA", "LA") else "RGB"
        if image.mode not in ("RGB", "RGBA", "CMYK"):
            return image
        done = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode=target)
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return image  # a broken profile changes nothing of the pixels
    return done if done is not None else image


def on_white(image: Image.Image) -> Image.Image:
    """Return an RGB picture, transparency laid on white."""
    if image.mode == "RGB":
        return image
    rgba = image.convert("RGBA")
    ground = Image.new("RGB", rgba.size, "white")
    ground.paste(rgba, mask=rgba.getchannel("A"))
    return ground


def write_clean(image: Image.Image, kind: Kind, source: mmap.mmap, out: BinaryIO, limits: Limits) -> None:
    """Write the picture again without metadata, in the same kind."""
    if kind is GIF:
        write_clean_gif(source, out)
    elif int(getattr(image, "n_frames", 1)) > 1:
        _write_animation(image, kind, out, limits)
    elif kind is JPEG:
        on_white(upright(image)).save(out, "JPEG", quality=92, subsampling=0, optimize=True)
    elif kind is WEBP:
        lossless = source.find(b"VP8L", 0, 64) >= 0
        upright(image).save(out, "WEBP", lossless=lossless, quality=92, method=4)
    else:
        upright(image).save(out, "PNG", optimize=False, compress_level=6)


def _write_animation(image: Image.Image, kind: Kind, out: BinaryIO, limits: Limits) -> None:
    frames, times = list[Image.Image](), list[int]()
    for frame in all_frames(image, limits):
        frame.load()
        times.append(max(10, int(frame.info.get("duration", 100) or 100)))
        frames.append(upright(frame))
    extra: dict[str, Any] = {"quality": 88, "method": 3} if kind is WEBP else {}
    frames[0].save(
        out, FORMATS[kind.name], save_all=True, append_images=frames[1:], duration=times, loop=0, **extra
    )


def write_clean_gif(source: mmap.mmap, out: BinaryIO) -> None:
    """Copy the frames of a GIF as they are and drop its comments, texts and unknown extensions.

    Frames keep their palettes and their compressed pixels: decoding and encoding again would change colours.
    Every frame has been decoded before this is called.
    """
    with memoryview(source) as data:
        out.write(b"GIF89a")
        out.write(data[6 : gif_header_end(data)])
        for block in gif_blocks(data):
            start, end = block.span
            loop = block.label == 0xFF and bytes(data[start + 3 : start + 14]) == b"NETSCAPE2.0"
            if block.name == "image" or block.label == 0xF9 or (loop and end - start == 19):
                out.write(data[start:end])
        out.write(b"\x3b")


def shrink(image: Image.Image, side: int) -> Image.Image:
    """Return the picture within side × side pixels, RGB or RGBA; never enlarged."""
    if image.format == "JPEG":
        image.draft("RGB", (side * 2, side * 2))
    small = image
    if max(image.size) > 4 * side and image.mode in ("RGB", "L"):
        small = image.reduce(max(1, max(image.size) // (2 * side)))
        small.info = dict(image.info)
        exif = image.getexif()
        if exif:
            small.info["exif"] = exif.tobytes()
    small = upright(small)
    small.thumbnail((side, side), Image.Resampling.LANCZOS)
    return small
