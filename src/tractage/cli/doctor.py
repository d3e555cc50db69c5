"""`tractage doctor`: what is wrong with this instance, in words."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import typer

from tractage.cli.output import Format, FormatOption, print_rows

if TYPE_CHECKING:
    from tractage.conf.doctor.findings import Finding

COLUMNS = ("subject", "level", "words", "remedy")


def doctor(fmt: FormatOption = Format.TABLE) -> None:
    """Examine settings, database, disk, worker, works, dates, copies; exit code 1 when something is wrong."""
    found = list(_examine())
    print_rows([one._asdict() for one in found], COLUMNS, fmt)
    wrong = sum(one.level == "wrong" for one in found)
    if fmt is Format.TABLE:
        typer.echo(f"{wrong} to be mended" if wrong else "nothing is wrong")
    if wrong:
        raise typer.Exit(1)


def _examine() -> "Iterator[Finding]":
    from tractage.conf.doctor.findings import examine, gather
    from tractage.conf.doctor.findings import wrong as to_mend
    from tractage.conf.environment import read_environment
    from tractage.domain.errors import InputError

    try:
        data = read_environment().data_dir
    except InputError as error:
        name, _sign, said = str(error).partition(": ")
        yield to_mend("settings", f"{name}: {said}", "docs/operator/settings.md lists what is allowed")
        return
    if not data.is_dir():
        yield to_mend(
            "data folder",
            f"{data} does not exist",
            "TRACTAGE_DATA_DIR names another, or start tractage serve",
        )
        return
    from tractage.conf.boot import start_django

    start_django()
    gather()
    yield from examine()
