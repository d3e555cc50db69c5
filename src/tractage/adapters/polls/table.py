"""Writes polls in the long format: one line per candidate of a poll."""

import csv
import io
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from tractage.domain.elections.polls import Poll

COLUMNS = (
    "poll",
    "institute",
    "sponsor",
    "start",
    "end",
    "sample",
    "counted",
    "population",
    "rolling",
    "round",
    "line_up",
    "candidate",
    "share",
    "low",
    "high",
)


def long_format(polls: Iterable[Poll]) -> str:
    """Return the long table as CSV text; an unknown number is an empty cell."""
    lines = io.StringIO()
    writer = csv.writer(lines, lineterminator="\n")
    writer.writerow(COLUMNS)
    for poll in polls:
        common = (
            poll.id,
            poll.institute,
            poll.sponsor,
            poll.start.isoformat(),
            poll.end.isoformat(),
            poll.sample,
            _number(poll.counted),
            poll.population,
            "true" if poll.rolling else "false",
            poll.round,
            poll.line_up.id,
        )
        for share in poll.shares:
            bounds = (_number(share.percent), _number(share.low), _number(share.high))
            writer.writerow((*common, share.candidate, *bounds))
    return lines.getvalue()


def write_whole(path: Path, content: str) -> None:
    """Write a file at once: its old content stays until the new one is complete."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(content)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.6g}"
