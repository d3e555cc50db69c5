"""Render many rows in many formats: several processes, same bytes, a manifest, and a run that resumes."""

import hashlib
import multiprocessing
import os
import re
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path

from tractage.domain.errors import InputError
from tractage.domain.studio.compose import alternative
from tractage.domain.studio.formats import Format, find_format
from tractage.domain.studio.kits import Kit, load_kit
from tractage.domain.studio.manifest import (
    Entry,
    append_journal,
    digest,
    read_entries,
    still_good,
    write_file,
    write_manifest,
)
from tractage.domain.studio.picture import Pages, render_work, renderer
from tractage.domain.studio.template import KEY, Template

Row = Mapping[str, str]
_AHEAD = 4  # rows handed out per process before the first is back: what bounds memory
ROWS_PER_PROCESS = 300  # then fresh processes: the engine keeps some 8 KB of every text that it has set


@dataclass(frozen=True)
class Run:
    """What a run gave: its manifest, its works, how many were made now and how many were already there."""

    manifest: Path
    works: tuple[Entry, ...]
    made: int
    kept: int


@dataclass(frozen=True)
class _Job:
    key: str
    row: Row
    where: str
    formats: tuple[Format, ...]


def render_rows(
    template: Template,
    rows: Sequence[Row],
    formats: Sequence[str],
    out: Path,
    *,
    kit: Kit | None = None,
    jobs: int = 1,
    progress: Callable[[int], None] = lambda _: None,
) -> Run:
    """Render every row in every format into `out` and write `manifest.json` beside the works.

    Each row is a mapping of the template's fields to text, plus `id` (letters, digits, dashes), the name of
    its files: `{id}-{template}-{format}.{ext}`. Every row is read before the first is drawn. Works whose
    template, row, format, kit and engine are unchanged and whose bytes are intact are kept, so a run that
    was killed resumes, and a second run draws nothing. `progress` is called with the number of works just
    finished or kept. Raises InputError naming the row and field, ExportRefusedError when a platform's limit
    cannot be met.
    """
    kit = kit or load_kit()
    wanted = _formats(template, formats)
    keyed = _keys(template, rows, kit)
    out.mkdir(parents=True, exist_ok=True)
    for stale in out.glob(".*.part"):
        stale.unlink()
    known = read_entries(out)
    done: dict[str, Entry] = {name: entry for name, entry in known.items() if (out / name).is_file()}
    jobs_left, current, kept = _left(template, keyed, wanted, kit, out, known)
    progress(kept)
    for entries in _work(template, kit, out, jobs_left, jobs):
        append_journal(out, entries)
        for entry in entries:
            done[entry.file] = entry
        progress(len(entries))
    manifest = write_manifest(out, done, renderer().name)
    works = tuple(done[name] for name in current)
    return Run(manifest, works, made=len(works) - kept, kept=kept)


def _formats(template: Template, names: Sequence[str]) -> tuple[Format, ...]:
    found = tuple(find_format(name) for name in names)
    layouts = {find_format(name).layout for name in template.formats}
    for fmt in found:
        if fmt.name not in template.formats and (fmt.layout not in layouts or fmt.print):
            raise InputError(
                f"template {template.name} has no format {fmt.name!r}; "
                f"expected: {', '.join(template.formats)}"
            )
    return found


def _keys(template: Template, rows: Sequence[Row], kit: Kit) -> dict[str, tuple[Row, str]]:
    keyed: dict[str, tuple[Row, str]] = {}
    for number, row in enumerate(rows, start=1):
        where = f"row {number}"
        key = str(row.get(KEY) or f"{number:04d}")
        if not re.fullmatch(r"[\w-]{1,60}", key, re.ASCII):
            raise InputError(f"{where}: id {key!r}: expected letters, digits, dashes, at most 60")
        if key in keyed:
            raise InputError(f"{where}: id {key!r} is already that of {keyed[key][1]}")
        template.read(row, kit, where)
        keyed[key] = (row, where)
    return keyed


def _file(key: str, template: Template, fmt: Format) -> str:
    return f"{key}-{template.name}-{fmt.name}.{fmt.extension}"


def _source(template: Template, row: Row, fmt: Format, kit: Kit) -> str:
    read = template.read(row, kit)
    pictures = {
        name: hashlib.sha256(Path(read[name]).read_bytes()).hexdigest()
        for name, item in template.fields.items()
        if item.type == "picture" and read[name]
    }
    parts = {"template": template.digest, "row": read, "format": repr(fmt), "kit": repr(kit)}
    return digest({**parts, "engine": renderer().name, "pictures": pictures})


def _left(
    template: Template,
    keyed: Mapping[str, tuple[Row, str]],
    wanted: Sequence[Format],
    kit: Kit,
    out: Path,
    known: Mapping[str, Entry],
) -> tuple[list[_Job], list[str], int]:
    """Return what is left to draw, the files of this run, and how many are there already."""
    left, current, kept = [], [], 0
    for key, (row, where) in keyed.items():
        missing = []
        for fmt in wanted:
            name = _file(key, template, fmt)
            current.append(name)
            entry = known.get(name)
            if entry and entry.source == _source(template, row, fmt, kit) and still_good(out, entry):
                kept += 1
            else:
                missing.append(fmt)
        if missing:
            left.append(_Job(key, row, where, tuple(missing)))
    return left, current, kept


def _work(template: Template, kit: Kit, out: Path, left: Sequence[_Job], jobs: int) -> Iterator[list[Entry]]:
    if jobs <= 1 or len(left) < 2:
        for job in left:
            yield _draw(template, kit, out, job)
        return
    share = jobs * ROWS_PER_PROCESS
    for start in range(0, len(left), share):
        yield from _shared_out(template, kit, out, left[start : start + share], jobs)


def _shared_out(
    template: Template, kit: Kit, out: Path, left: Sequence[_Job], jobs: int
) -> Iterator[list[Entry]]:
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(jobs, context, _start_worker, (os.getpid(),))
    waiting: set[Future[list[Entry]]] = set()
    try:
        for job in left:
            waiting.add(pool.submit(_draw, template, kit, out, job))
            if len(waiting) >= jobs * _AHEAD:
                finished, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                for future in finished:
                    yield future.result()
        for future in waiting:
            yield future.result()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _start_worker(parent: int) -> None:
    """Leave when the parent is gone: a pool's workers would otherwise wait for ever after a SIGKILL."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(0.5)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _draw(template: Template, kit: Kit, out: Path, job: _Job) -> list[Entry]:
    entries, pages = [], Pages()
    alt = alternative(template, job.row, kit, job.where)
    for fmt in job.formats:
        work = render_work(template, job.row, fmt, kit, where=job.where, pages=pages)
        name = _file(job.key, template, fmt)
        write_file(out / name, work.data)
        entries.append(
            Entry(
                file=name,
                sha256=hashlib.sha256(work.data).hexdigest(),
                bytes=len(work.data),
                template=template.name,
                row=job.key,
                format=fmt.name,
                type=work.type,
                width=work.width,
                height=work.height,
                alt=alt,
                source=_source(template, job.row, fmt, kit),
            )
        )
    return entries
