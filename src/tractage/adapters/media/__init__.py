"""The one way in for a file from outside: every picture, video, sound or caption is decoded in a sandbox.

    info = inspect_file(path, name=upload.name, families=PICTURES)
    copy = clean_copy(path, folder, "work-12", name=upload.name)
    frames = read_frames(path, count=4)
    info = await off_loop(inspect_file, data, name=attachment.filename)

A file that is not sound raises MediaError (an InputError) with a reason code, a message id and its values.
"""

from tractage.adapters.media.kinds import KINDS, Family, Kind
from tractage.adapters.media.limits import DEFAULT, Limits
from tractage.adapters.media.reading import (
    CleanCopy,
    Frame,
    MediaInfo,
    clean_bytes,
    clean_copy,
    inspect_file,
    off_loop,
    read_clip,
    read_frames,
    thumbnail,
)
from tractage.adapters.media.refusals import MESSAGES, MediaError, Reason

PICTURES = frozenset({Family.PICTURE})
MOVING = frozenset({Family.PICTURE, Family.VIDEO})

__all__ = [
    "DEFAULT",
    "KINDS",
    "MESSAGES",
    "MOVING",
    "PICTURES",
    "CleanCopy",
    "Family",
    "Frame",
    "Kind",
    "Limits",
    "MediaError",
    "MediaInfo",
    "Reason",
    "clean_bytes",
    "clean_copy",
    "inspect_file",
    "off_loop",
    "read_clip",
    "read_frames",
    "thumbnail",
]
