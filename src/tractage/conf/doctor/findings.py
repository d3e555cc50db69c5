"""A finding, and the register of questions that `tractage doctor` asks.

A room that wants to be asked writes a module `doctor` (`tractage/hq/NOUN/doctor.py`,
`tractage/bot/doctor.py`) with functions under `@question`; nothing else is to be done.
"""

from collections.abc import Callable, Iterator
from enum import StrEnum
from importlib import import_module
from importlib.util import find_spec
from typing import NamedTuple


class Level(StrEnum):
    """Fine; worth knowing; to be mended."""

    OK = "ok"
    NOTE = "note"
    WRONG = "wrong"


class Finding(NamedTuple):
    """What was found, where, and what to do about it (empty when nothing is to be done)."""

    subject: str
    level: Level
    words: str
    remedy: str = ""


Question = Callable[[], Iterator[Finding]]
QUESTIONS: dict[str, Question] = {}
ON_DATABASE: set[str] = set()
"""Subjects that cannot be examined while the database lacks its tables."""
ROOMS = ("machine", "database", "work", "contents")


def question(subject: str, *, on_database: bool = False) -> Callable[[Question], Question]:
    """Register a function that yields findings about `subject`; one that breaks is a finding of its own."""

    def keep(asked: Question) -> Question:
        QUESTIONS[subject] = asked
        if on_database:
            ON_DATABASE.add(subject)
        return asked

    return keep


def fine(subject: str, words: str) -> Finding:
    """Nothing to do."""
    return Finding(subject, Level.OK, words)


def note(subject: str, words: str, remedy: str = "") -> Finding:
    """Worth knowing."""
    return Finding(subject, Level.NOTE, words, remedy)


def wrong(subject: str, words: str, remedy: str) -> Finding:
    """To be mended, and how."""
    return Finding(subject, Level.WRONG, words, remedy)


def gather() -> None:
    """Import every module that holds questions; Django must be set up."""
    from django.apps import apps

    for room in ROOMS:
        import_module(f"tractage.conf.doctor.{room}")
    names = [config.name for config in apps.get_app_configs() if config.name.startswith("tractage.")]
    for name in [*names, *(["tractage.bot"] if find_spec("tractage.bot") else [])]:
        if find_spec(f"{name}.doctor"):
            import_module(f"{name}.doctor")


def examine() -> Iterator[Finding]:
    """Ask every question, in the order of registration."""
    broken = False
    for subject, asked in list(QUESTIONS.items()):
        if broken and subject in ON_DATABASE:
            yield note(subject, "not examined: the database is to be mended first")
            continue
        try:
            for finding in asked():
                broken = broken or (subject == "database" and finding.level is Level.WRONG)
                yield finding
        except Exception as error:  # a broken question must not hide the others
            said = f"{type(error).__name__}: {error}".splitlines()[0]
            yield wrong(subject, f"cannot be examined ({said})", "mend what is named above, then ask again")
