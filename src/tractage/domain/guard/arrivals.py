"""What one arrival says for a raid and against an organic surge: log-likelihood ratios of its marks.

The frequencies are those of the simulator's raids and surges (docs/methods/guard.md); a server can give its
own.
"""

import math
import re
from collections import Counter
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from tractage.domain.guard.decisions import Evidence
from tractage.domain.guard.events import Join
from tractage.domain.guard.fold import fold

HOUR, DAY = 3600.0, 86400.0
_LETTERS = re.compile(r"[^a-z]+")
_UNSPEAKABLE = re.compile(r"[bcdfghjklmnpqrstvwxz]{5}|[bcdfghjkmpqtvwxz]{4}|[aeiouy]{5}")
_RUNS = re.compile(r"[a-z]+|[0-9]+|[^a-z0-9]+")


class Mark(NamedTuple):
    """One mark of an arrival and its weight, in nats: positive speaks for a raid."""

    name: str
    weight: float


class Frequencies(NamedTuple):
    """How often a mark is met: among raiders, and among the people of a surge."""

    just_born: tuple[float, float] = (0.35, 0.20)  # under an hour
    young: tuple[float, float] = (0.45, 0.06)  # under a week
    recent: tuple[float, float] = (0.15, 0.10)  # under two months
    old: tuple[float, float] = (0.20, 0.64)
    no_avatar: tuple[float, float] = (0.75, 0.40)
    same_stem: tuple[float, float] = (0.50, 0.0005)  # per newcomer that one resembles
    same_first_name: tuple[float, float] = (0.50, 0.02)
    same_shape: tuple[float, float] = (0.40, 0.01)
    same_birthday: tuple[float, float] = (0.50, 0.01)
    jumbled: tuple[float, float] = (0.30, 0.01)  # a name that nobody can pronounce
    at_once: tuple[float, float] = (0.50, 0.12)  # within half a second of the one before


class Newcomers:
    """The arrivals of the last minutes, by the marks that they may share."""

    def __init__(self, frequencies: Frequencies | None = None) -> None:
        self._frequencies = frequencies or Frequencies()
        self._shared: Counter[tuple[str, str]] = Counter()
        self._joins: list[Join] = []

    def marks(self, join: Join) -> list[Mark]:
        """Return the marks of an arrival, against those before it; the arrival is then one of them."""
        frequencies = self._frequencies
        found = [_age_mark(join, frequencies)]
        found.append(_mark("no avatar", frequencies.no_avatar, met=not join.avatar))
        if _UNSPEAKABLE.search(fold(join.name)):
            found.append(_mark("jumbled name", frequencies.jumbled, met=True))
        found += [self._shared_mark(kind, key) for kind, key in _keys(join)]
        if self._joins and join.t - self._joins[-1].t <= 0.5:
            found.append(_mark("joined at once", frequencies.at_once, met=True))
        self._joins.append(join)
        self._shared.update(_keys(join))
        return found

    def forget(self, t: float) -> None:
        """Let go of the arrivals before time t."""
        while self._joins and self._joins[0].t < t:
            self._shared.subtract(_keys(self._joins.pop(0)))

    def evidence(self) -> tuple[Evidence, ...]:
        """Return the marks that most of the last arrivals share."""
        shared = [(count, kind, key) for (kind, key), count in self._shared.items() if count >= 3]
        return tuple(
            Evidence(kind, f"{key} ({count})") for count, kind, key in sorted(shared, reverse=True)[:3]
        )

    def __len__(self) -> int:
        return len(self._joins)

    def _shared_mark(self, kind: str, key: str) -> Mark:
        raid, surge = {
            "name stem": self._frequencies.same_stem,
            "first name": self._frequencies.same_first_name,
            "name shape": self._frequencies.same_shape,
            "birthday": self._frequencies.same_birthday,
        }[kind]
        count = self._shared[kind, key]
        chance = min(raid, 1 - (1 - surge) ** max(1, len(self._joins)))
        if count:
            # One in so many resembles another by chance; two or more, far fewer.
            return Mark(f"same {kind}", math.log(raid / chance) * min(count, 2))
        return Mark(f"own {kind}", math.log((1 - raid) / (1 - chance)) if len(self._joins) > 2 else 0.0)


def stem(name: str) -> str:
    """Return the letters of a name, folded, without digits and signs."""
    return _LETTERS.sub("", fold(name))


def shape(name: str) -> str:
    """Return the shape of a name that carries at least three digits ("6a4d"), or nothing."""
    runs = _RUNS.findall(fold(name))
    if sum(len(run) for run in runs if run.isdigit()) < 3:
        return ""
    return "".join(f"{len(run)}{'d' if run.isdigit() else 'a' if run.isalpha() else 's'}" for run in runs)


@cache
def first_names() -> frozenset[str]:
    """Return the usual first names, which many people carry."""
    text = files("tractage.domain.guard").joinpath("data/first_names.txt").read_text("utf-8")
    return frozenset(fold(word) for line in text.splitlines() if line[:1] != "#" for word in line.split())


def _keys(join: Join) -> list[tuple[str, str]]:
    keys = []
    letters = stem(join.name)
    if len(letters) >= 4:
        known = any(letters.startswith(name) or letters.endswith(name) for name in _usual(letters))
        keys.append(("first name" if known else "name stem", letters[:10]))
    if shape(join.name):
        keys.append(("name shape", shape(join.name)))
    if join.age is not None and HOUR < join.age < 60 * DAY and join.created is not None:
        keys.append(("birthday", str(int(join.created // DAY))))
    return keys


def _usual(letters: str) -> list[str]:
    """Return the beginnings and endings of a name that are usual first names."""
    cuts = [letters[:n] for n in range(3, len(letters) + 1)] + [letters[n:] for n in range(len(letters) - 2)]
    return [cut for cut in cuts if cut in first_names()]


def _age_mark(join: Join, frequencies: Frequencies) -> Mark:
    if join.age is None:
        return Mark("age unknown", 0.0)
    if join.age < HOUR:
        return _mark("account under an hour", frequencies.just_born, met=True)
    if join.age < 7 * DAY:
        return _mark("account under a week", frequencies.young, met=True)
    if join.age < 60 * DAY:
        return _mark("account under two months", frequencies.recent, met=True)
    return _mark("old account", frequencies.old, met=True)


def _mark(name: str, frequency: tuple[float, float], *, met: bool) -> Mark:
    raid, surge = frequency
    return (
        Mark(name, math.log(raid / surge))
        if met
        else Mark(f"not: {name}", math.log((1 - raid) / (1 - surge)))
    )
