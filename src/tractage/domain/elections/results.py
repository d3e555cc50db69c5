"""Official results: what each candidate got in each round of each seat."""

import io
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

from tractage.domain.elections.catalogue import Election, election
from tractage.domain.elections.seats import SeatCode, all_seats
from tractage.domain.errors import InputError, TractageError

COLUMNS = (
    "election",
    "round",
    "seat",
    "name",
    "first_name",
    "sex",
    "nuance",
    "votes",
    "elected",
    "registered",
    "voters",
    "valid",
)
"""Columns of the table of facts: one row per candidacy, in the order of the official file."""


class Candidacy(NamedTuple):
    """A candidate (or a list) in one round of one seat.

    `sex` is `F`, `M` or empty (lists); `nuance` is the ministry's code, else the list's or candidate's name.
    """

    name: str
    first_name: str
    sex: str
    nuance: str
    votes: int
    elected: bool

    @property
    def full_name(self) -> str:
        """First name and name."""
        return f"{self.first_name} {self.name}".strip()


class RoundResult(NamedTuple):
    """One round in one seat; `valid` are the official valid votes, `cast` the sum of the candidates' votes.

    The two differ by one or two ballots in a few official rows; shares are of `cast`.
    """

    number: int
    registered: int
    voters: int
    valid: int
    candidacies: tuple[Candidacy, ...]

    @property
    def cast(self) -> int:
        """Sum of the candidates' votes."""
        return sum(candidacy.votes for candidacy in self.candidacies)

    def ranked(self) -> list[Candidacy]:
        """The candidacies by votes, most first; equal votes by name."""
        return sorted(self.candidacies, key=lambda one: (-one.votes, one.name, one.first_name))


@dataclass(frozen=True, slots=True)
class SeatResult:
    """The rounds held in one seat, oldest first."""

    seat: SeatCode
    rounds: tuple[RoundResult, ...]

    @property
    def first(self) -> RoundResult:
        """The first round."""
        return self.rounds[0]

    @property
    def decisive(self) -> RoundResult:
        """The last round held: the second, or the first where it sufficed."""
        return self.rounds[-1]

    @property
    def elected(self) -> Candidacy | None:
        """The elected candidate; None for an election of lists or of a president."""
        return next((one for held in reversed(self.rounds) for one in held.candidacies if one.elected), None)


class Results:
    """The results of one election, seat by seat."""

    def __init__(self, held: Election, seats: Iterable[SeatResult]) -> None:
        self.election = held
        self._seats = {result.seat: result for result in seats}

    def seat(self, code: str) -> SeatResult:
        """The result of the seat `code`.

        Raises:
            InputError: this election has no result for it.
        """
        found = self._seats.get(SeatCode(code))
        if found is None:
            raise InputError(f"no result for seat {code!r} in {self.election.id}")
        return found

    def seats(self) -> tuple[SeatResult, ...]:
        """Every seat's result, in the order of `all_seats()`."""
        return tuple(self._seats.values())

    def round(self, number: int) -> list[tuple[SeatCode, RoundResult]]:
        """The seats that held round `number`, with that round."""
        return [
            (result.seat, held)
            for result in self._seats.values()
            for held in result.rounds
            if held.number == number
        ]


def table_path() -> Path:
    """Where the shipped table of facts lies; its provenance is beside it, in `results.toml`."""
    return Path(str(files("tractage.domain.elections"))) / "data" / "results.parquet"


@cache
def load_results(election_id: str) -> Results:
    """The shipped results of an election, read once.

    Raises:
        InputError: unknown election.
        TractageError: the shipped table of facts is missing or damaged.
    """
    held = election(election_id)
    try:
        table = table_path().read_bytes()
    except FileNotFoundError as error:
        hint = "build it with: tractage elections build --raw DIR"
        raise TractageError(f"the table of results is missing ({hint})") from error
    return read_results(held, table)


def read_results(held: Election, table: bytes) -> Results:
    """The results of the election `held` in a parquet table of facts with `COLUMNS`.

    Raises:
        TractageError: the bytes are no such table, or it has no row of this election.
    """
    import polars as pl

    try:
        frame = pl.read_parquet(io.BytesIO(table), columns=list(COLUMNS))
    except (pl.exceptions.PolarsError, OSError) as error:
        raise TractageError("the table of results is damaged: not a table of facts in parquet") from error
    rows = frame.filter(pl.col("election") == held.id).drop("election").rows()
    if not rows:
        raise TractageError(f"the table of results has no row of {held.id}")
    return Results(held, _gather(rows))


def _gather(rows: list[tuple[Any, ...]]) -> list[SeatResult]:
    candidacies: dict[tuple[str, int], list[Candidacy]] = {}
    turnout: dict[tuple[str, int], tuple[int, int, int]] = {}
    for number, code, name, first_name, sex, nuance, votes, elected, registered, voters, valid in rows:
        key = (code, number)
        turnout[key] = (registered, voters, valid)
        candidacies.setdefault(key, []).append(Candidacy(name, first_name, sex, nuance, votes, elected))
    return [
        SeatResult(
            known.code,
            tuple(
                RoundResult(number, *turnout[known.code, number], tuple(candidacies[known.code, number]))
                for number in (1, 2)
                if (known.code, number) in turnout
            ),
        )
        for known in all_seats()
        if (known.code, 1) in turnout or (known.code, 2) in turnout
    ]
