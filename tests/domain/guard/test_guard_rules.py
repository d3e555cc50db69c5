"""The rules file: read once, refused with a reason."""

import pytest

from tractage.domain.errors import InputError
from tractage.domain.guard.rules import Verdict, default_rules, read_rules
from tractage.domain.guard.words import WordGuard


def test_reads_every_field() -> None:
    rules = read_rules(
        'language = "fr"\n[[terms]]\nid = "a"\ntext = "le Z"\nkind = "name"\naction = "flag"\nscope = ["x"]\n'
        '[[patterns]]\nre2 = "b+"\naction = "quarantine"\n[allow]\nwords = ["analyse"]\n',
        "rules.toml",
    )
    assert rules.terms[0] == ("a", "le Z", Verdict.FLAG, "name", frozenset({"x"}))
    assert rules.patterns[0] == ("b+", "b+", Verdict.QUARANTINE, frozenset())
    assert rules.allowed == ("analyse",)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("language = ", "not valid TOML"),
        ('language = "de"', "language: found 'de', expected one of fr, en"),
        ("speed = 1", "unknown key 'speed'"),
        ('[[terms]]\naction = "flag"', "terms 1: text: found None"),
        ('[[terms]]\ntext = "a"\n[[terms]]\ntext = "b"\naction = "kill"', "terms 1: action: found None"),
        ('[[terms]]\ntext = "b"\naction = "ban"', "found 'ban', expected one of flag, remove, quarantine"),
        ('[[terms]]\ntext = "\u200b"\naction = "flag"', "nothing visible"),
        ('[[terms]]\ntext = "b"\naction = "flag"\nkind = "verb"', "kind: found 'verb'"),
        ('[[terms]]\ntext = "b"\naction = "flag"\nscope = "x"', "scope: found 'x'"),
        ('[[terms]]\ntext = "b"\naction = "flag"\n[[terms]]\ntext = "b"\naction = "flag"', "same id 'b'"),
        ('[[patterns]]\nid = "look"\nre2 = "(?=a)b"\naction = "flag"', "RE2 refuses 'look'"),
        ('[[patterns]]\nre2 = "(a)\\\\1"\naction = "flag"', "RE2 refuses"),
        ('[[patterns]]\nre2 = "a{2000}"\naction = "flag"', "repetition"),
        ("terms = 3", "expected tables written [[terms]]"),
        ("[allow]\nwords = [3]", "allow: words: expected a list of words"),
    ],
)
def test_refuses_in_one_line_that_names_what_is_wrong(text: str, said: str) -> None:
    with pytest.raises(InputError) as caught:
        read_rules(text, "rules.toml")
    message = str(caught.value)
    assert message.startswith("rules.toml: ")
    assert said in message
    assert "\n" not in message


def test_every_refused_pattern_is_named() -> None:
    rules = '[[patterns]]\nre2 = "(?<a"\naction = "flag"\n[[patterns]]\nre2 = "[z-a]"\naction = "flag"\n'
    with pytest.raises(InputError, match=r"'\(\?<a'.*'\[z-a\]'"):
        read_rules(rules, "rules.toml")


def test_each_shipped_term_is_found_in_itself(shipped: WordGuard) -> None:
    rules = default_rules()
    assert len(rules.terms) > 200
    for term in rules.terms:
        assert term.id in {finding.rule for finding in shipped.read(f"et {term.text} alors")}
