"""Where people vote: territories, and any IANA zone abroad; time-zone data comes from the IANA database."""

from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache, lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from tractage.domain.errors import InputError, nearest
from tractage.domain.law.pack import read_data

ABROAD = "abroad:"
WORLD, AMERICA = "abroad", "abroad-america"


@dataclass(frozen=True)
class Zone:
    """A place with one clock and one polling day per round.

    `tz`: IANA key. `polls_with`: the names under which a round gives its polling day; two names mean that it
    is not known with which of them the zone votes, and it is frozen for both. `closes`: the latest closing
    hour that the law allows, local time, or None when the pack does not know it.
    """

    id: str
    tz: str
    polls_with: tuple[str, ...]
    fr: str
    en: str
    closes: time | None


def clock(tz: str) -> ZoneInfo | None:
    """Return the time zone of an IANA key, or None when the key or the data is unusable."""
    try:
        return ZoneInfo(tz)
    except (KeyError, ValueError, OSError):  # a folder's name is an OSError, "../x" a ValueError
        return None


def moment(zone_clock: ZoneInfo, day: date, hour: time) -> datetime:
    """Return the aware moment when the wall clock first shows `hour` on `day`, or skips it."""
    return datetime.combine(day, hour, tzinfo=zone_clock)


@cache
def territories() -> dict[str, Zone]:
    """Return the zones that the pack names, by id."""
    rows = read_data("zones.toml")["zone"]
    return {
        row["id"]: Zone(row["id"], row["tz"], (row["id"],), row["fr"], row["en"], row.get("closes"))
        for row in rows
    }


@cache
def _abroad() -> dict[str, Any]:
    found: dict[str, Any] = read_data("zones.toml")["abroad"]
    return found


def everywhere() -> tuple[str, ...]:
    """Return the zones of a content without a target: every territory, and posts all around the world."""
    return (*territories(), *_abroad()["posts"])


def _polls_with(tz: str) -> tuple[str, ...]:
    """Tell with which polls abroad an IANA zone votes, from the pack's lists; both when it cannot be told."""
    lists, area = _abroad(), tz.split("/", maxsplit=1)[0]
    if tz in lists["either"]:
        return (AMERICA, WORLD)
    if tz in lists["america"] or ("/" in tz and area in lists["america_areas"]):
        return (AMERICA,)
    if tz in lists["world"] or ("/" in tz and area in lists["world_areas"]):
        return (WORLD,)
    return (AMERICA, WORLD)


@lru_cache(maxsize=1024)
def find(zone_id: str) -> Zone | None:
    """Return the zone of an id (`FR`, `PF-tahiti`, `abroad:Europe/London`…), or None when it is unknown.

    French soil named as `abroad:` is its territory: `abroad:Indian/Reunion` is `RE`.
    """
    known = territories()
    if zone_id in known:
        return known[zone_id]
    tz = zone_id.removeprefix(ABROAD)
    if tz == zone_id or clock(tz) is None:
        return None
    soil = next((zone for zone in known.values() if zone.tz == tz), None)
    place = tz.split("/")[-1].replace("_", " ")
    return soil or Zone(
        zone_id, tz, _polls_with(tz), f"Étranger ({place})", f"Abroad ({place})", _abroad()["closes"]
    )


def zone(zone_id: str) -> Zone:
    """Return the zone of an id; raises InputError with the ids that exist when it is unknown."""
    found = find(zone_id)
    if found is None:
        names, hint = ", ".join(territories()), nearest(zone_id, territories())
        raise InputError(f"zone {zone_id!r} is unknown{hint}: expected {names} or abroad:<IANA zone>")
    return found
