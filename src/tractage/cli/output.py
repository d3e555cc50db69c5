"""Print rows as a table for people, or as CSV and JSON for programs."""

import csv
import json
import sys
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table


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
        table = Table(title=title or None, title_justify="left")
        for column in columns:
            numeric = bool(rows) and all(isinstance(row.get(column), int | float | None) for row in rows)
            table.add_column(column, justify="right" if numeric else "left")
        for row in rows:
            table.add_row(*(_cell(row.get(column)) for column in columns))
        Console().print(table)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:g}" if isinstance(value, float) else str(value)
