"""Print rows as a table for people, or as CSV and JSON for programs."""

import csv
import json
import sys
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Annotated, Any

import typer
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

READABLE = 14
"""Characters of a line of text under which nobody reads a column."""
LONGEST_WORD = 40
"""Characters beyond which a word (a fingerprint, an address) may be cut."""
BETWEEN = 2


class Format(StrEnum):
    """How a command prints its data."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


FormatOption = Annotated[Format, typer.Option("--format", help="How to print the data.")]


def print_json(value: Any) -> None:
    """Print one JSON document, in UTF-8, indented."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def print_rows(
    rows: Sequence[Mapping[str, Any]], columns: Sequence[str], fmt: Format, title: str = ""
) -> None:
    """Print `rows` with `columns` in order; a missing or None value is empty."""
    if fmt is Format.JSON:
        print_json([{column: row.get(column) for column in columns} for row in rows])
    elif fmt is Format.CSV:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([_cell(row.get(column)) for column in columns] for row in rows)
    else:
        _print_table(rows, columns, title)


def _print_table(rows: Sequence[Mapping[str, Any]], columns: Sequence[str], title: str) -> None:
    """For people: as many columns as the terminal holds without cutting a word; those left out are named."""
    console = Console()
    cells = {column: [_word(row.get(column)) for row in rows] for column in columns}
    shown = _fitting(cells, console.width)
    if title:
        console.print(title, style="bold", highlight=False)
    table = Table(box=SIMPLE_HEAD, pad_edge=False, padding=(0, BETWEEN - 1, 0, 0))
    for column in shown:
        numeric = bool(rows) and all(_is_number(row.get(column)) for row in rows)
        least = _least(column, cells[column])
        table.add_column(column, justify="right" if numeric else "left", min_width=least, overflow="fold")
    for number in range(len(rows)):
        table.add_row(*(cells[column][number] for column in shown))
    console.print(table)
    if left := [column for column in columns if column not in shown]:
        console.print(f"Wider, or with --format csv: {', '.join(left)}.", style="dim", highlight=False)


def _fitting(cells: Mapping[str, Sequence[str]], width: int) -> list[str]:
    """The first columns that stand side by side in `width` characters; two at least."""
    shown: list[str] = []
    room = width - BETWEEN
    for column, found in cells.items():
        room -= _least(column, found) + BETWEEN
        if room < 0 and len(shown) > 1:
            break
        shown.append(column)
    return shown


def _least(column: str, found: Sequence[str]) -> int:
    """The width under which a column cannot be read: its longest word, and some words to a line."""
    longest = max((len(word) for text in found for word in text.split()), default=0)
    return max(len(column), min(longest, LONGEST_WORD), min(READABLE, max(map(len, found), default=0)))


def _is_number(value: Any) -> bool:
    return value is None or (isinstance(value, int | float) and not isinstance(value, bool))


def _word(value: Any) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else _cell(value)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:g}" if isinstance(value, float) else str(value)
