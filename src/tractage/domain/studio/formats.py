"""The table of formats: platform, placement, size, type, limits, safe area, source."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from tractage.domain.errors import InputError, nearest

MM_PER_INCH = 25.4
LAYOUTS = ("portrait", "carre", "story", "large")


class Insets(NamedTuple):
    """Widths kept free of text at each edge, in pixels."""

    top: int = 0
    right: int = 0
    bottom: int = 0
    left: int = 0


@dataclass(frozen=True)
class Format:
    """One place where a work goes; sizes in pixels (print: with bleed), paper and bleed in mm."""

    name: str
    platform: str
    placement: str
    width: int
    height: int
    layout: str
    type: str
    safe: Insets
    source: str
    checked: date
    confidence: str
    max_bytes: int | None = None
    max_seconds: float | None = None
    paper: tuple[float, float] | None = None
    bleed: float = 0.0
    dpi: int = 72
    up: int = 1
    sheet: tuple[float, float] | None = None
    accepts: tuple[str, ...] = ()
    note: str = ""
    placement_en: str = ""

    @property
    def print(self) -> bool:
        """Whether the format is for paper."""
        return self.paper is not None

    @property
    def extension(self) -> str:
        """The ending of a file of this format."""
        return {"jpeg": "jpg"}.get(self.type, self.type)

    @property
    def ratio(self) -> str:
        """Width to height in words: 4:5, 9:16; print by the name of the paper."""
        for across, down in ((1, 1), (4, 5), (9, 16), (16, 9), (5, 4), (3, 2), (2, 3), (1, 2)):
            if abs(self.width / self.height - across / down) < 0.005:
                return f"{across}:{down}"
        return f"{self.width / self.height:.2f}"


@cache
def formats() -> dict[str, Format]:
    """Return every format by its name, in the order of the table."""
    text = (files("tractage.domain.studio") / "formats.toml").read_text("utf-8")
    return {name: _format(name, data) for name, data in tomllib.loads(text).items()}


def find_format(name: str) -> Format:
    """Return the format called `name`. Raises InputError that lists the known ones."""
    if name not in formats():
        raise InputError(
            f"unknown format {name!r}{nearest(name, formats())}; expected one of: {', '.join(formats())}"
        )
    return formats()[name]


def _format(name: str, data: dict[str, Any]) -> Format:
    paper = data.get("paper")
    bleed, dpi = float(data.get("bleed", 0)), int(data.get("dpi", 72))
    safe, up = Insets(*data.get("safe", ())), int(data.get("up", 1))
    if paper:
        scale = dpi / MM_PER_INCH
        width, height = (round((side + 2 * bleed) * scale) for side in paper)
        safe = Insets(*(round((bleed + (4 if up == 1 else 2)) * scale) for _ in range(4)))
    else:
        width, height = data["size"]
    kept = ("platform", "placement", "layout", "type", "source", "checked", "confidence", "max_bytes")
    rest = {key: data[key] for key in (*kept, "max_seconds", "up", "note", "placement_en") if key in data}
    return Format(
        name=name,
        width=width,
        height=height,
        safe=safe,
        paper=(float(paper[0]), float(paper[1])) if paper else None,
        bleed=bleed,
        dpi=dpi,
        accepts=tuple(data.get("accepts", ())),
        sheet=(float(data["sheet"][0]), float(data["sheet"][1])) if "sheet" in data else None,
        **rest,
    )


def with_instance_limits(fmt: Format, answer: Mapping[str, Any]) -> Format:
    """Return `fmt` with the limits that a Mastodon server states at `/api/v2/instance`.

    Raises InputError when the answer has none, or the server does not take this type or as many pixels.
    """
    media = answer.get("configuration", {}).get("media_attachments", {})
    if not isinstance(media, dict) or "image_size_limit" not in media:
        raise InputError("the server's answer has no configuration.media_attachments.image_size_limit")
    kinds, pixels = media.get("supported_mime_types"), int(media.get("image_matrix_limit", 0))
    if kinds and f"image/{fmt.type}" not in kinds:
        raise InputError(f"this server does not take image/{fmt.type}; it takes {', '.join(kinds)}")
    if pixels and fmt.width * fmt.height > pixels:
        raise InputError(
            f"this server takes at most {pixels:,} pixels, this format has {fmt.width * fmt.height:,}"
        )
    return replace(fmt, max_bytes=int(media["image_size_limit"]))
