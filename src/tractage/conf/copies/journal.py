"""Put a prepared copy in its place: written down first, so that a kill in the middle is finished later.

The stage is a folder inside the data folder. Without its `ready` file nothing has happened yet and it is
swept away; with it, every move that is listed there is made, at once or at the next start of any command.
"""

import json
import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tractage.conf.copies.archive import sync_folder
from tractage.conf.copies.names import STAGE
from tractage.domain.errors import TractageError

READY, ASIDE = "ready", ".aside-"


@dataclass(frozen=True)
class Move:
    """What was prepared and where it goes, over what stands there; without a source, that only goes away."""

    source: Path | None
    target: Path


def check_moves(data: Path, moves: list[Move]) -> None:
    """Raise TractageError when something would have to leave its disk: that cannot be done in one step."""
    for move in moves:
        place = move.target if move.target.exists() else move.target.parent
        if move.source and place.stat().st_dev != move.source.parent.stat().st_dev:
            raise TractageError(
                f"{move.target}: on another disk than {data}: unmount it, restore, move it there by hand"
            )


def promise(data: Path, moves: list[Move], token: str, database: str) -> None:
    """Write down what will be moved; nothing is, unless the database (a PostgreSQL address) bears `token`."""
    plan = {
        "token": token,
        "database": database,
        "moves": [[str(move.source or ""), str(move.target)] for move in moves],
    }
    stage = data / STAGE
    fresh = stage / f".{READY}"
    with fresh.open("w") as stream:
        json.dump(plan, stream)
        stream.flush()
        os.fsync(stream.fileno())
    fresh.chmod(0o600)
    fresh.replace(stage / READY)
    sync_folder(stage)


def promised(data: Path) -> dict[str, Any] | None:
    """The moves that a restore has written down and may not have made."""
    try:
        plan: dict[str, Any] = json.loads((data / STAGE / READY).read_text())
    except FileNotFoundError:
        return None
    return plan


def keep_promise(data: Path) -> bool:
    """Make the moves left, or forget them if the database never took the copy; False when none is."""
    plan = promised(data)
    if plan is None:
        return False
    if not plan["database"] or _bears(plan["database"], plan["token"]):
        asides = []
        for number, (source, target) in enumerate(plan["moves"]):
            place = Path(target)
            aside = place.with_name(f"{ASIDE}{number}")
            asides.append(aside)
            if source and not Path(source).exists():
                continue  # moved before the kill
            if place.exists():
                _remove(aside)
                place.rename(aside)
            if source:
                Path(source).rename(place)
            sync_folder(place.parent)
        for aside in asides:
            _remove(aside)
    (data / STAGE / READY).unlink()
    shutil.rmtree(data / STAGE)
    return True


def sweep(data: Path) -> None:
    """Forget a restore that ended before anything was written down."""
    if promised(data) is None:
        shutil.rmtree(data / STAGE, ignore_errors=True)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _bears(address: str, token: str) -> bool:
    import psycopg

    try:
        with psycopg.connect(address) as connection:
            found = connection.execute(
                "SELECT 1 FROM campaigns_auditline WHERE verb = 'instance.restore' AND subject_id = %s",
                [token],
            )
            return found.fetchone() is not None
    except psycopg.errors.UndefinedTable:
        return False
    except psycopg.OperationalError as error:
        raise TractageError(
            f"a restore is to be finished, but the database does not answer: {str(error).splitlines()[0]}"
        ) from None
