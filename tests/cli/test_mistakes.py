"""A mistake is one line that names what, where, what was found and what was expected; never a trace."""

import subprocess
import sys
from pathlib import Path

import pytest

OBSERVED = "pivots observed legislatives-2024 --bloc"


def tractage(*arguments: str) -> tuple[int, str]:
    """Exit code and standard error of the command."""
    made = subprocess.run(
        [sys.executable, "-m", "tractage.cli.main", *arguments], capture_output=True, text=True, check=False
    )
    return made.returncode, made.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (
            "pivots observed legislatives-2024 --bloc gauche --within -5",
            ("--within", "'-5'", "1 or more", "-h"),
        ),
        (
            "pivots observed legislatives-2024 --bloc gauche --within=x",
            ("--within", "'x'", "a valid integer"),
        ),
        ("pivots observed legislatives-2024 --bloc gosche", ("gosche", "did you mean 'gauche'?", "droite")),
        ("elections show legislative-2024", ("did you mean 'legislatives-2024'?", "europeennes-2019")),
        ("elections shwo", ("tractage elections", "shwo", "Did you mean 'show'?")),
        ("elections show", ("missing argument", "election")),
        ("law plan", ("missing option", "--dissolution")),
        ("law calendar presidentiel-2027", ("did you mean 'presidentielle-2027'?",)),
        ("studio check afiche-chiffre", ("did you mean 'affiche-chiffre'?",)),
        (
            "law calendar presidentielle-2027 --ics /nowhere/x.ics",
            ("/nowhere/x.ics: no such folder /nowhere",),
        ),
    ],
)
def test_a_mistake_is_one_line(arguments: str, words: tuple[str, ...]) -> None:
    code, said = tractage(*arguments.split())
    assert code == 2
    assert len(said.splitlines()) == 1
    assert all(word in said for word in words), said


def test_a_folder_given_for_a_file_keeps_its_name(tmp_path: Path) -> None:
    code, said = tractage("law", "calendar", "presidentielle-2027", "--ics", str(tmp_path))
    assert (code, said) == (2, f"tractage: {tmp_path}: this is a folder, expected a file\n")


def test_help_is_what_a_noun_alone_says() -> None:
    command = [sys.executable, "-m", "tractage.cli.main", "elections"]
    alone = subprocess.run(command, capture_output=True, text=True, check=False)
    assert alone.returncode == 2
    assert "Usage: tractage elections" in alone.stdout
    assert "show" in alone.stdout
