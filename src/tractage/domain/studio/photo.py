"""Photographs: prepared in the inks of a kit, and put into a page without their metadata."""

import base64
import io
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps, UnidentifiedImageError

from tractage.domain.errors import InputError
from tractage.domain.studio.contrast import channels
from tractage.domain.studio.kits import Kit

STYLES = ("deux-tons", "trame")
_LONGEST = 1600  # pixels of the longer side once prepared
_MOST_PIXELS = 60_000_000
_TYPES = ("PNG", "JPEG", "WEBP")
_CELL, _ANGLE = 9.0, 0.39  # pixels between dots, radians


def open_photo(path: Path) -> Image.Image:
    """Return the picture at `path`, upright, in RGB, at most 1600 pixels on its longer side.

    Raises InputError naming the file when it is missing, too large, or no PNG, JPEG or WebP.
    """
    try:
        with Image.open(path, formats=_TYPES) as found:
            if found.width * found.height > _MOST_PIXELS:
                raise InputError(
                    f"{path}: {found.width} × {found.height} pixels, expected at most 60 million"
                )
            image = ImageOps.exif_transpose(found).convert("RGB")
    except FileNotFoundError as error:
        raise InputError(f"{path}: no such photo") from error
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError) as error:
        raise InputError(f"{path}: not a readable PNG, JPEG or WebP picture") from error
    image.thumbnail((_LONGEST, _LONGEST), Image.Resampling.LANCZOS)
    return image


def prepare_photo(path: Path, kit: Kit, style: str = "deux-tons", paper: str = "canari") -> Image.Image:
    """Return the photo at `path` in the kit's ink on one of its papers.

    `deux-tons` maps light to a blend of ink and paper, `trame` to dots of ink whose area says the shade.
    Raises InputError on another style, or a colour that the kit has not.
    """
    if style not in STYLES:
        raise InputError(f"style {style!r}; expected one of: {', '.join(STYLES)}")
    if paper not in kit.colours:
        raise InputError(f"paper {paper!r}; expected one of: {', '.join(kit.colours)}")
    grey = ImageOps.autocontrast(ImageOps.grayscale(open_photo(path)), cutoff=1)
    shade = np.asarray(grey, dtype=np.float64) / 255
    light = shade if style == "deux-tons" else _dots(shade)
    ink, ground = (np.array(channels(kit.colours[name]), dtype=np.float64) for name in ("encre", paper))
    mixed = ink + (ground - ink) * light[..., None]
    return Image.fromarray(mixed.round().astype(np.uint8), "RGB")


def _dots(shade: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the light left by round dots of ink on a turned screen, edges one pixel soft."""
    down, across = np.indices(shade.shape)
    turned = (
        (across * np.cos(_ANGLE) + down * np.sin(_ANGLE)) * 2 * np.pi / _CELL,
        (down * np.cos(_ANGLE) - across * np.sin(_ANGLE)) * 2 * np.pi / _CELL,
    )
    screen = 0.5 + (np.cos(turned[0]) + np.cos(turned[1])) / 4
    return np.asarray(np.clip((shade - screen) * _CELL * 0.7 + 0.5, 0, 1))


def embed_photo(path: str) -> str:
    """Return the picture at `path` as a data address, re-encoded without its metadata."""
    file = Path(path)
    try:
        state = file.stat()
    except OSError as error:
        raise InputError(f"{path}: no such photo") from error
    return _embedded(file, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=16)
def _embedded(file: Path, _changed: int, _size: int) -> str:
    out = io.BytesIO()
    open_photo(file).save(out, "JPEG", quality=90, subsampling=0)
    return "data:image/jpeg;base64," + base64.b64encode(out.getvalue()).decode()
