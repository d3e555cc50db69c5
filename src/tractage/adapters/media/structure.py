"""Walk the structure of a picture file: it must start, tile and end as its format says."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from tractage.adapters.media.kinds import FOREIGN, GIF, JPEG, PAGE_WORDS, PNG, SVG_WORDS, WEBP, Kind
from tractage.adapters.media.refusals import MediaError, Reason, gettext_noop

Span = tuple[int, int]
SCRIPT_WORDS: Final = gettext_noop("a script")
_ACTIVE: Final = re.compile(
    rb"(?P<page><(?:!doctype html|html|script|iframe|body|object|embed)[\s>])|(?P<svg><svg[\s>])"
    rb"|(?P<script><\?php|javascript:|eval\(|\*/\s*=[ -:<-~]{1,40};)",
    re.IGNORECASE,
)
_ENTROPY_END: Final = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
_PADDING: Final = b"\0 \r\n\t"


@dataclass(frozen=True)
class Walk:
    """Where a file ends by its own structure, and its parts that are not picture (`slack`: start, end)."""

    end: int
    slack: tuple[Span, ...]


def check_picture(data: memoryview, kind: Kind) -> None:
    """Refuse a picture that is truncated, that hides another file, or that goes on after its end.

    Args:
        data: the whole file.
        kind: what its first bytes announce (PNG, JPEG, GIF or WebP).
    """
    walks = {PNG.name: walk_png, JPEG.name: walk_jpeg, GIF.name: walk_gif, WEBP.name: walk_webp}
    walk = walks[kind.name](data)
    check_hidden(data, kind, (*walk.slack, (walk.end, len(data))))
    check_end(data, kind, walk.end)


def check_hidden(data: memoryview, kind: Kind, slack: tuple[Span, ...]) -> None:
    """Refuse active content in `slack`, a PDF header near the start, and a ZIP directory at the end."""
    if b"%PDF-" in bytes(data[:1024]):
        raise MediaError(Reason.POLYGLOT, found=gettext_noop("a PDF"), claimed=kind.words)
    if _has_zip_directory(bytes(data[-66_000:]), len(data)):
        raise MediaError(Reason.POLYGLOT, found=gettext_noop("a ZIP"), claimed=kind.words)
    for start, end in slack:
        part = bytes(data[start : min(end, start + 4_000_000)])
        hit = _ACTIVE.search(part)
        if hit:
            words = {"page": PAGE_WORDS, "svg": SVG_WORDS}.get(hit.lastgroup or "", SCRIPT_WORDS)
            raise MediaError(Reason.POLYGLOT, found=words, claimed=kind.words)


def check_end(data: memoryview, kind: Kind, end: int) -> None:
    """Refuse anything but padding after the `end` of the file, saying what it is when it is known."""
    rest = bytes(data[end:]).strip(_PADDING)
    if not rest or (kind is JPEG and _is_phone_trailer(rest)):
        return
    for magic, words in FOREIGN:
        if len(magic) > 3 and rest.startswith(magic):
            raise MediaError(Reason.POLYGLOT, found=words, claimed=kind.words)
    raise MediaError(Reason.TRAILING, claimed=kind.words)


def _has_zip_directory(tail: bytes, size: int) -> bool:
    at = tail.rfind(b"PK\x05\x06")
    while at >= 0:
        record = tail[at : at + 22]
        if len(record) == 22:
            length = int.from_bytes(record[12:16], "little")
            offset = int.from_bytes(record[16:20], "little")
            if length + offset <= size and int.from_bytes(record[8:10], "little") <= 65_535 and length:
                start = at - length
                if start < 0 or tail[start : start + 4] == b"PK\x01\x02":
                    return True
        at = tail.rfind(b"PK\x05\x06", 0, at)
    return False


def _is_phone_trailer(rest: bytes) -> bool:
    """Phones add previews (a JPEG), a motion clip (MP4) or Samsung's directory; the copy drops them."""
    return rest.startswith(b"\xff\xd8\xff") or rest[4:8] == b"ftyp" or rest.endswith(b"SEFT")


def _u32(data: memoryview, at: int) -> int:
    return int.from_bytes(data[at : at + 4], "big")


def walk_png(data: memoryview) -> Walk:
    """Walk the chunks of a PNG to IEND."""
    at, slack = 8, list[Span]()
    while at + 12 <= len(data):
        size, name = _u32(data, at), bytes(data[at + 4 : at + 8])
        following = at + 12 + size
        if following > len(data):
            break
        if name == b"IEND":
            return Walk(following, tuple(slack))
        if name not in (b"IDAT", b"fdAT", b"PLTE"):
            slack.append((at + 8, following - 4))
        at = following
    raise MediaError(Reason.TRUNCATED)


def walk_jpeg(data: memoryview) -> Walk:
    """Walk the segments of a JPEG to its EOI."""
    at, slack = 2, list[Span]()
    while at + 4 <= len(data):
        if data[at] != 0xFF:
            raise MediaError(Reason.DAMAGED)
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker == 0xD9:
            return Walk(at + 2, tuple(slack))
        size = int.from_bytes(data[at + 2 : at + 4], "big")
        if size < 2:
            raise MediaError(Reason.DAMAGED)
        if marker == 0xE0 and bytes(data[at + 4 : at + 9]) == b"JFIF\0":
            _check_jfif(data, at, size)
        if marker >= 0xE0:
            slack.append((at + 4, at + 2 + size))
        at += 2 + size
        if marker == 0xDA:
            found = _ENTROPY_END.search(data, at)
            if found is None:
                break
            at = found.start()
    if bytes(data[-2:]) == b"\xff\xd9" and at == len(data) - 2:
        return Walk(len(data), tuple(slack))
    raise MediaError(Reason.TRUNCATED)


def _check_jfif(data: memoryview, at: int, size: int) -> None:
    """A JFIF header has room for its thumbnail and nothing more: longer ones open a comment in a script."""
    if len(data) >= at + 18 and size != 16 + 3 * data[at + 16] * data[at + 17]:
        raise MediaError(Reason.POLYGLOT, found=SCRIPT_WORDS, claimed=JPEG.words)


@dataclass(frozen=True)
class GifBlock:
    """One block of a GIF: `extension` label, `image`, or `trailer`, with its span in the file."""

    name: str
    label: int
    span: Span


def gif_blocks(data: memoryview) -> Iterator[GifBlock]:
    """Yield the blocks of a GIF after its screen descriptor and palette, the trailer last."""
    at = gif_header_end(data)
    while at < len(data):
        start, lead = at, data[at]
        if lead == 0x3B:
            yield GifBlock("trailer", 0, (start, start + 1))
            return
        if lead == 0x21 and at + 2 <= len(data):
            at = _skip_sub_blocks(data, at + 2)
            yield GifBlock("extension", data[start + 1], (start, at))
        elif lead == 0x2C and at + 10 <= len(data):
            flags = data[at + 9]
            palette = 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0
            at = _skip_sub_blocks(data, at + 11 + palette)
            yield GifBlock("image", 0, (start, at))
        else:
            raise MediaError(Reason.DAMAGED if lead not in (0x21, 0x2C) else Reason.TRUNCATED)
    raise MediaError(Reason.TRUNCATED)


def gif_header_end(data: memoryview) -> int:
    """Return where the screen descriptor and the global palette of a GIF end."""
    if len(data) < 14:
        raise MediaError(Reason.TRUNCATED)
    return 13 + (3 * 2 ** ((data[10] & 7) + 1) if data[10] & 0x80 else 0)


def walk_gif(data: memoryview) -> Walk:
    """Walk the blocks of a GIF to its trailer."""
    slack, end = list[Span](), len(data)
    for block in gif_blocks(data):
        if block.name == "extension":
            slack.append(block.span)
        end = block.span[1]
    return Walk(end, tuple(slack))


def _skip_sub_blocks(data: memoryview, at: int) -> int:
    while at < len(data):
        size = data[at]
        at += 1 + size
        if size == 0:
            return at
    raise MediaError(Reason.TRUNCATED)


def walk_webp(data: memoryview) -> Walk:
    """Walk the chunks of a WebP to the end of its RIFF."""
    end = 8 + int.from_bytes(data[4:8], "little")
    if end > len(data):
        raise MediaError(Reason.TRUNCATED)
    at, slack = 12, list[Span]()
    while at + 8 <= end:
        name, size = bytes(data[at : at + 4]), int.from_bytes(data[at + 4 : at + 8], "little")
        following = at + 8 + size + (size & 1)
        if following > end + 1:
            raise MediaError(Reason.TRUNCATED)
        if name not in (b"VP8 ", b"VP8L", b"ALPH", b"ANMF"):
            slack.append((at + 8, following))
        at = following
    return Walk(end, tuple(slack))
