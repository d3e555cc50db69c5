"""Walk the structure of a video or sound file: its boxes must tile the file, with nothing hidden between."""

from typing import Final

from tractage.adapters.media.kinds import M4A, MOV, MP3, MP4, OGG, WAV, WEBM, Kind
from tractage.adapters.media.refusals import MediaError, Reason
from tractage.adapters.media.structure import Span, Walk, check_end, check_hidden

_BOXES: Final = frozenset(
    b"ftyp moov mdat free skip wide udta uuid meta moof mfra sidx styp pdin pnot emsg ssix prft".split()
)
_EBML: Final = 0x1A45DFA3
_SEGMENT: Final = 0x18538067


def check_stream(data: memoryview, kind: Kind) -> None:
    """Refuse a video or sound that is truncated, that hides another file, or that goes on after its end."""
    if kind in (MP4, MOV, M4A):
        walk = walk_boxes(data)
    elif kind is WEBM:
        walk = walk_ebml(data)
    elif kind is WAV:
        walk = walk_wav(data)
    elif kind is OGG:
        walk = walk_ogg(data)
    else:
        walk = walk_mp3(data)
    check_hidden(data, kind, (*walk.slack, (walk.end, len(data))))
    if kind is not MP3:
        check_end(data, kind, walk.end)


def walk_boxes(data: memoryview) -> Walk:
    """Walk the top boxes of an MP4 or MOV; `moov` and `mdat` (or fragments) must be there."""
    at, slack, seen = 0, list[Span](), set[bytes]()
    while at + 8 <= len(data):
        size, name = int.from_bytes(data[at : at + 4], "big"), bytes(data[at + 4 : at + 8])
        if name not in _BOXES:
            break
        if size == 1:
            size = int.from_bytes(data[at + 8 : at + 16], "big")
        elif size == 0:
            size = len(data) - at
        if size < 8 or at + size > len(data):
            raise MediaError(Reason.TRUNCATED if size >= 8 else Reason.DAMAGED)
        if name not in (b"mdat", b"moov"):
            slack.append((at + 8, at + size))
        seen.add(name)
        at += size
    if b"moov" not in seen or not seen & {b"mdat", b"moof"}:
        raise MediaError(Reason.TRUNCATED)
    return Walk(at, tuple(slack))


def walk_ebml(data: memoryview) -> Walk:
    """Walk the header and the segment of a WebM."""
    at = 0
    for wanted in (_EBML, _SEGMENT):
        name, at = _vint(data, at, keep_marker=True)
        if name != wanted:
            raise MediaError(Reason.DAMAGED)
        length_at = at
        size, at = _vint(data, at, keep_marker=False)
        if size == (1 << (7 * (at - length_at))) - 1:  # unknown size: a live recording, up to the end
            return Walk(len(data), ())
        at += size
        if at > len(data):
            raise MediaError(Reason.TRUNCATED)
    return Walk(at, ())


def _vint(data: memoryview, at: int, keep_marker: bool) -> tuple[int, int]:
    if at >= len(data) or data[at] == 0:
        raise MediaError(Reason.TRUNCATED if at >= len(data) else Reason.DAMAGED)
    width = 9 - data[at].bit_length()
    if at + width > len(data):
        raise MediaError(Reason.TRUNCATED)
    value = int.from_bytes(data[at : at + width], "big")
    return (value if keep_marker else value & ((1 << (7 * width)) - 1)), at + width


def walk_wav(data: memoryview) -> Walk:
    """Walk the chunks of a WAV to the end of its RIFF."""
    end = 8 + int.from_bytes(data[4:8], "little")
    if end > len(data):
        raise MediaError(Reason.TRUNCATED)
    at, slack = 12, list[Span]()
    while at + 8 <= end:
        name, size = bytes(data[at : at + 4]), int.from_bytes(data[at + 4 : at + 8], "little")
        if at + 8 + size > end:
            raise MediaError(Reason.TRUNCATED)
        if name != b"data":
            slack.append((at + 8, at + 8 + size))
        at += 8 + size + (size & 1)
    return Walk(min(max(at, end), len(data)), tuple(slack))


def walk_ogg(data: memoryview) -> Walk:
    """Walk the pages of an Ogg file."""
    at, slack, pages = 0, list[Span](), 0
    while at + 27 <= len(data) and bytes(data[at : at + 4]) == b"OggS":
        table = at + 27 + data[at + 26]
        size = sum(data[at + 27 : table])
        if table + size > len(data):
            raise MediaError(Reason.TRUNCATED)
        if pages < 3:  # the headers and their comments
            slack.append((table, table + size))
        at, pages = table + size, pages + 1
    return Walk(at, tuple(slack))


def walk_mp3(data: memoryview) -> Walk:
    """Return the tags of an MP3 as slack; its frames have no end of their own."""
    slack = list[Span]()
    if bytes(data[:3]) == b"ID3" and len(data) >= 10:
        size = sum((data[6 + i] & 0x7F) << (7 * (3 - i)) for i in range(4))
        if 10 + size > len(data):
            raise MediaError(Reason.TRUNCATED)
        slack.append((10, 10 + size))
    slack.append((max(0, len(data) - 4_096), len(data)))
    return Walk(len(data), tuple(slack))
