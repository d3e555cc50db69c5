"""The 577 seats of the Assemblée nationale (map of 2010) and their codes."""

import csv
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import NewType

from tractage.domain.errors import InputError

SeatCode = NewType("SeatCode", str)
"""A seat's key in the project, `DD-NN`: `01-01`, `2A-02`, `971-01`, `099-11` (abroad)."""


class Territory(StrEnum):
    """Where a seat lies."""

    METROPOLE = "metropole"
    OVERSEAS = "overseas"
    ABROAD = "abroad"


@dataclass(frozen=True, slots=True)
class Seat:
    """A seat (circonscription législative).

    `department` is the code in the key (`24`, `2A`, `971`, `099`), `label` the French name of the seat.
    """

    code: SeatCode
    department: str
    department_name: str
    number: int
    label: str
    territory: Territory


@dataclass(frozen=True, slots=True)
class Department:
    """A department: its code in the key, the letters of the ministry overseas, its French name."""

    code: str
    letters: str
    name: str
    territory: Territory
    seats: int


@cache
def departments() -> tuple[Department, ...]:
    """The 107 departments and territories that elect a deputy: metropolitan, overseas, then abroad."""
    text = files("tractage.domain.elections").joinpath("data/departments.csv").read_text("utf-8")
    return tuple(
        Department(
            row["code"],
            row["letters"],
            row["name"].replace("'", "’"),
            Territory(row["territory"]),
            int(row["seats"]),
        )
        for row in csv.DictReader(text.splitlines())
    )


@cache
def all_seats() -> tuple[Seat, ...]:
    """The 577 seats, by department then number; metropolitan ones first, those abroad last."""
    return tuple(
        _seat(department, number) for department in departments() for number in range(1, department.seats + 1)
    )


@cache
def _by_code() -> dict[str, Seat]:
    return {seat.code: seat for seat in all_seats()}


@cache
def _by_letters() -> dict[str, str]:
    return {department.letters: department.code for department in departments() if department.letters}


def seat(code: str) -> Seat:
    """The seat of key `code` (`DD-NN`).

    Raises:
        InputError: no seat has this key.
    """
    found = _by_code().get(code)
    if found is None:
        raise InputError(f"unknown seat {code!r}; expected a key such as 01-01, 2A-02, 971-01 or 099-11")
    return found


def seat_code(department: str, number: int) -> SeatCode:
    """The key of a seat from the ministry's department code (`1`, `01`, `2A`, `ZA`, `971`) and its number.

    Raises:
        InputError: there is no such seat.
    """
    padded = department.strip().upper().rjust(2, "0")
    return seat(f"{_by_letters().get(padded, padded)}-{number:02d}").code


def _seat(department: Department, number: int) -> Seat:
    ordinal = "circonscription unique"
    if department.seats > 1:
        ordinal = f"{number}{'ʳᵉ' if number == 1 else 'ᵉ'} circonscription"
    return Seat(
        code=SeatCode(f"{department.code}-{number:02d}"),
        department=department.code,
        department_name=department.name,
        number=number,
        label=f"{department.name}, {ordinal}",
        territory=department.territory,
    )
