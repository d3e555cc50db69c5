"""How many released works each further choice of the gallery would leave, so that no choice leads nowhere."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from tractage.hq.campaigns.models import Campaign
from tractage.hq.library.selectors import GalleryFilter
from tractage.hq.library.wall import Wall, wall_of

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
    """Counted in memory, once a filter for each state of the wall; authors with the most works first."""
    return _facets(wall_of(campaign), asked)


@lru_cache(maxsize=64)
def _facets(wall: Wall, asked: GalleryFilter) -> Facets:
    authors = _numbers(wall.authors, wall.answering(asked, but="author"))
    first = sorted(authors.items(), key=lambda one: (-one[1], one[0]))[:MOST_AUTHORS]
    return Facets(
        kinds=_numbers(wall.kinds, wall.answering(asked, but="kind")),
        formats=dict(sorted(_numbers(wall.formats, wall.answering(asked, but="format")).items())),
        authors=dict(first),
        seats=dict(sorted(_numbers(wall.seats, wall.answering(asked, but="seat")).items())),
        without_ai=(wall.answering(asked, but="without_ai") & wall.without_ai).bit_count(),
    )


def _numbers(having: Mapping[str, int], among: int) -> dict[str, int]:
    """For each value, how many works `among` these have it; those that leave none are left out."""
    counted = ((value, (works & among).bit_count()) for value, works in having.items())
    return {value: number for value, number in counted if number}
