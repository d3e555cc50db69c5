"""Rules on words, read once from TOML into typed values."""

import tomllib
from collections.abc import Mapping
from enum import StrEnum
from importlib.resources import files
from typing import Any, NamedTuple

import re2

from tractage.domain.errors import InputError
from tractage.domain.guard.fold import fold

LANGUAGES = ("fr", "en")
KINDS = ("word", "name")
_PATTERN_MEMORY = 64 << 20  # bytes that one set of patterns may use


class Verdict(StrEnum):
    """What becomes of a message, from the mildest to the strongest."""

    ALLOW = "allow"
    FLAG = "flag"
    REMOVE = "remove"
    QUARANTINE = "quarantine"

    @property
    def rank(self) -> int:
        """Return the place on the scale, 0 for allow."""
        return list(Verdict).index(self)


ACTIONS = tuple(Verdict)[1:]


class Term(NamedTuple):
    """A word, a phrase or (kind "name") a name, and what to do about it; no scope means everywhere."""

    id: str
    text: str
    action: Verdict
    kind: str
    scope: frozenset[str]


class Pattern(NamedTuple):
    """An RE2 pattern and what to do about it."""

    id: str
    re2: str
    action: Verdict
    scope: frozenset[str]


class Rules(NamedTuple):
    """All that one rules file says."""

    language: str
    terms: tuple[Term, ...]
    patterns: tuple[Pattern, ...]
    allowed: tuple[str, ...]


def default_rules(language: str = "fr") -> Rules:
    """Return the rules that ship with Tractage."""
    path = files("tractage.domain.guard").joinpath(f"data/rules_{language}.toml")
    return read_rules(path.read_text("utf-8"), f"rules_{language}.toml")


def read_rules(text: str, source: str) -> Rules:
    """Read a rules file.

    text: TOML; source: its name, for messages.
    Raises InputError that names the entry, what was found and what is allowed.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{source}: not valid TOML: {error}") from None
    _only(data, ("language", "terms", "patterns", "allow"), source)
    language = data.get("language", "fr")
    if language not in LANGUAGES:
        raise InputError(f"{source}: language: found {language!r}, expected one of {', '.join(LANGUAGES)}")
    rules = Rules(
        language,
        tuple(_term(entry, where) for where, entry in _entries(data, "terms", source)),
        tuple(_pattern(entry, where) for where, entry in _entries(data, "patterns", source)),
        _allowed(data.get("allow", {}), source),
    )
    _check_ids(rules, source)
    _check_patterns(rules.patterns, source)
    return rules


def compile_patterns(patterns: tuple[Pattern, ...]) -> "re2.Set | None":
    """Compile patterns into one RE2 set, in their order; None without patterns."""
    if not patterns:
        return None
    together = re2.Set.SearchSet(pattern_options())
    for pattern in patterns:
        together.Add(pattern.re2)
    together.Compile()
    return together


def pattern_options() -> "re2.Options":
    """Return the options under which every pattern is compiled."""
    options = re2.Options()
    options.log_errors = False
    options.max_mem = _PATTERN_MEMORY
    return options


def _entries(data: Mapping[str, Any], key: str, source: str) -> list[tuple[str, Mapping[str, Any]]]:
    entries = data.get(key, [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise InputError(f"{source}: {key}: expected tables written [[{key}]]")
    return [(f"{source}: {key} {number}", entry) for number, entry in enumerate(entries, 1)]


def _term(entry: Mapping[str, Any], where: str) -> Term:
    _only(entry, ("id", "text", "action", "kind", "scope"), where)
    text = _text(entry, "text", where)
    kind = entry.get("kind", "word")
    if kind not in KINDS:
        raise InputError(f"{where}: kind: found {kind!r}, expected one of {', '.join(KINDS)}")
    if not fold(text).strip():
        raise InputError(f"{where}: text {text!r} has nothing visible to look for")
    return Term(_id(entry, text, where), text, _action(entry, where), kind, _scope(entry, where))


def _pattern(entry: Mapping[str, Any], where: str) -> Pattern:
    _only(entry, ("id", "re2", "action", "scope"), where)
    source = _text(entry, "re2", where)
    return Pattern(_id(entry, source, where), source, _action(entry, where), _scope(entry, where))


def _allowed(entry: Any, source: str) -> tuple[str, ...]:
    if not isinstance(entry, dict):
        raise InputError(f"{source}: allow: expected a table with words = [...]")
    _only(entry, ("words",), f"{source}: allow")
    words = entry.get("words", [])
    if not isinstance(words, list) or not all(isinstance(word, str) and word.strip() for word in words):
        raise InputError(f"{source}: allow: words: expected a list of words")
    return tuple(words)


def _action(entry: Mapping[str, Any], where: str) -> Verdict:
    action = entry.get("action")
    if action not in ACTIONS:
        raise InputError(f"{where}: action: found {action!r}, expected one of {', '.join(ACTIONS)}")
    return Verdict(action)


def _scope(entry: Mapping[str, Any], where: str) -> frozenset[str]:
    scope = entry.get("scope", [])
    if not isinstance(scope, list) or not all(isinstance(channel, str) for channel in scope):
        raise InputError(f"{where}: scope: found {scope!r}, expected a list of channel names")
    return frozenset(scope)


def _id(entry: Mapping[str, Any], otherwise: str, where: str) -> str:
    return _text(entry, "id", where) if "id" in entry else otherwise


def _text(entry: Mapping[str, Any], key: str, where: str) -> str:
    value = entry.get(key)
    if not isinstance(value, str) or not value.strip():
        raise InputError(f"{where}: {key}: found {value!r}, expected a text that is not empty")
    return value


def _only(entry: Mapping[str, Any], keys: tuple[str, ...], where: str) -> None:
    unknown = [key for key in entry if key not in keys]
    if unknown:
        raise InputError(f"{where}: unknown key {unknown[0]!r}, expected {', '.join(keys)}")


def _check_ids(rules: Rules, source: str) -> None:
    named = [(f"terms {number}", term.id) for number, term in enumerate(rules.terms, 1)]
    named += [(f"patterns {number}", pattern.id) for number, pattern in enumerate(rules.patterns, 1)]
    seen: dict[str, str] = {}
    for where, rule in named:
        if rule in seen:
            raise InputError(f"{source}: {seen[rule]} and {where} have the same id {rule!r}")
        seen[rule] = where


def _check_patterns(patterns: tuple[Pattern, ...], source: str) -> None:
    refused = []
    for pattern in patterns:
        try:
            re2.compile(pattern.re2, pattern_options())
        except re2.error as error:
            reason = error.args[0]
            reason = reason.decode("utf-8", "replace") if isinstance(reason, bytes) else str(reason)
            refused.append(f"{pattern.id!r}: {reason}")
    if refused:
        raise InputError(f"{source}: RE2 refuses {'; '.join(refused)}")
