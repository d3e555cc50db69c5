"""Where the people of a seat vote: the bridge between a seat's code and the law pack's zones."""

from collections.abc import Iterable

from tractage.domain.elections.seats import Territory, seat
from tractage.domain.law.zones import everywhere

ABROAD_PREFIX = "abroad:"
# Departments and territories whose polls are not those of métropole; one seat can lie in several zones.
OVERSEAS = {
    "971": ("GP",),
    "972": ("MQ",),
    "973": ("GF",),
    "974": ("RE",),
    "975": ("PM",),
    "976": ("YT",),
    "977": ("BL", "MF"),
    "986": ("WF",),
    "987": ("PF-tahiti", "PF-marquises", "PF-gambier"),
    "988": ("NC",),
}


def zones_of(seats: Iterable[str]) -> tuple[str, ...]:
    """The zones of the law pack where the people of these seats vote, sorted.

    No seat at all means the whole country and abroad. A seat abroad spans continents: every post is meant, so
    that its works are frozen from the earliest of them.
    """
    codes = tuple(seats)
    if not codes:
        return everywhere()
    zones: set[str] = set()
    for code in codes:
        found = seat(code)
        if found.territory is Territory.METROPOLE:
            zones.add("FR")
        elif found.territory is Territory.ABROAD:
            zones.update(zone for zone in everywhere() if zone.startswith(ABROAD_PREFIX))
        else:
            zones.update(OVERSEAS[found.department])
    return tuple(sorted(zones))
