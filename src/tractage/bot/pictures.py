"""Fingerprints of the pictures of a message, through the sandbox, away from the event loop."""

import asyncio
import logging
from dataclasses import dataclass

import discord

from tractage.adapters.media import Limits, MediaError, Reason, off_loop, read_frames
from tractage.domain.prints.hashes import detail, hash_picture, luma

log = logging.getLogger(__name__)
MOST_BYTES, MOST_PICTURES, FRAMES = 12_000_000, 4, 3
LEAST_DETAIL = 2.0
"""Under this, two unrelated pictures may look alike (domain/prints/hashes)."""
PATIENCE = 2.5
"""Seconds that a message waits for its pictures before its words are judged alone."""
LIMITS = Limits(picture_bytes=MOST_BYTES, video_bytes=MOST_BYTES, picture_pixels=40_000_000, seconds=8.0)
HOSTILE = frozenset(
    {
        Reason.POLYGLOT,
        Reason.TOO_MANY_PIXELS,
        Reason.TOO_MANY_FRAMES,
        Reason.TIME,
        Reason.MEMORY,
        Reason.CRASHED,
    }
)


@dataclass(frozen=True)
class Prints:
    """Fingerprints of 256 bits, and the files that look made to do harm: name and reason."""

    pictures: tuple[bytes, ...] = ()
    hostile: tuple[tuple[str, str], ...] = ()


async def prints_of(message: discord.Message) -> Prints:
    """The fingerprints of a message's files; a file that is not sound has none."""
    files = [one for one in message.attachments[:MOST_PICTURES] if one.size <= MOST_BYTES]
    if not files:
        return Prints()
    try:
        found = await asyncio.wait_for(asyncio.gather(*map(_prints_of_one, files)), PATIENCE)
    except TimeoutError:
        log.info("the pictures of %s took too long: its words are judged alone", message.id)
        return Prints()
    pictures = tuple(one for each in found for one in each.pictures)
    return Prints(pictures, tuple(one for each in found for one in each.hostile))


async def _prints_of_one(file: discord.Attachment) -> Prints:
    try:
        data = await file.read()
        return Prints(await off_loop(_hash, data, file.filename))
    except MediaError as refusal:
        hostile = refusal.reason in HOSTILE
        return Prints(hostile=((file.filename[:80], refusal.reason.value),) if hostile else ())
    except discord.HTTPException:
        return Prints()


def _hash(data: bytes, name: str) -> tuple[bytes, ...]:
    frames = read_frames(data, count=FRAMES, pixels=250_000, name=name, limits=LIMITS)
    greys = [luma(frame.pixels) for frame in frames]
    return tuple(hash_picture(grey) for grey in greys if detail(grey) >= LEAST_DETAIL)
