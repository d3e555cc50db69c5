"""How many released works each further choice of the gallery would leave, so that no choice leads nowhere."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from django.db.models import Count, QuerySet

from tractage.hq.campaigns.models import Campaign
from tractage.hq.library.models import AiDeclaration, Status, Work
from tractage.hq.library.selectors import GalleryFilter, narrowed

MOST_AUTHORS = 60


@dataclass(frozen=True)
class Facets:
    """Numbers of works by choice, beside what is already asked; a choice counts without its own filter."""

    kinds: Mapping[str, int]
    formats: Mapping[str, int]
    authors: Mapping[str, int]
    seats: Mapping[str, int]
    without_ai: int

    @property
    def total(self) -> int:
        """The works of every kind that answer the rest."""
        return sum(self.kinds.values())


def facets(campaign: Campaign, asked: GalleryFilter) -> Facets:
    """Five questions to the database, once for each state of the wall; authors with the most works first."""
    return _facets(campaign.pk, campaign.revision, asked)


@lru_cache(maxsize=1024)
def _facets(campaign: int, _revision: str, asked: GalleryFilter) -> Facets:
    released = Work.objects.filter(campaign=campaign, status=Status.RELEASED).order_by()

    def left(**without: str | bool) -> QuerySet[Work]:
        # What a facet groups by is what it leaves out of the filter: its join is the only one of its kind,
        # and a seat or a format stands once a work, so that rows are works.
        return narrowed(released, replace(asked, **without))  # type: ignore[arg-type]

    formats = left(format="").filter(editions__preview=False).values_list("editions__format")
    seats = left(seat="").filter(targets__isnull=False).values_list("targets__seat")
    authors = left(author="").values_list("credit").annotate(number=Count("pk")).order_by("-number", "credit")
    return Facets(
        kinds=dict(left(kind="").values_list("kind").annotate(number=Count("pk"))),
        formats=dict(sorted(formats.annotate(number=Count("pk")))),
        authors=dict(authors[:MOST_AUTHORS]),
        seats=dict(sorted(seats.annotate(number=Count("pk")))),
        without_ai=left(without_ai=False).filter(ai=AiDeclaration.NONE).count(),
    )
