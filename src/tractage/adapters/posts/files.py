"""What kind of file this is, and what reading it will cost."""

import gzip
import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import IO

from tractage.domain.errors import InputError
from tractage.domain.worded import gettext_noop

SAMPLE = 1 << 20
DELIMITERS = (",", ";", "\t", "|")
ROW_BYTES = 150  # codes, sorting and tables, per row
TEXT_COST = 1.5  # memory per byte of id text, while it is being numbered
FIXED = 250 << 20  # the program and its libraries


class Kind(StrEnum):
    """How rows are written."""

    CSV = "csv"
    NDJSON = "ndjson"
    PARQUET = "parquet"


SUFFIXES = {
    ".csv": Kind.CSV,
    ".tsv": Kind.CSV,
    ".txt": Kind.CSV,
    ".ndjson": Kind.NDJSON,
    ".jsonl": Kind.NDJSON,
    ".json": Kind.NDJSON,
    ".parquet": Kind.PARQUET,
    ".pq": Kind.PARQUET,
}


@dataclass(frozen=True)
class PostFile:
    """A file of posts: where, how it is written, and whether it is compressed ("", "gz", "zst")."""

    path: Path
    kind: Kind
    packed: str = ""

    @contextmanager
    def open(self) -> Iterator[IO[bytes]]:
        """Open the plain bytes, decompressing on the way."""
        if self.packed == "gz":
            with gzip.open(self.path, "rb") as stream:
                yield io.BufferedReader(stream)
        elif self.packed == "zst":
            import pyarrow

            with pyarrow.CompressedInputStream(pyarrow.OSFile(str(self.path)), "zstd") as stream:
                yield stream
        else:
            with self.path.open("rb") as stream:
                yield stream

    def sample(self) -> bytes:
        """Return the first MB of plain bytes."""
        try:
            with self.open() as stream:
                return stream.read(SAMPLE)
        except (OSError, EOFError) as error:
            raise InputError(
                gettext_noop("%(file)s: not readable as %(kind)s: %(reason)s"),
                file=str(self.path),
                kind=self.packed or str(self.kind),
                reason=str(error),
            ) from error


def recognise(path: Path) -> PostFile:
    """Tell the kind of `path` by its name.

    Raises: InputError when it is missing, empty or of a kind that is not read.
    """
    if not path.exists():
        raise InputError(gettext_noop("%(file)s: no such file"), file=str(path))
    if path.is_dir():
        raise InputError(gettext_noop("%(file)s: a folder, expected a file of posts"), file=str(path))
    if path.stat().st_size == 0:
        raise InputError(
            gettext_noop("%(file)s: the file is empty, expected a header and rows of posts"), file=str(path)
        )
    suffixes = [suffix.lower() for suffix in path.suffixes]
    packed = suffixes.pop()[1:] if suffixes and suffixes[-1] in {".gz", ".zst"} else ""
    kind = SUFFIXES.get(suffixes[-1]) if suffixes else None
    if kind is None or (packed and kind is Kind.PARQUET):
        raise InputError(
            gettext_noop(
                "%(file)s: unknown kind of file, expected .csv, .tsv, .ndjson, .jsonl (also .gz, .zst) or "
                ".parquet"
            ),
            file=str(path),
        )
    return PostFile(path, kind, packed)


def delimiter_of(header: str, wanted: list[str]) -> str:
    """Return the delimiter under which `header` has the wanted columns, else the one that cuts it most."""
    cut = {mark: [name.strip().strip('"') for name in header.split(mark)] for mark in DELIMITERS}
    return max(DELIMITERS, key=lambda mark: (sum(name in cut[mark] for name in wanted), len(cut[mark])))


@dataclass(frozen=True)
class Cost:
    """What a file will take: rows and bytes of memory, both estimates."""

    rows: int
    memory: int


def cost_of(file: PostFile) -> Cost:
    """Estimate the rows of `file` and the memory to analyse it, from its first MB."""
    size = file.path.stat().st_size
    if file.kind is Kind.PARQUET:
        import polars as pl

        try:
            rows = pl.scan_parquet(file.path).select(pl.len()).collect().item()
        except pl.exceptions.PolarsError as error:
            raise InputError(
                gettext_noop("%(file)s: not a Parquet file: %(reason)s"),
                file=str(file.path),
                reason=str(error).splitlines()[0],
            ) from error
        return Cost(rows, FIXED + int(rows * ROW_BYTES + size * 2 * TEXT_COST))
    sample = file.sample()
    if file.packed:
        size = max(len(sample), size * _ratio(sample, file))
    lines = max(1, sample.count(b"\n"))
    rows = int(size / max(1, len(sample)) * lines)
    return Cost(rows, FIXED + int(rows * ROW_BYTES + size * TEXT_COST))


def refuse_over_budget(file: PostFile, budget: int) -> Cost:
    """Return the cost of `file`, or refuse before any memory is used.

    Raises: InputError when the estimate is over `budget` bytes
    """
    cost = cost_of(file)
    if cost.memory > budget:
        raise InputError(
            gettext_noop(
                "%(file)s: about %(rows)s rows need %(needed)s MB of memory, the budget is %(budget)s MB: "
                "raise --memory, keep a shorter period, or use --engine duckdb, which works from disk"
            ),
            file=str(file.path),
            rows=cost.rows,
            needed=cost.memory >> 20,
            budget=budget >> 20,
        )
    return cost


def budget_of(text: str) -> int:
    """Read 2GB, 500M or a number of bytes; half of the machine's memory when empty.

    Raises: InputError when it is no size
    """
    if not text:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2
    units = {"": 1, "K": 1 << 10, "M": 1 << 20, "G": 1 << 30}
    body = text.strip().upper().removesuffix("B")
    unit = body[-1:] if body[-1:] in units else ""
    try:
        return int(float(body.removesuffix(unit)) * units[unit])
    except ValueError:
        raise InputError(f"--memory {text}: expected a size such as 2GB or 500MB") from None


def _ratio(sample: bytes, file: PostFile) -> int:
    """Guess how much a compressed file grows, from its first MB; text rarely shrinks less than this says."""
    packed = len(gzip.compress(sample, 6)) if sample else 1
    return max(1, round(len(sample) / max(1, packed) * (1.3 if file.packed == "zst" else 1.1)))
