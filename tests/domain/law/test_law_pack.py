"""The pack itself: each rule is complete, and has a test that exists."""

import ast
from pathlib import Path

import pytest

from tractage.domain.errors import InputError
from tractage.domain.law.pack import rule, rules, version

HERE = Path(__file__).parent


def functions(file: str) -> set[str]:
    tree = ast.parse((HERE / file).read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize("name", rules())
def test_every_rule_has_a_test_that_exists(name: str) -> None:
    file, _, function = rule(name).test.partition("::")
    assert function in functions(file)


@pytest.mark.parametrize("name", rules())
def test_every_rule_is_complete(name: str) -> None:
    found = rule(name)
    assert found.confidence in {"V", "S", "M"}
    assert all((found.article, found.source, found.fr, found.en, found.does, found.subjects))
    assert found.version <= version()
    assert " ?" not in found.fr
    assert " ;" not in found.fr


def test_an_unknown_rule_is_refused() -> None:
    with pytest.raises(InputError, match="no rule 'L50'"):
        rule("L50")
