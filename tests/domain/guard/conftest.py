"""The rules and readers that the guard's tests share: built once, they take a second."""

from pathlib import Path

import pytest

from tractage.domain.guard.rules import Rules, default_rules, read_rules
from tractage.domain.guard.words import WordGuard

EXAMPLE = """
language = "fr"
[[terms]]
text = "connard"
action = "remove"
[[terms]]
text = "pute"
action = "flag"
[[terms]]
text = "salope"
action = "flag"
[[terms]]
text = "enculé"
action = "remove"
[[terms]]
text = "fils de pute"
action = "quarantine"
[[terms]]
text = "con"
action = "flag"
[[terms]]
text = "conne"
action = "flag"
[[terms]]
text = "sale"
action = "flag"
[[terms]]
id = "the Z"
text = "le Z"
kind = "name"
action = "flag"
[[terms]]
text = "Marine"
kind = "name"
action = "flag"
[[terms]]
text = "1488"
action = "quarantine"
[[patterns]]
id = "coins"
re2 = '(?i)achetez.*bitcoin'
action = "remove"
[allow]
words = ["con de mime"]
"""


@pytest.fixture(scope="session")
def example_rules() -> Rules:
    return read_rules(EXAMPLE, "example.toml")


@pytest.fixture(scope="session")
def words(example_rules: Rules) -> WordGuard:
    return WordGuard(example_rules)


@pytest.fixture(scope="session")
def shipped() -> WordGuard:
    return WordGuard(default_rules())


@pytest.fixture(scope="session")
def data() -> Path:
    return Path(__file__).parent / "data"
