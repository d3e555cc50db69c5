"""The official files: their layout and their address, as data."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class NamedColumn:
    """The column of one candidate in a workbook that has one column per candidate."""

    column: str
    name: str
    first_name: str
    sex: str


@dataclass(frozen=True, slots=True)
class Layout:
    """Titles of the columns: `fixed` ones by field, then repeated blocks or one column per candidate.

    `blocks` maps a candidate's field to its title in the first block, which starts at the column `start` and
    repeats every `stride` columns.
    """

    fixed: dict[str, str]
    start: str
    stride: int
    blocks: dict[str, str]
    candidates: tuple[NamedColumn, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """One official file: a round of an election.

    `header` is the line of titles, counted from 1; `seats` the number of lines that follow.
    """

    election: str
    round: int
    file: str
    sha256: str
    sheet: str
    header: int
    seats: int
    layout: Layout
    dataset: str
    resource: str


@dataclass(frozen=True, slots=True)
class Provenance:
    """Who publishes the official files, and under which licence."""

    publisher: str
    licence: str


@cache
def sources() -> tuple[Source, ...]:
    """Every official file that the table of facts is built from, in the order of the elections."""
    content = _content()
    layouts = {name: _layout(table) for name, table in content["layout"].items()}
    return tuple(Source(**(entry | {"layout": layouts[entry["layout"]]})) for entry in content["source"])


@cache
def provenance() -> Provenance:
    """Publisher and licence of the official files."""
    content = _content()
    return Provenance(content["publisher"], content["licence"])


def _content() -> dict[str, Any]:
    return tomllib.loads(files("tractage.adapters.official").joinpath("sources.toml").read_text("utf-8"))


def _layout(table: dict[str, Any]) -> Layout:
    blocks = dict(table.get("blocks", {}))
    return Layout(
        fixed=table["columns"],
        start=blocks.pop("start", ""),
        stride=blocks.pop("stride", 0),
        blocks=blocks,
        candidates=tuple(NamedColumn(**entry) for entry in table.get("candidates", [])),
    )
