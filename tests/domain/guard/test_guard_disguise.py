"""Recall on seeded disguises; the whole measure is `benchmarks/guard_words.py`."""

import pytest
from benchmarks.guard_words import recall, terms

from tractage.domain.guard.check import Checker
from tractage.domain.guard.disguise import TUNED
from tractage.domain.guard.disguise_held_out import HELD_OUT
from tractage.domain.guard.rules import Rules


def share_found(families: dict, count: int) -> float:
    chosen = terms()[:: 500 // count]
    checker = Checker(Rules("fr", tuple(terms()), (), ()))
    missed = sum(len(recall(checker, chosen, family, disguise)) for family, disguise in families.items())
    return 1 - missed / len(chosen) / len(families)


def test_there_are_enough_families() -> None:
    assert len(TUNED) >= 20
    assert len(HELD_OUT) >= 10
    assert not TUNED.keys() & HELD_OUT.keys()


def test_recall_on_a_sample_of_terms() -> None:
    assert share_found(TUNED, 50) >= 0.985
    assert share_found(HELD_OUT, 50) >= 0.95


@pytest.mark.long
def test_recall_on_all_terms() -> None:
    assert share_found(TUNED, 500) >= 0.99
    assert share_found(HELD_OUT, 500) >= 0.95


def test_a_disguise_changes_the_term() -> None:
    from random import Random

    for name, disguise in TUNED.items():
        if name not in ("accents left out", "mixed case"):
            assert disguise("enculé", Random(1)) != ["enculé"], name
