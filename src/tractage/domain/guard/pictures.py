"""Known pictures: fingerprints of pictures removed before; only the fingerprint is kept."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from tractage.domain.errors import InputError
from tractage.domain.guard.decisions import Action

Distance = Callable[[bytes, bytes], int]

OWN = "own"  # the source of the pictures that this community removed itself


class KnownPicture(NamedTuple):
    """A picture removed before. source: `OWN` or the community that shared it; action: what was asked."""

    fingerprint: bytes
    reason: str
    source: str = OWN
    action: Action = Action.REMOVE


class PictureMatch(NamedTuple):
    """A picture that is, or resembles, a known one."""

    known: KnownPicture
    distance: int
    threshold: int
    action: Action


def hamming(one: bytes, other: bytes) -> int:
    """Return the number of bits that differ; fingerprints of different lengths never match."""
    if len(one) != len(other):
        return 8 * max(len(one), len(other), 32)
    return (int.from_bytes(one) ^ int.from_bytes(other)).bit_count()


def match_picture(
    fingerprint: bytes, known: Iterable[KnownPicture], threshold: int = 31, distance: Distance = hamming
) -> PictureMatch | None:
    """Return the nearest known picture within the threshold, in bits, or None.

    A picture that another community reported is flagged, whatever that community asks: a person looks.
    Raises InputError on an empty fingerprint.
    """
    if not fingerprint:
        raise InputError("a picture's fingerprint is empty, expected its bytes")
    near = [(distance(fingerprint, picture.fingerprint), picture) for picture in known]
    matches = [(found, picture) for found, picture in near if found <= threshold]
    if not matches:
        return None
    found, picture = min(matches, key=lambda match: (match[0], match[1].source != OWN))
    action = picture.action if picture.source == OWN else Action.FLAG
    return PictureMatch(picture, found, threshold, action)
