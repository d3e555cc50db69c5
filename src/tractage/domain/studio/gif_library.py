"""What a GIF library's channel needs: tags that people search, and a checklist before a person uploads.

Source: GIPHY's help pages on artist and brand channels and its upload API, read in 2026: GIF or MP4 up to
100 MB; only upgraded channels are searchable; an upgrade asks for five original animated works, a portfolio
and a website.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tractage.domain.errors import InputError

LARGEST = 100_000_000  # bytes
MOST_TAGS = 20
LONGEST_TAG = 40  # characters
ORIGINALS = 5
MEDIA_TYPES = ("image/gif", "video/mp4")
_COMMON = frozenset(
    ("les", "une", "des", "aux", "qui", "que", "pas", "son", "ses", "cette", "ces", "est", "pour")
)


@dataclass(frozen=True)
class Animation:
    """A file ready for a library: its type, bytes, seconds, title, tags and the page it comes from."""

    media_type: str
    bytes: int
    seconds: float
    title: str
    tags: tuple[str, ...]
    source: str


@dataclass(frozen=True)
class Point:
    """A point of the checklist: what is asked, whether it holds, what to do when it does not."""

    asked: str
    holds: bool
    remedy: str


def suggested_tags(
    title: str, *, places: Sequence[str] = (), hashtags: Sequence[str] = ()
) -> tuple[str, ...]:
    """Return tags for a person to prune: the title's words, then places, then hashtags, without doubles."""
    words = [word for word in re.findall(r"[^\W_]{3,}", title.lower()) if word not in _COMMON]
    wanted = [*words, *(place.lower() for place in places), *(tag.lstrip("#").lower() for tag in hashtags)]
    return read_tags(wanted[:MOST_TAGS])


def read_tags(tags: Iterable[str]) -> tuple[str, ...]:
    """Return clean tags, each once. Raises InputError naming the tag that is too long or holds a comma."""
    clean: dict[str, None] = {}
    for tag in tags:
        words = " ".join(tag.strip().lstrip("#").split())
        if not words:
            continue
        if len(words) > LONGEST_TAG or "," in words:
            raise InputError(f"tag {words!r}: expected at most {LONGEST_TAG} characters, no comma")
        clean.setdefault(words)
    if len(clean) > MOST_TAGS:
        raise InputError(f"tags: found {len(clean)}, expected at most {MOST_TAGS}")
    return tuple(clean)


def checklist(animation: Animation, *, originals: int, website: str) -> tuple[Point, ...]:
    """Return every point a library asks of an upload and of its channel; `originals`: works made so far."""
    weight = f"{animation.bytes / 1e6:.1f} MB"
    return (
        Point(
            "GIF or MP4",
            animation.media_type in MEDIA_TYPES,
            f"it is {animation.media_type}: export it again",
        ),
        Point("at most 100 MB", animation.bytes <= LARGEST, f"it weighs {weight}: shorten or shrink it"),
        Point("it moves", animation.seconds > 0, "a still picture is no GIF: animate a template"),
        Point("a title", bool(animation.title.strip()), "write one: it is what screen readers say"),
        Point("at least three tags", len(animation.tags) >= 3, "add words that people would search"),
        Point("a page it comes from", animation.source.startswith("https://"), "give the work's public page"),
        Point(
            f"a channel with {ORIGINALS} original animated works",
            originals >= ORIGINALS,
            f"{originals} so far: until then the channel is not searchable",
        ),
        Point("a website of the channel", website.startswith("https://"), "give the campaign's address"),
    )
