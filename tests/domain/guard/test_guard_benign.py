"""Ordinary French is let through; the larger measure is `benchmarks/guard_benign.py`."""

from pathlib import Path

import pytest
from benchmarks.guard_benign import lookalikes, messages, written_corpus

from tractage.domain.guard.words import WordGuard


def hits(guard: WordGuard, texts) -> list[tuple[str, str]]:
    return [(text, found[0].rule) for text in texts if (found := guard.read(text))]


def test_the_corpus_is_large_and_has_its_traps(data: Path) -> None:
    corpus = written_corpus()
    assert len(set(corpus)) == len(corpus) >= 2000
    whole = "\n".join(corpus)
    for trap in ("analyse", "conculcation", "lettre Z", "Le Z de Zoé", "Condom", "Bitche", "Salaün"):
        assert trap in whole


def test_no_sentence_of_the_corpus_is_hit(shipped: WordGuard) -> None:
    assert hits(shipped, written_corpus()) == []


def test_no_look_alike_is_hit(shipped: WordGuard) -> None:
    words = lookalikes()
    assert len(words) >= 2000
    assert hits(shipped, words[::4]) == []


def test_no_seeded_message_is_hit(shipped: WordGuard) -> None:
    assert hits(shipped, messages(4000, seed=5)) == []


@pytest.mark.long
def test_at_most_one_in_a_hundred_thousand(shipped: WordGuard) -> None:
    assert len(hits(shipped, messages(200_000, seed=6))) <= 2
    assert hits(shipped, lookalikes()) == []
