"""Messages in, verdicts out; words split over messages of one author."""

import pytest

from tractage.domain.guard.check import SPLIT_WINDOW, Checker, Message
from tractage.domain.guard.rules import Rules, Verdict


@pytest.fixture
def checker(example_rules: Rules) -> Checker:
    return Checker(example_rules)


def say(checker: Checker, *texts: str, author: str = "dan", gap: float = 2.0) -> list[Verdict]:
    return [
        checker.check(Message(f"{author}{n}", author, text, n * gap)).verdict for n, text in enumerate(texts)
    ]


def test_the_verdict_is_the_strongest_action(checker: Checker) -> None:
    assert say(checker, "bonjour", "con", "connard", "fils de pute") == [
        Verdict.ALLOW,
        Verdict.FLAG,
        Verdict.REMOVE,
        Verdict.QUARANTINE,
    ]


@pytest.mark.parametrize(
    "pieces", [("conn", "ard"), ("c", "o", "n", "n", "a", "r", "d"), ("pu", "te"), ("va conn", "ard va")]
)
def test_a_word_split_over_messages_is_seen_at_its_last_piece(
    checker: Checker, pieces: tuple[str, ...]
) -> None:
    verdicts = say(checker, *pieces)
    assert verdicts[-1] is not Verdict.ALLOW


def test_the_evidence_names_the_messages(checker: Checker) -> None:
    checker.check(Message("m1", "dan", "conn", 0))
    checked = checker.check(Message("m2", "dan", "ard", 1))
    assert checked.findings[0].messages == ("m1", "m2")
    assert "several messages" in checked.findings[0].disguises


def test_two_authors_do_not_make_one_word(checker: Checker) -> None:
    checker.check(Message("1", "alice", "conn", 0))
    assert checker.check(Message("2", "bob", "ard", 1)).verdict is Verdict.ALLOW


def test_pieces_far_apart_do_not_make_one_word(checker: Checker) -> None:
    checker.check(Message("1", "dan", "conn", 0))
    assert checker.check(Message("2", "dan", "ard", SPLIT_WINDOW + 1)).verdict is Verdict.ALLOW


def test_ordinary_short_messages_in_a_row_are_let_through(checker: Checker) -> None:
    texts = ("oui", "non", "j'ai pu", "te voir", "ok", "on y va", "sa", "lettre", "a", "y est")
    assert set(say(checker, *texts)) == {Verdict.ALLOW}


def test_a_message_that_is_met_by_itself_is_not_met_twice(checker: Checker) -> None:
    checker.check(Message("1", "dan", "salut", 0))
    checked = checker.check(Message("2", "dan", "connard", 1))
    assert [finding.rule for finding in checked.findings] == ["connard"]
    assert checked.findings[0].messages == ()
