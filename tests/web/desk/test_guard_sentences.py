"""Everything that the guard can write has its French: nobody reads the domain's English on the site."""

import pytest
from django.utils import translation

from tractage.domain.guard.decisions import Action, Decision
from tractage.domain.guard.events import Post
from tractage.domain.guard.floods import FloodWatch
from tractage.domain.guard.ladder import MEANING, Ladder, Level
from tractage.domain.guard.patrol import _GATE_WHY
from tractage.web.desk.safety.guard_words import EVIDENCE, RULES, evidence_words, rule_words, why_words


def floods() -> list[Decision]:
    """Decisions of one author who repeats himself, and of several who say the same."""
    watch = FloodWatch()
    seen: list[Decision] = []
    for number in range(40):
        text = "Venez voir https://exemple.test/page tout de suite, tout le monde est là"
        seen += watch.see(Post(number * 0.2, str(number), f"a{number % 8}", text, "accueil"))
    return seen


def test_a_flood_is_told_in_french_with_its_figures() -> None:
    decisions = floods()
    assert {one.rule for one in decisions} >= {"authors-text", "authors-link"}
    with translation.override("fr"):
        for one in decisions:
            why, rule = why_words(one.why), rule_words(one.rule)
            assert why.startswith(("Plusieurs membres", "Un membre"))
            assert one.rule in RULES
            assert rule != one.rule
            assert why.endswith(".")
            assert all(evidence.what in EVIDENCE for evidence in one.evidence)
            assert "secondes" in evidence_words("seconds")


@pytest.mark.parametrize(
    "why",
    [
        *_GATE_WHY.values(),
        "a picture that was removed before",
        "a file that is not what it says, or that would harm a reader",
        "a raid (alike): 12 arrivals wait in quarantine",
        "many arrivals, no sign of a raid: " + MEANING[Level.WATCH],
    ],
)
def test_a_reason_has_its_french_on_trial_too(why: str) -> None:
    with translation.override("fr"):
        told = why_words(why)
        assert told != why
        assert not {"the", "arrival", "arrivals", "wait"} & set(told.split())
        assert why_words(f"in shadow, would remove: {why}").startswith("À l’essai")


def test_a_step_down_of_the_ladder_has_its_french() -> None:
    ladder = Ladder()
    ladder.raise_to(Level.WATCH, 0.0, "many arrivals, no sign of a raid", ())
    with translation.override("fr"):
        assert why_words(ladder.advance(10_000.0)[-1].why).startswith("Rien de neuf")


def test_a_rule_of_people_and_an_unknown_reason_keep_their_words() -> None:
    with translation.override("fr"):
        assert why_words("the rule 'vilain mot' is met") == "La règle «\u202fvilain mot\u202f» est remplie."
        assert why_words("Il a insulté deux personnes") == "Il a insulté deux personnes"
        assert rule_words("vilain mot") == "vilain mot"


def test_every_action_on_trial_is_told() -> None:
    with translation.override("fr"):
        for action in Action:
            assert "would" not in why_words(f"in shadow, would {action.value}: a raid (alike)")
