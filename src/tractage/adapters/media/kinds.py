"""The kinds of files that are accepted, those that are recognised to be refused, and their magic bytes."""

import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath
from typing import Final

from tractage.adapters.media.refusals import MediaError, Reason, gettext_noop


class Family(StrEnum):
    """What one does with a file."""

    PICTURE = "picture"
    VIDEO = "video"
    AUDIO = "audio"
    CAPTIONS = "captions"


@dataclass(frozen=True)
class Kind:
    """A kind of file: its name, family, media type, suffixes (the first is ours) and words for messages."""

    name: str
    family: Family
    mime: str
    suffixes: tuple[str, ...]
    words: str


_ISO = (".mp4", ".mov", ".m4v", ".m4a", ".qt")
PNG = Kind("png", Family.PICTURE, "image/png", (".png", ".apng"), gettext_noop("a PNG picture"))
JPEG = Kind(
    "jpeg", Family.PICTURE, "image/jpeg", (".jpg", ".jpeg", ".jpe", ".jfif"), gettext_noop("a JPEG picture")
)
WEBP = Kind("webp", Family.PICTURE, "image/webp", (".webp",), gettext_noop("a WebP picture"))
GIF = Kind("gif", Family.PICTURE, "image/gif", (".gif",), gettext_noop("a GIF"))
MP4 = Kind("mp4", Family.VIDEO, "video/mp4", _ISO, gettext_noop("an MP4 video"))
MOV = Kind("mov", Family.VIDEO, "video/quicktime", (".mov", *_ISO), gettext_noop("a MOV video"))
WEBM = Kind("webm", Family.VIDEO, "video/webm", (".webm", ".weba"), gettext_noop("a WebM video"))
MP3 = Kind("mp3", Family.AUDIO, "audio/mpeg", (".mp3",), gettext_noop("an MP3 sound"))
WAV = Kind("wav", Family.AUDIO, "audio/wav", (".wav", ".wave"), gettext_noop("a WAV sound"))
M4A = Kind("m4a", Family.AUDIO, "audio/mp4", (".m4a", *_ISO), gettext_noop("an M4A sound"))
OGG = Kind("ogg", Family.AUDIO, "audio/ogg", (".ogg", ".oga", ".opus"), gettext_noop("an OGG sound"))
SRT = Kind("srt", Family.CAPTIONS, "application/x-subrip", (".srt",), gettext_noop("an SRT caption file"))
VTT = Kind("vtt", Family.CAPTIONS, "text/vtt", (".vtt",), gettext_noop("a VTT caption file"))
KINDS: Final = {
    kind.name: kind for kind in (PNG, JPEG, WEBP, GIF, MP4, MOV, WEBM, MP3, WAV, M4A, OGG, SRT, VTT)
}

_OURS: Final = (
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"\xff\xd8\xff", JPEG),
    (b"GIF87a", GIF),
    (b"GIF89a", GIF),
    (b"OggS", OGG),
)
# Recognised so that the refusal can say what the file really is.
FOREIGN: Final = (
    (b"PK\x03\x04", gettext_noop("a ZIP")),
    (b"PK\x05\x06", gettext_noop("a ZIP")),
    (b"%PDF", gettext_noop("a PDF")),
    (b"Rar!", gettext_noop("a RAR archive")),
    (b"7z\xbc\xaf\x27\x1c", gettext_noop("a 7z archive")),
    (b"\x1f\x8b", gettext_noop("a gzip archive")),
    (b"MZ", gettext_noop("a program")),
    (b"\x7fELF", gettext_noop("a program")),
    (b"#!", gettext_noop("a script")),
    (b"8BPS", gettext_noop("a Photoshop file")),
    (b"II*\0", gettext_noop("a TIFF picture")),
    (b"MM\0*", gettext_noop("a TIFF picture")),
    (b"BM", gettext_noop("a BMP picture")),
    (b"\0\0\1\0", gettext_noop("an icon file")),
    (b"FLV", gettext_noop("a Flash video")),
    (b"FWS", gettext_noop("a Flash file")),
    (b"CWS", gettext_noop("a Flash file")),
    (b"fLaC", gettext_noop("a FLAC sound")),
    (b"\0\0\0\x0cjP  ", gettext_noop("a JPEG 2000 picture")),
    (b"\xff\x0a", gettext_noop("a JPEG XL picture")),
    (b"\0\0\0\x0cJXL ", gettext_noop("a JPEG XL picture")),
)
SVG_WORDS: Final = gettext_noop("an SVG drawing")
PAGE_WORDS: Final = gettext_noop("a web page")
XML_WORDS: Final = gettext_noop("an XML file")
HEIF_WORDS: Final = gettext_noop("a HEIC or AVIF picture")
AVI_WORDS: Final = gettext_noop("an AVI video")
MKV_WORDS: Final = gettext_noop("an MKV video")
_SRT_START = re.compile(rb"\s*\d+\s*\r?\n\s*\d+:\d\d:\d\d[,.]\d{1,3}\s*-->")
_HEIF = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis")


def recognise(head: bytes) -> Kind:
    """Return the kind that the first bytes (4 kB are enough) announce, or refuse with what the file is."""
    for magic, kind in _OURS:
        if head.startswith(magic):
            return kind
    if head[4:8] == b"ftyp" or head[4:8] in (b"moov", b"wide", b"mdat"):
        return _iso_kind(head)
    if head[:4] == b"RIFF":
        return _riff_kind(head)
    if head[:3] == b"ID3" or (len(head) > 2 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2):
        return MP3
    return _other_kind(head)


def check_suffix(kind: Kind, name: str) -> None:
    """Refuse a file whose name says another kind than its bytes; a name without suffix says nothing."""
    suffix = PurePath(name).suffix.lower()
    if not suffix or suffix in kind.suffixes:
        return
    raise MediaError(Reason.MISLABELLED, claimed=claim_of(name) or suffix, found=kind.words)


def claim_of(name: str) -> str | None:
    """Return the words of the kind that a name claims, or None when its suffix is not one of ours."""
    suffix = PurePath(name).suffix.lower()
    return next((kind.words for kind in KINDS.values() if kind.suffixes[0] == suffix), None) or next(
        (kind.words for kind in KINDS.values() if suffix in kind.suffixes), None
    )


def _iso_kind(head: bytes) -> Kind:
    brand = head[8:12]
    if brand in _HEIF:
        raise MediaError(Reason.UNSUPPORTED, found=HEIF_WORDS)
    if head[4:8] != b"ftyp" or brand == b"qt  ":
        return MOV
    return M4A if brand in (b"M4A ", b"M4B ") else MP4


def _riff_kind(head: bytes) -> Kind:
    form = head[8:12]
    if form == b"WEBP":
        return WEBP
    if form == b"WAVE":
        return WAV
    if form == b"AVI ":
        raise MediaError(Reason.UNSUPPORTED, found=AVI_WORDS)
    raise MediaError(Reason.UNKNOWN)


def _other_kind(head: bytes) -> Kind:
    for magic, words in FOREIGN:
        if head.startswith(magic):
            raise MediaError(Reason.UNSUPPORTED, found=words)
    if head.startswith(b"\x1aE\xdf\xa3"):
        if b"webm" in head[:128]:
            return WEBM
        raise MediaError(Reason.UNSUPPORTED, found=MKV_WORDS)
    text = head.removeprefix(b"\xef\xbb\xbf")
    if text.startswith(b"WEBVTT"):
        return VTT
    if _SRT_START.match(text):
        return SRT
    low = text.lstrip().lower()
    if low.startswith(b"<"):
        if b"<svg" in low:
            raise MediaError(Reason.UNSUPPORTED, found=SVG_WORDS)
        page = low.startswith((b"<!doctype html", b"<html", b"<script", b"<head", b"<body"))
        raise MediaError(Reason.UNSUPPORTED, found=PAGE_WORDS if page else XML_WORDS)
    raise MediaError(Reason.UNKNOWN)
