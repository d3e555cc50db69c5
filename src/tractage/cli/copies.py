"""`tractage backup | restore`: a whole copy of the instance, and back."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from tractage.cli.progress import progress

MIB = 2**20


def backup(
    file: Annotated[
        Path,
        typer.Argument(help="The copy to write: a .tar, or a .tar.gz that takes longer.", dir_okay=False),
    ],
    without_secrets: Annotated[
        bool, typer.Option("--without-secrets", help="Leave out secret.key and keys/: keep them elsewhere.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is there.")] = False,
) -> None:
    """Copy database, works and keys into one file while the site runs; it is whole or it is not there."""
    from tractage.conf.boot import start_django

    start_django()
    from tractage.conf.copies.backup import check_target, make_backup, weigh
    from tractage.conf.copies.rows import in_words

    secrets = not without_secrets
    with in_words():
        check_target(file, force=force)
        weight = weigh(secrets=secrets) // MIB + 1
    with in_words(), progress("Copying, MiB", weight) as advance:
        made = make_backup(file, secrets=secrets, advance=_in_mib(advance))
    _say(f"{file}: {made.rows:,} rows, {made.files:,} files, {made.bytes:,} bytes")
    if made.missing:
        _say(f"{len(made.missing)} files that rows speak of are not on the disk, first {made.missing[0]}")
    if secrets:
        _say(
            "it holds the keys of the instance: keep it as you keep them (--without-secrets leaves them out)"
        )


def restore(
    file: Annotated[Path, typer.Argument(help="A copy made by tractage backup.", dir_okay=False)],
    force: Annotated[bool, typer.Option("--force", help="Replace the instance that is there.")] = False,
) -> None:
    """Put a copy back, on SQLite or PostgreSQL whichever it came from; the site must be stopped."""
    from tractage.conf.boot import start_django
    from tractage.conf.copies.archive import check_archive, read_header
    from tractage.conf.copies.restore import check_place, fill_and_move, place_for, prepare_files, stop_short
    from tractage.conf.environment import read_environment

    place = place_for(read_environment())
    header = read_header(file)
    check_place(place, force=force)
    weight = file.stat().st_size // MIB + 1
    with progress("Checking, MiB", weight) as advance:
        contents = check_archive(file, _in_mib(advance))
    try:
        rows = 200 * header.rows // MIB + 1
        with progress("Restoring, MiB", weight + rows) as advance:
            packed = prepare_files(file, contents, place, _in_mib(advance))
            start_django(place.fresh, **place.variables)
            fill_and_move(header, packed, place, _in_mib(advance), force=force)
    except BaseException:
        stop_short(place)
        raise
    _say(
        f"{place.data}: restored as of {header.made}, {header.rows:,} rows, {len(contents.sizes) - 1:,} files"
    )
    if not header.secrets:
        _say("the copy held no keys: put secret.key and keys/ back by hand, or new ones are made")


def _in_mib(advance: Callable[[int], None]) -> Callable[[int], None]:
    """Tell a bar that counts MiB about bytes."""
    waiting = 0

    def count(size: int) -> None:
        nonlocal waiting
        whole, waiting = divmod(waiting + size, MIB)
        if whole:
            advance(whole)

    return count


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
