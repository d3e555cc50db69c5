"""Rules as TOML, in the form that `domain/guard/rules` reads."""

import json
from collections.abc import Iterable

from tractage.hq.safety.guard_models import GuardRule, RuleKind


def rules_toml(rules: Iterable[GuardRule], allowed: Iterable[str], language: str = "fr") -> str:
    """Return a rules file: terms, patterns, allowed words."""
    lines = [f"language = {_text(language)}"]
    for rule in rules:
        pattern = rule.kind == RuleKind.PATTERN
        lines += ["", "[[patterns]]" if pattern else "[[terms]]", f"id = {_text(rule.key)}"]
        lines += [f"{'re2' if pattern else 'text'} = {_text(rule.text)}", f"action = {_text(rule.action)}"]
        if rule.kind == RuleKind.NAME:
            lines.append('kind = "name"')
        if rule.scope:
            lines.append(f"scope = [{', '.join(map(_text, rule.scope))}]")
    lines += ["", "[allow]", f"words = [{', '.join(map(_text, allowed))}]", ""]
    return "\n".join(lines)


def _text(value: str) -> str:
    """A TOML basic string: JSON's escapes are among TOML's, but for the delete sign."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007F")
