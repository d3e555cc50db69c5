"""One detection from a file to a folder, as the command and the desk both ask for it."""

import contextlib
import ctypes
import importlib
import os
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from tractage.adapters.posts.files import budget_of
from tractage.domain.errors import InputError
from tractage.domain.radar.settings import Settings
from tractage.domain.worded import Worded

if TYPE_CHECKING:
    from tractage.adapters.posts.source import Source
    from tractage.domain.radar.analysis import Analysis

M_ARENA_MAX = -8
"""Number of that setting in glibc."""
HEAP = "_RJEM_MALLOC_CONF"
TABLES_OWN = "dirty_decay_ms:500,muzzy_decay_ms:1000"
"""What polars writes there when nobody else did."""
Say = Callable[[str], None]
Begin = Callable[[int], Callable[[int], None]]
"""Given the rows to go through, returns what is told the rows of each step."""


@dataclass(frozen=True)
class Job:
    """What to read, how to look at it, and how the report names itself.

    layers: object columns, or layers of an export (all of them when empty); platform: of an export, else ""
    account, content, time: columns of a table; reach: the column of followers, or ""
    budget: bytes of memory; shuffles: copies with times dealt out again
    show: own names of accounts of `least_reach` followers or more; key: of the pseudonyms, else from the data
    audit: the page looks at one's own community
    """

    posts: Path
    layers: tuple[str, ...] = ()
    account: str = "account_id"
    content: str = "content_id"
    time: str = "timestamp_share"
    platform: str = ""
    delimiter: str = ""
    skip_bad: bool = False
    unique: bool = False
    reach: str = ""
    budget: int = 0
    shuffles: int = 1
    title: str = ""
    show: bool = False
    least_reach: int = 10_000
    key: str = ""
    audit: bool = False


@dataclass(frozen=True)
class Done:
    """The analysis that was written, and what was left out on the way."""

    analysis: "Analysis"
    notes: tuple[Worded, ...]


def run_job(job: Job, settings: Settings, out: Path, begin: Begin, tell: Say) -> Done:
    """Detect, and write the folder `out` whole or not at all.

    tell: given one line about what lies ahead
    Raises: InputError for a file, a column or a folder that cannot be used
    """
    _spare_memory()
    threading.Thread(target=_wake, args=("igraph",), daemon=True).start()
    from tractage.adapters.posts.lettering import font_faces
    from tractage.adapters.posts.results import folder, write_analysis
    from tractage.domain.radar.analysis import analyse
    from tractage.domain.radar.report.page import Choices, page

    found = _source(job)
    choices = Choices(
        show=job.show, reach=job.least_reach, secret=job.key, fonts=font_faces(), audit=job.audit
    )
    if job.title:
        choices = replace(choices, title=job.title)
    budget = job.budget or budget_of("")
    with folder(out) as work:
        advance = begin(found.cost.rows * max(1, len(found.names)))
        room = max(budget // 16, 64 << 20)
        analysis = analyse(
            found.read, found.names, settings, found.profiles, job.shuffles, room, advance, tell
        )
        write_analysis(analysis, work, lambda whole: page(whole, choices))
    return Done(analysis, tuple(found.notes))


def run_edges(job: Job, settings: Settings, out: Path, begin: Begin, tell: Say) -> dict[str, int]:
    """Write `out`/edges.parquet and nothing else; returns counts of rows, accounts, edges, strong.

    Raises: InputError for a file, a column or a folder that cannot be used, or several layers
    """
    _spare_memory()
    threading.Thread(target=_wake, daemon=True).start()
    from tractage.adapters.posts.results import folder, write_edges
    from tractage.domain.radar.layer import edges_alone
    from tractage.domain.radar.posts import encode

    if len(job.layers) != 1:
        raise InputError("--edges-only: one object column at a time")
    found = _source(job)
    room = max((job.budget or budget_of("")) // 16, 64 << 20)
    with folder(out) as work:
        advance = begin(found.cost.rows)
        posts = encode(found.read(job.layers[0]), settings)
        edges, detection = edges_alone(posts, settings, room, advance, tell)
        write_edges(edges, None if detection.complete else detection, work / "edges.parquet")
    return {
        "rows": int(posts.account_of.size),
        "accounts": posts.names.len(),
        "edges": detection.n_edges,
        "strong": int(edges["strong"].sum()),
    }


def _source(job: Job) -> "Source":
    from tractage.adapters.posts.reading import Columns
    from tractage.adapters.posts.source import export_source, table_source

    budget = job.budget or budget_of("")
    if job.platform:
        return export_source(job.posts, job.platform, job.layers, budget, job.skip_bad)
    columns = Columns(job.account, job.content, job.time)
    return table_source(
        job.posts,
        job.layers,
        columns,
        budget,
        job.delimiter or None,
        job.skip_bad,
        job.reach or None,
        job.unique,
    )


def _spare_memory() -> None:
    """Before the table library is there: what is freed goes back soon, and threads share one heap.

    Any process that has that library hands its own settings down to those it starts; they are no choice.
    """
    if os.environ.get(HEAP, TABLES_OWN) == TABLES_OWN:
        os.environ[HEAP] = "dirty_decay_ms:100,muzzy_decay_ms:100"
    with contextlib.suppress(OSError, AttributeError):  # where the C library is not glibc
        ctypes.CDLL(None).mallopt(M_ARENA_MAX, 1)


def _wake(*libraries: str) -> None:
    """Load what will be needed while the file is read."""
    from tractage.domain.radar.machine import natives

    natives()
    for library in libraries:
        importlib.import_module(library)
