"""The rule pack: each rule is data with its article, version, source, confidence and test."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from tractage.domain.errors import InputError

ADVICE = "assists, is no legal advice"
KNOWN = {
    "id", "family", "article", "version", "source", "confidence", "subjects", "fr", "en", "does", "test",
}  # fmt: skip


@dataclass(frozen=True)
class Rule:
    """One rule of law, or of a platform, and what the software does about it.

    `confidence`: V read in a primary text, S secondary source, M to be checked. `version`: date of the
    article's version, or of the law that wrote it. `params`: the rule's own numbers and words (months, days,
    questions…).
    """

    id: str
    family: str
    article: str
    version: date
    source: str
    confidence: str
    subjects: tuple[str, ...]
    fr: str
    en: str
    does: str
    test: str
    params: Mapping[str, Any] = field(default_factory=dict)


def read_data(name: str) -> dict[str, Any]:
    """Return one packaged data file of the law room as parsed TOML."""
    return tomllib.loads(files("tractage.domain.law").joinpath("data", name).read_text(encoding="utf-8"))


@cache
def rules() -> Mapping[str, Rule]:
    """Return every rule of the pack by id, in the pack's order."""
    found: dict[str, Rule] = {}
    for row in read_data("rules.toml")["rule"]:
        params = {key: value for key, value in row.items() if key not in KNOWN}
        known = {key: row[key] for key in KNOWN - {"subjects"}}
        found[row["id"]] = Rule(**known, subjects=tuple(row["subjects"]), params=MappingProxyType(params))
    return MappingProxyType(found)


@cache
def version() -> date:
    """Return the day on which the pack was last reviewed."""
    value = read_data("rules.toml")["pack"]
    assert isinstance(value, date)
    return value


def rule(rule_id: str) -> Rule:
    """Return one rule of the pack; raises InputError when the pack does not hold it."""
    try:
        return rules()[rule_id]
    except KeyError:
        raise InputError(f"law pack: no rule {rule_id!r}; rules are {', '.join(rules())}") from None


def reminders(subject: str) -> tuple[Rule, ...]:
    """Return the rules that speak of `subject` ("print-poster", "montage", "team-request", …), in the pack's
    order.
    """
    return tuple(found for found in rules().values() if subject in found.subjects)
