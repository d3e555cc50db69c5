"""Rows of a poll table, parsed at the edge: a wrong cell is one line that names it."""

import csv
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

from tractage.domain.errors import InputError


class TableError(InputError):
    """A table that cannot be read. `code` says what is wrong and `values` where, for other languages.

    Codes: not-text, folder, empty, layout, cells; of one cell: day, number, candidate, order, round.
    """

    def __init__(self, code: str, message: str, **values: str | float) -> None:
        super().__init__(message)
        self.code = code
        self.values = values


class Row(NamedTuple):
    """One line of a file, with where it stands."""

    file: str
    line: int
    cells: Mapping[str, str]

    def fault(self, code: str, column: str, expected: str, **values: str | float) -> TableError:
        """Return the error that says what this row holds in `column` and what it should."""
        found = self.cells.get(column, "")
        return TableError(
            code,
            f"{self.file}, line {self.line}, {column}: found {found!r}; expected {expected}",
            file=self.file,
            line=self.line,
            column=column,
            found=found,
            **values,
        )

    def text(self, column: str) -> str:
        """Return the trimmed text of a cell; a missing one is empty."""
        return (self.cells.get(column) or "").strip()

    def day(self, column: str) -> date:
        """Return the date of a cell."""
        try:
            return date.fromisoformat(self.text(column))
        except ValueError:
            raise self.fault("day", column, "a date like 2027-03-31") from None

    def number(self, column: str, low: float, high: float) -> float:
        """Return the number of a cell, within [low, high]."""
        try:
            value = float(self.text(column))
        except ValueError:
            value = float("nan")
        if not low <= value <= high:
            raise self.fault("number", column, f"a number from {low:g} to {high:g}", low=low, high=high)
        return value

    def maybe(self, column: str, low: float, high: float) -> float | None:
        """Return the number of a cell, or None when it is empty."""
        return self.number(column, low, high) if self.text(column) else None


def read_rows(path: Path) -> tuple[tuple[str, ...], list[Row]]:
    """Return the header and the rows of a UTF-8 CSV file.

    Raises TableError when the file is not text, is empty, or a line has too many or too few cells.
    """
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        message = f"{path.name}: not a UTF-8 text file; expected a CSV table of polls"
        raise TableError("not-text", message, file=path.name) from None
    except IsADirectoryError:
        message = f"{path.name}: a folder; expected a CSV table of polls"
        raise TableError("folder", message, file=path.name) from None
    reader = csv.reader(text.splitlines())
    header = tuple(next(reader, ()))
    if not header:
        raise TableError("empty", f"{path.name}: empty; expected a CSV table of polls", file=path.name)
    return header, list(_rows(path.name, header, reader))


def _rows(name: str, header: tuple[str, ...], reader: Iterator[list[str]]) -> Iterator[Row]:
    for number, cells in enumerate(reader, start=2):
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(header):
            message = f"{name}, line {number}: {len(cells)} cells; expected {len(header)}"
            raise TableError("cells", message, file=name, line=number, found=len(cells), expected=len(header))
        yield Row(name, number, dict(zip(header, cells, strict=True)))
