"""How far polls as a whole have been from the result: the error that no average of polls removes."""

import csv
import math
from functools import cache
from importlib import resources
from typing import NamedTuple

TAPER = 10.0  # points: the smallest share of the table


class PastError(NamedTuple):
    """A candidate's share in the last polls of a first round, and the official result, in points."""

    year: int
    candidate: str
    poll: float
    result: float
    source: str


@cache
def past_errors() -> tuple[PastError, ...]:
    """Return the shipped table: first rounds of présidentielles from 1981 to 2017, candidates above 10 %."""
    text = (
        resources.files("tractage.domain.elections").joinpath("data/polls_past_errors.csv").read_text("utf-8")
    )
    return tuple(
        PastError(int(row["year"]), row["candidate"], float(row["poll"]), float(row["result"]), row["source"])
        for row in csv.DictReader(text.splitlines())
    )


def systematic_error(share: float) -> float:
    """Return the standard deviation, in points, of what all polls together get wrong about a `share`.

    The root mean square of the table's errors, and below 10 points its √(share/10): a share of 1 cannot be
    off by 4.
    Assumes that the next election's polls err like those of the past; no election of the table is later
    than 2017.
    """
    errors = [row.result - row.poll for row in past_errors()]
    size = math.sqrt(sum(error**2 for error in errors) / len(errors))
    return size * math.sqrt(min(max(share, 0.0), TAPER) / TAPER)
