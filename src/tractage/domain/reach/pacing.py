"""Advice against copy-paste: how many distinct versions an operation needs, and how to spread them.

It advises on means (how many versions to have ready, how long a window), never on who posts when.
"""

import math
from datetime import datetime, timedelta
from typing import NamedTuple

from tractage.domain.errors import InputError

MOST_SHARERS = 5
"""People for one version, at most. The house's choice: no platform publishes a threshold."""
BREATH = timedelta(minutes=20)
"""Between two publications of one version, at least. The house's choice too."""


class Reason(NamedTuple):
    """Why copies are seen less on one platform; `confidence` V read at the source, S second hand."""

    platform: str
    fr: str
    en: str
    confidence: str


REASONS = (
    Reason(
        "Instagram",
        "ne recommande pas ce qui est republié en série, photos et carrousels compris depuis 2026\u202f; "
        "un filigrane ou une petite retouche n’en fait pas un original",
        "does not recommend what is uploaded again and again, photos and carousels included since 2026; "
        "a watermark or a small edit makes no original",
        "V",
    ),
    Reason(
        "TikTok",
        "retire de «\u202fPour toi\u202f» les contenus non originaux répétés",
        "takes repeated unoriginal content out of For You",
        "S",
    ),
    Reason(
        "X",
        "permet de se coordonner pour soutenir une cause, mais ni les messages en double ni l’inondation "
        "d’un mot-dièse",
        "allows coordination to support a cause, but neither duplicate posts nor flooding a hashtag",
        "S",
    ),
)


class Pacing(NamedTuple):
    """What an operation of this size needs, with what it rests on.

    `participants`, `versions`: people and distinct works, as given. `window`: its length.
    `sharers`: people a version can serve in this window. `wanted`: distinct versions that serve everyone.
    `missing`: versions still to make. `per_version`: people a version has today, None without any version.
    `spacing`: between two publications of one version if the window is used evenly, None when each version
    has one person at most. `enough`: nothing is missing.
    """

    participants: int
    versions: int
    window: timedelta
    sharers: int
    wanted: int
    missing: int
    per_version: int | None
    spacing: timedelta | None
    enough: bool
    reasons: tuple[Reason, ...] = REASONS


def pacing(
    participants: int,
    versions: int,
    start: datetime,
    end: datetime,
    *,
    most_sharers: int = MOST_SHARERS,
    breath: timedelta = BREATH,
) -> Pacing:
    """Return the advice for `participants` people, `versions` distinct works, from `start` to `end` (aware).

    sharers = min(most_sharers, ⌊window / breath⌋ + 1); wanted = ⌈participants / sharers⌉;
    per_version = ⌈participants / versions⌉; spacing = window / (per_version − 1).
    Assumes one publication a person. Raises: InputError for a negative number, a bound under one, or a
    window without length. Sources: the platforms' rules in REASONS; the two bounds are choices of the house.
    """
    if participants < 0 or versions < 0:
        raise InputError(
            f"pacing: {participants} participants, {versions} versions; expected none below zero"
        )
    if most_sharers < 1 or breath <= timedelta(0):
        raise InputError(f"pacing: at most {most_sharers} sharers every {breath}; expected both above zero")
    window = end - start
    if window <= timedelta(0):
        raise InputError(f"pacing: end {end.isoformat()} is not after start {start.isoformat()}")
    sharers = min(most_sharers, window // breath + 1)
    wanted = math.ceil(participants / sharers)
    per_version = math.ceil(participants / versions) if versions else None
    spacing = window / (per_version - 1) if per_version and per_version > 1 else None
    missing = max(0, wanted - versions)
    return Pacing(
        participants, versions, window, sharers, wanted, missing, per_version, spacing, missing == 0
    )
