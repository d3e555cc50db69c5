"""How many released works each further choice of the gallery would leave, so that no choice leads nowhere."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from tractage.hq.campaigns.models import Campaign
from tractage.hq.library.models import AiDeclaration, Edition, SeatTarget, Status, Work
from tractage.hq.library.selectors import GalleryFilter

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


class OnWall(NamedTuple):
    """What can be asked of one released work."""

    kind: str
    credit: str
    without_ai: bool
    formats: frozenset[str]
    seats: frozenset[str]


def facets(campaign: Campaign, asked: GalleryFilter) -> Facets:
    """Counted in memory, once a filter for each state of the wall; authors with the most works first."""
    return _facets(campaign.pk, campaign.revision, asked)


@lru_cache(maxsize=1024)
def _facets(campaign: int, revision: str, asked: GalleryFilter) -> Facets:
    kinds, formats, authors, seats = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    without_ai = 0
    for work in _wall(campaign, revision):
        missed = _missed(work, asked)
        if len(missed) > 1:
            continue  # no single choice would bring it in
        if missed <= {"kind"}:
            kinds[work.kind] += 1
        if missed <= {"format"}:
            formats.update(work.formats)
        if missed <= {"author"}:
            authors[work.credit] += 1
        if missed <= {"seat"}:
            seats.update(work.seats)
        if missed <= {"without_ai"}:
            without_ai += work.without_ai
    first = sorted(authors.items(), key=lambda one: (-one[1], one[0]))[:MOST_AUTHORS]
    return Facets(
        dict(kinds), dict(sorted(formats.items())), dict(first), dict(sorted(seats.items())), without_ai
    )


def _missed(work: OnWall, asked: GalleryFilter) -> set[str]:
    """Which of the filters that are asked `work` does not answer."""
    missed = set()
    if asked.kind and work.kind != asked.kind:
        missed.add("kind")
    if asked.format and asked.format not in work.formats:
        missed.add("format")
    if asked.author and work.credit != asked.author:
        missed.add("author")
    if asked.seat and asked.seat not in work.seats:
        missed.add("seat")
    if asked.without_ai and not work.without_ai:
        missed.add("without_ai")
    return missed


@lru_cache(maxsize=2)
def _wall(campaign: int, _revision: str) -> tuple[OnWall, ...]:
    released = Work.objects.filter(campaign=campaign, status=Status.RELEASED).order_by()
    out = {"work__campaign": campaign, "work__status": Status.RELEASED}
    editions = Edition.objects.filter(**out, preview=False).order_by()
    formats = _by_work(editions.values_list("work", "format"))
    seats = _by_work(SeatTarget.objects.filter(**out).order_by().values_list("work", "seat"))
    nothing: frozenset[str] = frozenset()
    return tuple(
        OnWall(kind, credit, ai == AiDeclaration.NONE, formats.get(pk, nothing), seats.get(pk, nothing))
        for pk, kind, credit, ai in released.values_list("pk", "kind", "credit", "ai")
    )


def _by_work(rows: Iterable[tuple[int, str]]) -> dict[int, frozenset[str]]:
    found: defaultdict[int, list[str]] = defaultdict(list)
    for work, value in rows:
        found[work].append(value)
    same: dict[frozenset[str], frozenset[str]] = {}  # most works have the same formats: kept once
    return {work: same.setdefault(one, one) for work, values in found.items() for one in (frozenset(values),)}
