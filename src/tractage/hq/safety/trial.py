"""Try the rules on a message that somebody pastes: nothing is kept, nothing is done."""

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from tractage.hq.safety.guard_models import RuleState
from tractage.hq.safety.guard_rules import export_rules, parse_rules, rules_revision

if TYPE_CHECKING:
    from tractage.domain.guard.words import Finding, WordGuard


class Tried(NamedTuple):
    """One finding, and whether its rule acts or is in shadow."""

    finding: "Finding"
    state: RuleState


def try_message(text: str, channel: str = "") -> list[Tried]:
    """What the rules find in a message, the strongest of those that act first."""
    revision = rules_revision()
    found = [
        Tried(finding, state)
        for state in (RuleState.ACTIVE, RuleState.SHADOW)
        for finding in _guard(revision, state).read(text, channel)
    ]
    return sorted(found, key=lambda one: (one.state != RuleState.ACTIVE, -one.finding.action.rank))


@lru_cache(maxsize=4)
def _guard(_revision: int, state: RuleState) -> "WordGuard":
    """The guard of a state of the rules; the revision is the key that a change makes another."""
    rules = parse_rules(export_rules(active=state == RuleState.ACTIVE), str(state.label))
    from tractage.domain.guard.words import WordGuard

    return WordGuard(rules)
