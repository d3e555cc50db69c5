"""Read a caption file (SRT or VTT) strictly and write it again with nothing but cues."""

import re
from dataclasses import dataclass
from typing import Final

from tractage.adapters.media.kinds import VTT, Kind
from tractage.adapters.media.refusals import MediaError, Reason

_TIME: Final = r"(?:(\d{1,3}):)?([0-5]\d):([0-5]\d)[,.](\d{3})"
_TIMES: Final = re.compile(rf"{_TIME}[ \t]*-->[ \t]*{_TIME}(?:[ \t].*)?")
_TAG: Final = re.compile(r"</?([a-zA-Z]*)[^<>\n]{0,200}>")
_KEPT: Final = ("b", "i", "u")
LONGEST_CUES: Final = 10_000


@dataclass(frozen=True)
class Cue:
    """One caption: start and end in milliseconds, its words (tags b, i, u alone are kept)."""

    start: int
    end: int
    words: str


def read_cues(data: bytes, kind: Kind) -> tuple[Cue, ...]:
    """Return the cues of a caption file; refuse with the line where it is wrong."""
    lines = _decode(data).split("\n")
    cues: list[Cue] = []
    at = 0
    while at < len(lines):
        found = _TIMES.fullmatch(lines[at].strip())
        if found is None:
            if "-->" in lines[at]:
                raise MediaError(Reason.TEXT, line=at + 1)
            at += 1
            continue
        start, end = _milliseconds(found.groups()[:4]), _milliseconds(found.groups()[4:])
        if end <= start or len(cues) >= LONGEST_CUES:
            raise MediaError(Reason.TEXT, line=at + 1)
        at += 1
        first = at
        while at < len(lines) and lines[at].strip():
            at += 1
        cues.append(Cue(start, end, _clean("\n".join(lines[first:at]))))
    if not cues and kind is not VTT:
        raise MediaError(Reason.TEXT, line=1)
    return tuple(cues)


def write_cues(cues: tuple[Cue, ...], kind: Kind) -> str:
    """Return the text of a caption file of `kind` with `cues`."""
    mark = "." if kind is VTT else ","
    blocks = ["WEBVTT"] if kind is VTT else []
    for number, cue in enumerate(cues, 1):
        times = f"{_clock(cue.start, mark)} --> {_clock(cue.end, mark)}"
        blocks.append(f"{number}\n{times}\n{cue.words}" if kind is not VTT else f"{times}\n{cue.words}")
    return "\n\n".join(blocks) + "\n"


def _decode(data: bytes) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise MediaError(Reason.TEXT, line=data[: error.start].count(b"\n") + 1) from error
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    for number, line in enumerate(text.split("\n"), 1):
        if any(ord(sign) < 32 and sign != "\t" for sign in line):
            raise MediaError(Reason.TEXT, line=number)
    return text


def _clean(words: str) -> str:
    def keep(tag: re.Match[str]) -> str:
        name = tag[1].lower()
        return f"<{'/' if tag[0][1] == '/' else ''}{name}>" if name in _KEPT else ""

    kept = _TAG.sub(keep, words)
    return "\n".join(line.strip() for line in kept.split("\n"))


def _milliseconds(parts: tuple[str | None, ...]) -> int:
    hours, minutes, seconds, thousandths = (int(part or 0) for part in parts)
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + thousandths


def _clock(milliseconds: int, mark: str) -> str:
    seconds, thousandths = divmod(milliseconds, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}{mark}{thousandths:03}"
