"""Build the compact table of facts from the official workbooks."""

import hashlib
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tractage.adapters.official.rows import RoundReader
from tractage.adapters.official.sources import Source, provenance, sources
from tractage.adapters.official.workbook import read_sheet
from tractage.domain.elections.catalogue import election, elections
from tractage.domain.elections.results import COLUMNS, RoundResult
from tractage.domain.elections.seats import SeatCode, all_seats
from tractage.domain.errors import InputError

Rounds = dict[SeatCode, RoundResult]


@dataclass(frozen=True, slots=True)
class Facts:
    """The table of facts as parquet bytes, and the TOML text that says where it comes from."""

    table: bytes
    provenance: str
    rows: int

    @property
    def sha256(self) -> str:
        """Checksum of the table."""
        return hashlib.sha256(self.table).hexdigest()


def build_facts(raw: Path, advance: Callable[[int], None] = lambda _: None) -> Facts:
    """Read, check and gather every official file of the folder `raw`.

    Args:
        raw: folder that holds the official files under their names in `sources.toml`.
        advance: called with 1 after each file.

    Raises:
        InputError: a file, a sheet, a column, a cell or a sum is at fault.
    """
    if not raw.is_dir():
        raise InputError(f"{raw}: no such folder of official files")
    rounds: dict[tuple[str, int], Rounds] = {}
    for source in sources():
        rounds[source.election, source.round] = RoundReader(read_sheet(raw, source), source).read()
        advance(1)
    for held in elections():
        if held.kind == "legislatives":
            _check_elected(held.id, rounds[held.id, 1], rounds[held.id, 2])
    rows = list(_rows(rounds))
    table = _parquet(rows)
    return Facts(table, _provenance(raw, table, len(rows)), len(rows))


def contents(facts: Facts, out: Path) -> dict[Path, bytes]:
    """What to write: the table at `out`, and its provenance beside it (`.toml`)."""
    return {out: facts.table, out.with_suffix(".toml"): facts.provenance.encode()}


def _check_elected(election_id: str, first: Rounds, second: Rounds) -> None:
    """Each seat has one winner: in round 1 and then no round 2, or in round 2."""
    title = election(election_id).title
    for code in (seat.code for seat in all_seats()):
        if code not in first:
            raise InputError(f"{title}: seat {code} has no first round")
        winners = [
            sum(one.elected for one in held[code].candidacies) if code in held else None
            for held in (first, second)
        ]
        if winners not in ([1, None], [0, 1]):
            found = f"{winners[0]} elected in round 1, " + (
                "no round 2" if winners[1] is None else f"{winners[1]} elected in round 2"
            )
            raise InputError(f"{title}: seat {code}: found {found}, expected one in all")


def _rows(rounds: dict[tuple[str, int], Rounds]) -> Iterator[tuple[object, ...]]:
    for (election_id, number), seats in sorted(rounds.items()):
        for code in sorted(seats):
            held = seats[code]
            for one in held.candidacies:
                yield (election_id, number, code, *one, held.registered, held.voters, held.valid)


def _parquet(rows: list[tuple[object, ...]]) -> bytes:
    import polars as pl

    types: dict[str, pl.DataType] = dict.fromkeys(COLUMNS, pl.String()) | dict.fromkeys(
        ("votes", "registered", "voters", "valid"), pl.Int32()
    )
    types |= {"round": pl.Int8(), "elected": pl.Boolean()}
    frame = pl.DataFrame(rows, schema={column: types[column] for column in COLUMNS}, orient="row")
    buffer = io.BytesIO()
    frame.write_parquet(buffer, compression="zstd", compression_level=19, statistics=False)
    return buffer.getvalue()


def _provenance(raw: Path, table: bytes, rows: int) -> str:
    origin = provenance()
    lines = [
        "# Where results.parquet comes from; made by `tractage elections build`.",
        f'publisher = "{origin.publisher}"',
        f'licence = "{origin.licence}"',
        f'sha256 = "{hashlib.sha256(table).hexdigest()}"',
        f"rows = {rows}",
    ]
    for source in sources():
        lines += ["", "[[source]]", *_source_lines(raw, source)]
    return "\n".join(lines) + "\n"


def _source_lines(raw: Path, source: Source) -> list[str]:
    held = election(source.election)
    found = hashlib.sha256((raw / source.file).read_bytes()).hexdigest()
    return [
        f'election = "{source.election}"',
        f"round = {source.round}",
        f"date = {held.rounds[source.round - 1].date.isoformat()}",
        f'file = "{source.file}"',
        f'dataset = "https://www.data.gouv.fr/datasets/{source.dataset}"',
        f'sha256 = "{found}"',
    ]
