"""Elections and their rounds: every zone's polling day is data, never computed from the national Sunday."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Any

from tractage.domain.errors import InputError, nearest
from tractage.domain.law.pack import read_data
from tractage.domain.law.zones import Zone


@dataclass(frozen=True)
class Round:
    """One round: its national Sunday, the polling day per zone name, and the zones that take no part."""

    election: str
    number: int
    day: date
    polls: tuple[tuple[str, date], ...]
    no_vote: frozenset[str] = frozenset()
    confidence: str = "M"

    def days(self, zone: Zone) -> tuple[date | None, ...]:
        """Return the zone's possible polling days, sorted; None stands for a day that is not known."""
        known = dict(self.polls)
        days = {known.get(name) for name in zone.polls_with if name not in self.no_vote}
        return tuple(sorted(days, key=lambda day: day or date.max))


@dataclass(frozen=True)
class Election:
    """An election as data: kind, names, source and confidence of its dates, rounds in order."""

    id: str
    kind: str
    fr: str
    en: str
    source: str
    confidence: str
    rounds: tuple[Round, ...]


def _round(election: str, row: Mapping[str, Any], confidence: str) -> Round:
    polls = tuple((zone, poll["day"]) for poll in row["polls"] for zone in poll["zones"])
    weakest = max((poll["confidence"] for poll in row["polls"]), key="VSM".index, default=confidence)
    return Round(election, row["number"], row["day"], polls, frozenset(row.get("no_vote", ())), weakest)


@cache
def elections() -> Mapping[str, Election]:
    """Return every election that the pack has dates for, by id."""
    found: dict[str, Election] = {}
    for row in read_data("rounds.toml")["election"]:
        turns = tuple(_round(row["id"], turn, row["confidence"]) for turn in row["round"])
        texts = (row["id"], row["kind"], row["fr"], row["en"], row["source"], row["confidence"])
        found[row["id"]] = Election(*texts, turns)
    return MappingProxyType(found)


def election(election_id: str) -> Election:
    """Return one election; raises InputError with the known ids."""
    try:
        return elections()[election_id]
    except KeyError:
        known = ", ".join(elections())
        hint = nearest(election_id, elections())
        raise InputError(
            f"election {election_id!r}{hint} has no dates in the law pack: expected {known}"
        ) from None


def rounds(election_id: str) -> tuple[Round, ...]:
    """Return the rounds of an election in order; raises InputError when the pack does not know it."""
    return election(election_id).rounds
