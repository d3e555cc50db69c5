"""The window of an operation by the clock of each zone that it names."""

from datetime import datetime
from typing import NamedTuple

from tractage.domain.law.windows import NATIONAL
from tractage.domain.law.zones import Zone, clock, find
from tractage.hq.operations.models import Operation


class LocalWindow(NamedTuple):
    """A zone, and the window as its own clocks show it."""

    zone: Zone
    start: datetime
    end: datetime


def local_windows(operation: Operation) -> list[LocalWindow]:
    """The zones named, or those of its seats, whose hour is not métropole's; none for everywhere."""
    found = []
    for name in operation.where if operation.zones or operation.seats else ():
        zone = find(name)
        hours = clock(zone.tz) if zone else None
        if zone is not None and hours is not None and name != NATIONAL:
            start, end = operation.starts_at.astimezone(hours), operation.ends_at.astimezone(hours)
            found.append(LocalWindow(zone, start, end))
    return found
