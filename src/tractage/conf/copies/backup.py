"""Make a copy of the instance while it runs."""

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db import connection

from tractage import __version__
from tractage.conf.copies.archive import DATABASE, FILES, Advance, Header, new_archive
from tractage.conf.copies.names import LAST_COPY, MADE_AGAIN, SECRETS
from tractage.conf.copies.rows import applied_migrations, count_rows, dump, snapshot, tables
from tractage.domain.errors import InputError, TractageError


@dataclass(frozen=True)
class Copy:
    """What a copy holds: rows, files and bytes; `missing`: files that rows name and the disk lacks."""

    rows: int
    files: int
    bytes: int
    missing: tuple[str, ...]


def check_target(target: Path, *, force: bool) -> None:
    """Raise InputError when the copy cannot be written there."""
    data = Path(settings.TRACTAGE.data_dir)
    if target.is_dir() or not target.parent.is_dir():
        raise InputError(f"{target}: expected the name of a file in a folder that exists")
    if target.resolve().is_relative_to(data):
        raise InputError(f"{target}: inside the data folder, which it copies: choose another place")
    if target.exists() and not force:
        raise InputError(f"{target}: exists already: choose another name, or --force")
    if not connection.introspection.table_names():
        raise InputError(f"{data}: holds no database yet: nothing to copy")


def weigh(*, secrets: bool) -> int:
    """About how many bytes a copy will read, the database's rows counted as 200 bytes each."""
    with snapshot():
        rows = count_rows(tables(applied_migrations()))
    return sum(file.stat().st_size for file in kept_files(secrets=secrets)) + 200 * rows


def make_backup(target: Path, *, secrets: bool, advance: Advance) -> Copy:
    """Copy the database as of one moment, then the files that it speaks of: those never change once written.

    Raises InputError when the disk is too small, TractageError when the database holds what cannot be kept.
    """
    need = weigh(secrets=secrets)
    if (free := shutil.disk_usage(target.parent).free) < need:
        raise TractageError(f"{target.parent}: {free:,} bytes free, about {need:,} are needed")
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".copy-") as scratch:
        packed = Path(scratch) / DATABASE
        with snapshot():
            migrations = applied_migrations()
            wanted = tables(migrations)
            rows = count_rows(wanted)
            named = dump(packed, wanted, lambda number: advance(200 * number))
        media = Path(settings.MEDIA_ROOT)
        missing = tuple(sorted(name for name in named if not (media / name).is_file()))
        made = datetime.now(UTC).isoformat(timespec="seconds")
        header = Header(made, __version__, connection.vendor, secrets, migrations, rows, missing=missing)
        files = 0
        with new_archive(target, header, advance) as writer:
            writer.add_file(DATABASE, packed)
            data = Path(settings.TRACTAGE.data_dir)
            for file in kept_files(secrets=secrets):
                files += writer.add_file(FILES + file.relative_to(data).as_posix(), file)
    (data / LAST_COPY).write_text(made)
    return Copy(rows, files, target.stat().st_size, missing)


def kept_files(*, secrets: bool) -> Iterator[Path]:
    """Every file of the data folder save the database, what can be made again, and what is being written."""
    data = Path(settings.TRACTAGE.data_dir)
    left_out = MADE_AGAIN | (frozenset() if secrets else frozenset(SECRETS))
    database = Path(str(settings.DATABASES["default"]["NAME"]))
    for top in sorted(data.iterdir()):
        if top.name in left_out or top.name.startswith((".", database.name)):
            continue
        for file in [top] if top.is_file() else sorted(top.rglob("*")):
            if file.is_file() and not file.is_symlink() and not file.name.startswith("."):
                yield file
