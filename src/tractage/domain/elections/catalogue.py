"""The elections whose results ship with the package: an election is data, never code."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from tractage.domain.errors import InputError, nearest


@dataclass(frozen=True, slots=True)
class ElectionRound:
    """One round of an election: its number and the day of the vote in metropolitan France."""

    number: int
    date: date


@dataclass(frozen=True, slots=True)
class Election:
    """An election: its id, its French title, its kind and its rounds, oldest first.

    `kind` is `legislatives`, `europeennes` or `presidentielle`; `candidates_known` is the day on which the
    official list of candidates was public, None when the project does not use it.
    """

    id: str
    title: str
    kind: str
    rounds: tuple[ElectionRound, ...]
    candidates_known: date | None = None

    @property
    def first_day(self) -> date:
        """Day of the first round."""
        return self.rounds[0].date

    @property
    def last_day(self) -> date:
        """Day of the last round; the results are known from the next day on."""
        return self.rounds[-1].date


@dataclass(frozen=True, slots=True)
class Upcoming:
    """An election to prepare, whose results are not known: its id, French title and kind."""

    id: str
    title: str
    kind: str


@cache
def elections() -> tuple[Election, ...]:
    """Every known election, oldest first."""
    return tuple(
        Election(
            id=entry["id"],
            title=entry["title"],
            kind=entry["kind"],
            rounds=tuple(ElectionRound(number, day) for number, day in enumerate(entry["rounds"], start=1)),
            candidates_known=entry.get("candidates_known"),
        )
        for entry in _content()["election"]
    )


@cache
def upcoming() -> tuple[Upcoming, ...]:
    """The elections to prepare, whatever their date."""
    return tuple(Upcoming(**entry) for entry in _content()["upcoming"])


def election(election_id: str) -> Election:
    """The election called `election_id`, such as `legislatives-2024`.

    Raises:
        InputError: no election has this id; the message lists the known ones.
    """
    for known in elections():
        if known.id == election_id:
            return known
    names = [known.id for known in elections()]
    raise InputError(
        f"unknown election {election_id!r}{nearest(election_id, names)}; known: {', '.join(names)}"
    )


def require_kind(election_id: str, kind: str) -> Election:
    """The election called `election_id`, which must be of `kind`.

    Raises:
        InputError: unknown election, or one of another kind; the message lists those that fit.
    """
    known = election(election_id)
    if known.kind != kind:
        fitting = ", ".join(one.id for one in elections() if one.kind == kind)
        raise InputError(f"{election_id} is of kind {known.kind}, expected {kind}: {fitting}")
    return known


def last_before(kind: str, day: date) -> Election:
    """The latest election of `kind` whose last round was held before `day`.

    Raises:
        InputError: the shipped results hold none.
    """
    held = [known for known in elections() if known.kind == kind and known.last_day < day]
    if not held:
        raise InputError(f"no results of kind {kind!r} before {day.isoformat()}")
    return max(held, key=lambda known: known.last_day)


def _content() -> dict[str, Any]:
    text = files("tractage.domain.elections").joinpath("data/catalogue.toml").read_text("utf-8")
    return tomllib.loads(text)
