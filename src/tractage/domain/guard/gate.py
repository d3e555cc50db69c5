"""The gate: which arrivals wait in quarantine until a person lets them in; nobody is banned for an age."""

from collections.abc import Iterable
from typing import NamedTuple

from tractage.domain.guard.decisions import Action, Evidence
from tractage.domain.guard.events import Join
from tractage.domain.guard.ladder import Level
from tractage.domain.guard.shared_lists import ListMatch
from tractage.domain.guard.words import Finding


class GateRules(NamedTuple):
    """What sends an arrival to quarantine. Ages in seconds; an age of 0 asks nothing."""

    least_age: float = 300.0
    least_age_without_avatar: float = 1800.0
    names: bool = True


class Admission(NamedTuple):
    """What the gate says of one arrival: let in (no action), quarantine, or only a flag; with the reasons."""

    member: str
    action: Action | None
    evidence: tuple[Evidence, ...]


def judge_arrival(
    join: Join,
    rules: GateRules,
    level: Level = Level.CALM,
    name_findings: Iterable[Finding] = (),
    listed: Iterable[ListMatch] = (),
) -> Admission:
    """Judge one arrival.

    name_findings: what the word rules find in the name; listed: the shared lists that know the member, which
    flag, or hold where they are trusted that far. From the level of the gate on, everybody waits.
    """
    reasons: list[Evidence] = []
    flags: list[Evidence] = []
    if level >= Level.GATE:
        reasons.append(Evidence("gate is closed", level.name.lower()))
    if join.age is not None:
        least = rules.least_age if join.avatar else max(rules.least_age, rules.least_age_without_avatar)
        if join.age < least:
            reasons.append(Evidence("account age, seconds", round(join.age), least))
    if rules.names:
        reasons += [Evidence("name", finding.found, finding.rule) for finding in name_findings]
    for match in listed:
        told = Evidence("known from", f"{match.entry.source}: {match.entry.reason}", match.trust.name.lower())
        (reasons if match.action is Action.QUARANTINE else flags).append(told)
    if reasons:
        return Admission(join.member, Action.QUARANTINE, (*reasons, *flags))
    return Admission(join.member, Action.FLAG if flags else None, tuple(flags))
