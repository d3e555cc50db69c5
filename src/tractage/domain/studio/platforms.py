"""The table of platforms: which file fits, how long a caption may be, and what to know before one posts."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from tractage.domain.studio.formats import formats

ORIGINAL = "original"


class Tip(NamedTuple):
    """One thing to know, in French and in English, with where it was read and when."""

    fr: str
    en: str
    source: str
    checked: date
    confidence: str


class Offer(NamedTuple):
    """A file that a work has: format, size in bytes, media type."""

    format: str
    bytes: int
    media_type: str


@dataclass(frozen=True)
class Platform:
    """A place where persons post: names of the formats that fit, the best first; letters: longest caption."""

    name: str
    fr: str
    en: str
    formats: tuple[str, ...]
    takes: tuple[str, ...]
    checked: date
    tips: tuple[Tip, ...]
    letters: int | None = None
    alt: bool = False

    @property
    def most_bytes(self) -> int | None:
        """The largest file that the platform takes, when it is known."""
        return formats()[self.formats[0]].max_bytes

    def label(self, language: str) -> str:
        """The platform's name in a language."""
        return self.en if language == "en" else self.fr


@cache
def platforms() -> dict[str, Platform]:
    """Return every platform by its name, in the order of the table."""
    text = (files("tractage.domain.studio") / "platforms.toml").read_text("utf-8")
    return {name: _platform(name, data) for name, data in tomllib.loads(text).items()}


def choose(platform: Platform, offers: Iterable[Offer]) -> Offer | None:
    """Return the file to post on `platform`: the best format that is there, else the original if it is taken.

    A file above the platform's limit, or of a family that it does not take, is never chosen.
    """
    fitting = {
        one.format: one
        for one in offers
        if family(one.media_type) in platform.takes and one.bytes <= (platform.most_bytes or one.bytes)
    }
    return next((fitting[name] for name in (*platform.formats, ORIGINAL) if name in fitting), None)


def family(media_type: str) -> str:
    """Return image, gif, video, or other: what a platform takes or not."""
    if media_type == "image/gif":
        return "gif"
    kind = media_type.partition("/")[0]
    return kind if kind in {"image", "video"} else "other"


def _platform(name: str, data: dict[str, Any]) -> Platform:
    return Platform(
        name=name,
        fr=data["fr"],
        en=data["en"],
        formats=tuple(data["formats"]),
        takes=tuple(data["takes"]),
        checked=data["checked"],
        tips=tuple(Tip(**one) for one in data.get("tips", ())),
        letters=data.get("letters"),
        alt=bool(data.get("alt", False)),
    )
