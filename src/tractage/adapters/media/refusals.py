"""Why a file from outside is refused, in words a volunteer understands."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Final

from tractage.domain.errors import InputError


class Reason(StrEnum):
    """The code of a refusal, for programs; the words are in MESSAGES."""

    EMPTY = "empty"
    TOO_HEAVY = "too-heavy"
    UNKNOWN = "unknown"
    UNSUPPORTED = "unsupported"
    MISLABELLED = "mislabelled"
    UNEXPECTED = "unexpected"
    POLYGLOT = "polyglot"
    TRAILING = "trailing"
    TRUNCATED = "truncated"
    DAMAGED = "damaged"
    TOO_MANY_PIXELS = "too-many-pixels"
    TOO_SMALL = "too-small"
    TOO_MANY_FRAMES = "too-many-frames"
    TOO_LONG = "too-long"
    CODEC = "codec"
    TEXT = "text"
    TIME = "time"
    MEMORY = "memory"
    CRASHED = "crashed"
    NOT_A_FILE = "not-a-file"
    BUSY = "busy"


def gettext_noop(message: str) -> str:
    """Mark a message for the catalogue of the site; returned unchanged."""
    return message


MESSAGES: Final[Mapping[Reason, str]] = {
    Reason.EMPTY: gettext_noop("%(name)s: the file is empty. Choose it again."),
    Reason.TOO_HEAVY: gettext_noop(
        "%(name)s: the file weighs %(found)s; the limit is %(limit)s. Export a lighter one."
    ),
    Reason.UNKNOWN: gettext_noop(
        "%(name)s: this is not a file we know. "
        "Accepted: PNG, JPEG, WebP, GIF, MP4, MOV, WebM, MP3, WAV, M4A, OGG, SRT, VTT."
    ),
    Reason.UNSUPPORTED: gettext_noop(
        "%(name)s: we do not accept %(found)s. Export it as PNG, JPEG, WebP, GIF or MP4."
    ),
    Reason.MISLABELLED: gettext_noop(
        "%(name)s: its name says %(claimed)s, but it is %(found)s. Export it again."
    ),
    Reason.UNEXPECTED: gettext_noop(
        "%(name)s: this is %(found)s; something else is expected here. Choose another file."
    ),
    Reason.POLYGLOT: gettext_noop("%(name)s: %(found)s is hidden inside %(claimed)s. Export the file again."),
    Reason.TRAILING: gettext_noop(
        "%(name)s: something is added after the end of %(claimed)s. Export it again."
    ),
    Reason.TRUNCATED: gettext_noop("%(name)s: the end of the file is missing. Send it again."),
    Reason.DAMAGED: gettext_noop("%(name)s: the file is damaged and cannot be read. Export it again."),
    Reason.TOO_MANY_PIXELS: gettext_noop(
        "%(name)s: the picture is %(found)s; the limit is %(limit)s megapixels. Make it smaller."
    ),
    Reason.TOO_SMALL: gettext_noop(
        "%(name)s: the picture is %(found)s, too small to be used. Send a larger one."
    ),
    Reason.TOO_MANY_FRAMES: gettext_noop(
        "%(name)s: the animation has more than %(limit)s frames. Shorten it."
    ),
    Reason.TOO_LONG: gettext_noop("%(name)s: it lasts more than %(limit)s seconds. Shorten it."),
    Reason.CODEC: gettext_noop("%(name)s: the %(found)s coding is not accepted. Export as MP4 (H.264, AAC)."),
    Reason.TEXT: gettext_noop(
        "%(name)s: line %(line)s is not a valid caption. Save it as SRT or VTT in UTF-8."
    ),
    Reason.TIME: gettext_noop(
        "%(name)s: reading it takes too long; it was stopped after %(limit)s seconds. Export a lighter one."
    ),
    Reason.MEMORY: gettext_noop(
        "%(name)s: reading it takes too much memory; it was stopped. Export a lighter one."
    ),
    Reason.CRASHED: gettext_noop(
        "%(name)s: the program that reads files stopped at this one. Export it again."
    ),
    Reason.NOT_A_FILE: gettext_noop("%(name)s: this is not a file. Choose one again."),
    Reason.BUSY: gettext_noop("%(name)s: too many files are being read right now. Try again in a minute."),
}
WORDED: Final = ("claimed", "found")  # values that are messages themselves


class MediaError(InputError):
    """A file from outside that is not opened: a code, a message id and its values."""

    def __init__(self, reason: Reason, **values: str | int) -> None:
        """Build a refusal; `values` fill the message: name, found, claimed, limit, line."""
        self.reason = reason
        self.values: dict[str, str | int] = {"name": "file", **values}
        super().__init__(self.in_words(str))

    @property
    def message_id(self) -> str:
        """The English message, with %(…)s places, as in the catalogue."""
        return MESSAGES[self.reason]

    def in_words(self, gettext: Callable[[str], str]) -> str:
        """Return the whole sentence in the language of `gettext`."""
        filled = {"found": "?", "claimed": "?", "limit": "?", "line": "?"} | self.values
        worded = {key: gettext(str(value)) if key in WORDED else value for key, value in filled.items()}
        return gettext(self.message_id) % worded
