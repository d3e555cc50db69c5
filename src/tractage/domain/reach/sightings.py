"""Sightings of posts by several lists: merged by post, then laid out for the estimators."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np

from tractage.domain.errors import InputError
from tractage.domain.reach.capture import Found

MOST_LISTS = 6


class ListKind(StrEnum):
    """The four ways by which a post comes to be known; each misses other posts."""

    SELF_DECLARED = "A"
    FINGERPRINT = "B"
    KEYWORD = "C"
    RANDOM_AUDIT = "D"


@dataclass(frozen=True)
class Sighting:
    """One list found one post; `views` as read on `day`, or None when nobody could read them."""

    platform: str
    post: str
    list: str
    day: date
    views: int | None = None
    published: date | None = None


@dataclass(frozen=True)
class SeenPost:
    """One post with every list that found it; `views` at `age` days, None when unknown."""

    platform: str
    post: str
    lists: frozenset[str]
    views: int | None
    age: float | None
    sightings: int


def merge(sightings: Iterable[Sighting]) -> tuple[SeenPost, ...]:
    """Return each post once, in order of first sighting, with the latest reading of its views.

    Views only grow: between readings of one day the largest is kept.
    """
    groups: dict[tuple[str, str], list[Sighting]] = {}
    for sighting in sightings:
        groups.setdefault((sighting.platform, sighting.post), []).append(sighting)
    return tuple(_merged(group) for group in groups.values())


def _merged(group: Sequence[Sighting]) -> SeenPost:
    read = [sighting for sighting in group if sighting.views is not None]
    last = max(read, key=lambda sighting: (sighting.day, sighting.views or 0), default=None)
    published = min((sighting.published for sighting in group if sighting.published), default=None)
    day = last.day if last else max(sighting.day for sighting in group)
    return SeenPost(
        group[0].platform,
        group[0].post,
        frozenset(sighting.list for sighting in group),
        last.views if last else None,
        float((day - published).days) if published else None,
        len(group),
    )


def tabulate(posts: Sequence[SeenPost]) -> Found:
    """Lay posts out for `estimate_reach`, platforms and lists in alphabetical order.

    Posts whose views nobody could read are left to the caller: all must have them. Ages are used when every
    post has one.
    Raises InputError without posts, for unread or negative views, and for more than six lists.
    """
    if not posts:
        raise InputError("sightings: no post; expected at least one")
    unread = next((post for post in posts if post.views is None or post.views < 0), None)
    if unread is not None:
        raise InputError(f"sightings: views of {unread.post} are {unread.views}; expected a number from 0 up")
    lists = tuple(sorted({name for post in posts for name in post.lists}))
    if len(lists) > MOST_LISTS:
        raise InputError(f"sightings: {len(lists)} lists ({', '.join(lists)}); expected at most {MOST_LISTS}")
    platforms = tuple(sorted({post.platform for post in posts}))
    ages = [post.age for post in posts]
    known = [age for age in ages if age is not None]
    return Found(
        platforms,
        lists,
        np.array([platforms.index(post.platform) for post in posts], dtype=np.int64),
        np.array([post.views for post in posts], dtype=np.float64),
        np.array(known, dtype=np.float64) if len(known) == len(ages) else None,
        np.array([[name in post.lists for name in lists] for post in posts], dtype=np.bool_),
    )
