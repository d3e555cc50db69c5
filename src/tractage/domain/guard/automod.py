"""What of the rules fits into Discord's AutoMod, which works even where the bot cannot read messages."""

from collections import defaultdict
from typing import NamedTuple

from tractage.domain.guard.rules import Rules, Verdict

# https://discord.com/developers/docs/resources/auto-moderation (2025)
KEYWORD_RULES = 6
KEYWORDS = 1000
KEYWORD_LENGTH = 60
PATTERNS = 10
PATTERN_LENGTH = 260
ALLOWED = 100


class KeywordRule(NamedTuple):
    """One AutoMod rule. block: whether the message is stopped, or only reported."""

    name: str
    block: bool
    keywords: tuple[str, ...]
    patterns: tuple[str, ...]
    allowed: tuple[str, ...]


class AutoModPlan(NamedTuple):
    """The rules that fit, and the ids of those that do not, which only the bot can apply."""

    rules: tuple[KeywordRule, ...]
    left_out: tuple[str, ...]


def plan_automod(rules: Rules) -> AutoModPlan:
    """Lay out terms and patterns within AutoMod's limits, the strongest actions first.

    Names, whose meaning depends on the context, and rules of some channels only stay with the bot.
    """
    left_out: list[str] = []
    words: dict[bool, list[str]] = defaultdict(list)
    for term in sorted(rules.terms, key=lambda term: -term.action.rank):
        if term.kind == "name" or term.scope or len(term.text) > KEYWORD_LENGTH:
            left_out.append(term.id)
        else:
            words[term.action is not Verdict.FLAG].append(term.text)
    patterns: dict[bool, list[str]] = defaultdict(list)
    for pattern in sorted(rules.patterns, key=lambda pattern: -pattern.action.rank):
        block = pattern.action is not Verdict.FLAG
        if pattern.scope or len(pattern.re2) > PATTERN_LENGTH or len(patterns[block]) == PATTERNS:
            left_out.append(pattern.id)
        else:
            patterns[block].append(pattern.re2)
    allowed = tuple(word for word in rules.allowed if len(word) <= KEYWORD_LENGTH)[:ALLOWED]
    made = []
    for block in (True, False):
        lots = [words[block][start : start + KEYWORDS] for start in range(0, len(words[block]), KEYWORDS)]
        if patterns[block] and not lots:
            lots = [[]]
        for number, lot in enumerate(lots):
            own = tuple(patterns[block]) if number == 0 else ()
            name = f"Tractage {'blocks' if block else 'reports'} {number + 1}"
            made.append(KeywordRule(name, block, tuple(lot), own, allowed))
    by_text = {term.text: term.id for term in rules.terms}
    for rule in made[KEYWORD_RULES:]:
        left_out += [by_text[word] for word in rule.keywords]
    return AutoModPlan(tuple(made[:KEYWORD_RULES]), tuple(left_out))
