"""The legal dates of an election as a list of entries, equal windows told once with all their zones."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from tractage.domain.law.calendar import Election
from tractage.domain.law.content import Content, Kind
from tractage.domain.law.freeze import stretches
from tractage.domain.law.pack import rule
from tractage.domain.law.windows import NATIONAL, Window, binding, warnings
from tractage.domain.law.zones import everywhere, find, territories

# One content per rule brings out that rule's windows and no other's.
PROBES = {
    "L52-1": (Content.of(Kind.ADVERTISING, Kind.PUBLIC), binding),
    "L163-2": (Content.of(Kind.PROPAGANDA), warnings),
    "L48-2": (Content.of(Kind.PROPAGANDA), warnings),
    "L49": (Content.of(Kind.PROPAGANDA), binding),
    "L77-808-11": (Content.of(Kind.POLL), binding),
    "L52-2": (Content.of(Kind.RESULT), binding),
}
TITLES = {
    "L52-1": ("Publicité payante interdite", "No paid advertising"),
    "L163-2": ("Allégations trompeuses\u202f: juge des référés", "Misleading claims: urgent judge"),
    "L48-2": ("Plus d’élément nouveau de polémique", "No new polemical matter"),
    "L49": ("Silence électoral", "Electoral silence"),
    "L77-808-11": ("Sondages interdits", "No polls"),
    "L52-2": ("Résultats retenus", "Results held back"),
}


class Entry(NamedTuple):
    """One legal date, `since` ≤ t < `until` (UTC): its rule, round (0: all) and the zones that share it."""

    uid: str
    since: datetime
    until: datetime
    rule: str
    article: str
    round: int
    zones: tuple[str, ...]
    fr: str
    en: str


def _names(zones: Sequence[str], language: str) -> str:
    places = [zone for name in zones if (zone := find(name))]
    return ", ".join(zone.fr if language == "fr" else zone.en for zone in places)


def _title(rule_id: str, turn: int, zones: Sequence[str], language: str) -> str:
    words = TITLES[rule_id][language == "en"]
    if turn:
        words += f", {turn}ᵉʳ tour" if turn == 1 else f", {turn}ᵈ tour"
    if language == "en":
        words = TITLES[rule_id][1] + (f", round {turn}" if turn else "")
    return f"{words} ({_names(zones, language)})"


def agenda(election: Election, zones: Sequence[str] = ()) -> tuple[Entry, ...]:
    """Return the legal dates of `election` for `zones`, in order; unknown zones are left out.

    Without `zones`: the silence of every territory, and the other rules by the clock of métropole.
    """
    groups: dict[tuple[datetime, datetime, str, int], list[str]] = {}
    for rule_id, (content, windows) in PROBES.items():
        default = tuple(territories()) if rule_id == "L49" else (NATIONAL,)
        found = windows(content, election.rounds, tuple(zones) or default)
        shared: dict[tuple[str, int], list[Window]] = {}
        for window in (window for window in found if window.rule == rule_id and find(window.zone)):
            shared.setdefault((window.zone, window.round), []).append(window)
        for (zone, turn), windows_of_zone in shared.items():
            for since, until in stretches(windows_of_zone):
                groups.setdefault((since, until, rule_id, turn), []).append(zone)
    entries = []
    for (since, until, rule_id, turn), members in sorted(groups.items()):
        names = tuple(sorted(members, key=everywhere_order))
        slug = names[0].removeprefix("abroad:").replace("/", "-")
        uid = f"{election.id}-{turn}-{rule_id}-{slug}-{since:%Y%m%dT%H%MZ}@tractage".lower()
        texts = (_title(rule_id, turn, names, "fr"), _title(rule_id, turn, names, "en"))
        entries.append(Entry(uid, since, until, rule_id, rule(rule_id).article, turn, names, *texts))
    return tuple(entries)


def everywhere_order(zone_id: str) -> tuple[int, str]:
    """Sort zones as the pack does, others after it by name."""
    order = everywhere()
    return (order.index(zone_id) if zone_id in order else len(order), zone_id)
