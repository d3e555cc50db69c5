"""AutoMod's limits are kept, and what does not fit is named."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tractage.domain.guard.automod import (
    KEYWORD_LENGTH,
    KEYWORD_RULES,
    KEYWORDS,
    PATTERN_LENGTH,
    PATTERNS,
    plan_automod,
)
from tractage.domain.guard.rules import ACTIONS, Pattern, Rules, Term, default_rules


def made(count: int, patterns: int) -> Rules:
    terms = tuple(
        Term(
            f"t{n}", f"mot{n}" * (1 + n % 20), ACTIONS[n % 3], "name" if n % 50 == 0 else "word", frozenset()
        )
        for n in range(count)
    )
    return Rules(
        "fr",
        terms,
        tuple(Pattern(f"p{n}", "a" * (n * 20 + 1), ACTIONS[n % 3], frozenset()) for n in range(patterns)),
        (),
    )


@given(st.integers(0, 9000), st.integers(0, 60))
@settings(max_examples=30, deadline=None)
def test_everything_fits_or_is_named(count: int, patterns: int) -> None:
    rules = made(count, patterns)
    plan = plan_automod(rules)
    assert len(plan.rules) <= KEYWORD_RULES
    assert all(len(rule.keywords) <= KEYWORDS and len(rule.patterns) <= PATTERNS for rule in plan.rules)
    assert all(len(word) <= KEYWORD_LENGTH for rule in plan.rules for word in rule.keywords)
    assert all(len(pattern) <= PATTERN_LENGTH for rule in plan.rules for pattern in rule.patterns)
    placed = sum(len(rule.keywords) + len(rule.patterns) for rule in plan.rules)
    assert placed + len(plan.left_out) == count + patterns
    assert len(set(plan.left_out)) == len(plan.left_out)


def test_the_shipped_rules_fit() -> None:
    plan = plan_automod(default_rules())
    assert plan.left_out == ()
    assert [rule.block for rule in plan.rules] == [True, False]


def test_a_name_stays_with_the_bot(example_rules: Rules) -> None:
    assert set(plan_automod(example_rules).left_out) == {"the Z", "Marine"}
