"""Reads about series and the album."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, Prefetch, Q, QuerySet

from tractage.domain.elections.seats import seat
from tractage.hq.campaigns.clock import now
from tractage.hq.campaigns.models import Campaign
from tractage.hq.library.models import Edition, Kind, Status, Work
from tractage.hq.library.selectors import public_works
from tractage.hq.shelves.models import AlbumPrint, Episode, Series

MOST_AT_ONCE = 180
"""Cards in the PDF of the whole album: beyond, it is printed department by department."""


@dataclass(frozen=True)
class Shown:
    """An episode as its public page shows it: the work only if everyone may see it."""

    episode: Episode
    work: Work | None


def series_list(campaign: Campaign) -> QuerySet[Series]:
    """Every series with `out`, its released episodes, and `next_at`, the next announced date."""
    return (
        Series.objects.filter(campaign=campaign)
        .annotate(
            out=Count("episodes", filter=Q(episodes__work__status=Status.RELEASED), distinct=True),
            next_at=Min("episodes__at", filter=Q(episodes__at__gte=now())),
        )
        .order_by("-open", "next_at", "title", "pk")
    )


def series_with_episodes(campaign: Campaign, slug: str) -> tuple[Series, list[Shown]] | None:
    """A series and its episodes, the latest number first; None when there is none of this address."""
    series = Series.objects.filter(campaign=campaign, slug=slug).first()
    if series is None:
        return None
    episodes = list(series.episodes.all())
    works = public_works(campaign).filter(pk__in=[one.work_id for one in episodes if one.work_id])
    by_key = {work.pk: work for work in works}
    return series, [Shown(one, by_key.get(one.work_id or 0)) for one in episodes]


def next_episode(shown: Sequence[Shown], at: datetime) -> Episode | None:
    """The next one that is announced and not out."""
    coming = [one.episode for one in shown if one.work is None and one.episode.at and one.episode.at >= at]
    return min(coming, key=lambda one: (one.at, one.number), default=None)


def cards(campaign: Campaign, department: str = "") -> list[Work]:
    """The released cards, by seat; those of one department's seats when it is given."""
    found = list(public_works(campaign).filter(kind=Kind.CARD))
    if department:
        found = [work for work in found if department in departments_of(work)]
    return sorted(found, key=_place)


def _place(work: Work) -> tuple[str, int]:
    """By seat, those of the whole country last."""
    return min((one.seat for one in work.targets.all()), default="~"), work.pk


def departments_of(work: Work) -> set[str]:
    """The departments of the seats that a work speaks of."""
    return {str(seat(one.seat).department) for one in work.targets.all()}


def departments_with_cards(works: Sequence[Work]) -> dict[str, int]:
    """How many cards each department has, by its code, sorted."""
    found: dict[str, int] = {}
    for work in works:
        for department in departments_of(work):
            found[department] = found.get(department, 0) + 1
    return dict(sorted(found.items()))


def card_files(works: Sequence[Work]) -> list[Edition]:
    """The file to print of each card, in the order of `works`: the portrait one, else its largest picture."""
    pictures = Edition.objects.filter(preview=False, media_type__in=["image/png", "image/jpeg", "image/webp"])
    found = Work.objects.filter(pk__in=[work.pk for work in works]).prefetch_related(
        Prefetch("editions", pictures, to_attr="pictures")
    )
    best = {work.pk: _best(work.pictures) for work in found}
    return [edition for work in works if (edition := best[work.pk])]


def _best(pictures: Sequence[Edition]) -> Edition | None:
    return max(pictures, key=_fitness, default=None)


def _fitness(edition: Edition) -> tuple[bool, bool, int]:
    size = (edition.width or 0) * (edition.height or 0)
    return edition.format == "portrait", edition.format == "original", size


def album_key(files: Sequence[Edition]) -> str:
    """The fingerprint of what a print would hold."""
    return hashlib.sha256("\n".join(one.sha256 for one in files).encode()).hexdigest()


def album_print(campaign: Campaign, department: str, key: str) -> AlbumPrint | None:
    """The print of these very cards, ready or on the press; one that holds a recalled card is no answer."""
    return AlbumPrint.objects.filter(campaign=campaign, department=department, key=key).first()
