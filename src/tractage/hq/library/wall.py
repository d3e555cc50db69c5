"""The released works in the order in which they hang, and which answer each choice, kept in memory."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock

from tractage.hq.campaigns.models import Campaign
from tractage.hq.library.models import AiDeclaration, Edition, SeatTarget, Status, Work
from tractage.hq.library.selectors import GalleryFilter


@dataclass(frozen=True, eq=False)  # a state of the wall is read once: another object is another state
class Wall:
    """A set of works is one integer: the bit of rank r stands for the work that hangs at rank r.

    works: their numbers, the newest first. The others: for each value of a choice, the works that have it.
    """

    works: tuple[int, ...]
    kinds: Mapping[str, int]
    formats: Mapping[str, int]
    authors: Mapping[str, int]
    seats: Mapping[str, int]
    without_ai: int

    @property
    def everything(self) -> int:
        """All the works."""
        return (1 << len(self.works)) - 1

    def answering(self, asked: GalleryFilter, but: str = "") -> int:
        """The works that answer all that is asked, `but` one choice (a field of GalleryFilter)."""
        found = self.everything
        for choice, value, having in (
            ("kind", asked.kind, self.kinds),
            ("format", asked.format, self.formats),
            ("author", asked.author, self.authors),
            ("seat", asked.seat, self.seats),
        ):
            if value and choice != but:
                found &= having.get(value, 0)
        if asked.without_ai and but != "without_ai":
            found &= self.without_ai
        return found

    def hung(self, chosen: int) -> list[int]:
        """The numbers of a set of works, the newest first."""
        if chosen == self.everything:
            return list(self.works)
        bits = f"{chosen:b}"[::-1]
        return [work for work, bit in zip(self.works, bits, strict=False) if bit == "1"]


def wall_of(campaign: Campaign) -> Wall:
    """The wall of this moment: read again, by one thread, once something public has changed."""
    with _reading:
        return _wall(campaign.pk, campaign.revision)


_reading = Lock()


@lru_cache(maxsize=2)
def _wall(campaign: int, _revision: str) -> Wall:
    released = Work.objects.filter(campaign=campaign, status=Status.RELEASED)
    rows = list(released.order_by("-released_at", "-id").values_list("pk", "kind", "credit", "ai"))
    ranks = {row[0]: rank for rank, row in enumerate(rows)}
    out = {"work__campaign": campaign, "work__status": Status.RELEASED}
    editions = Edition.objects.filter(**out, preview=False).order_by()
    targets = SeatTarget.objects.filter(**out).order_by()
    return Wall(
        tuple(ranks),
        _sets((kind, rank) for rank, (_pk, kind, _credit, _ai) in enumerate(rows)),
        _sets((name, ranks[work]) for work, name in editions.values_list("work", "format") if work in ranks),
        _sets((credit, rank) for rank, (_pk, _kind, credit, _ai) in enumerate(rows)),
        _sets((seat, ranks[work]) for work, seat in targets.values_list("work", "seat") if work in ranks),
        sum(1 << rank for rank, row in enumerate(rows) if row[3] == AiDeclaration.NONE),
    )


def _sets(pairs: Iterable[tuple[str, int]]) -> dict[str, int]:
    """For each value, the set of the ranks that come with it."""
    found: defaultdict[str, bytearray] = defaultdict(bytearray)
    for value, rank in pairs:
        bits, place = found[value], rank >> 3
        if place >= len(bits):
            bits.extend(bytes(place + 1 - len(bits)))
        bits[place] |= 1 << (rank & 7)
    return {value: int.from_bytes(bits, "little") for value, bits in found.items()}
