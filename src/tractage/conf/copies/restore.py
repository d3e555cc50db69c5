"""Put a copy back: checked first, prepared aside, then in its place in one step."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex

from tractage.conf.copies.archive import DATABASE, Advance, Contents, Header, unpack
from tractage.conf.copies.journal import Move, check_moves, keep_promise, promise, promised, sweep
from tractage.conf.copies.names import MADE_AGAIN, SECRETS, STAGE
from tractage.conf.environment import Environment
from tractage.conf.prepare import BUILT
from tractage.domain.errors import InputError, TractageError

NO_LOSS = MADE_AGAIN | {"secret.key"}
"""What a data folder may hold and still count as empty."""


@dataclass(frozen=True)
class Place:
    """Where a copy goes: data folder; on SQLite the database's file and its stand-in, else the address."""

    data: Path
    file: Path | None
    stand_in: Path | None
    address: str

    @property
    def fresh(self) -> Path:
        """The data folder being prepared."""
        return self.data / STAGE / "new"

    @property
    def variables(self) -> dict[str, str]:
        """The settings under which the copy is prepared."""
        return {"TRACTAGE_DATABASE_URL": f"sqlite:///{self.stand_in}" if self.stand_in else self.address}


def place_for(environment: Environment) -> Place:
    """Where these settings say that the instance is."""
    data, url = environment.data_dir, environment.database_url
    if url is None:
        name = "tractage.sqlite3"
        return Place(data, data / name, data / STAGE / "new" / name, "")
    if url.startswith("sqlite:"):
        from tractage.conf.database import database_settings

        file = Path(database_settings(url, data)["NAME"]).resolve()
        return Place(data, file, file.with_name(f".{file.name}.restore"), "")
    return Place(data, None, None, url)


def check_place(place: Place, *, force: bool) -> None:
    """Raise InputError when something stands there, unless `force`; finish or forget an earlier restore."""
    if place.data.exists():
        keep_promise(place.data)
        sweep(place.data)
    if force:
        return
    standing = place.data.iterdir() if place.data.exists() else ()
    names = {one.name for one in standing if not one.name.startswith(".")}
    if (place.file and place.file.exists()) or names - NO_LOSS:
        found = place.file if place.file and place.file.exists() else place.data / min(names - NO_LOSS)
        raise InputError(f"{found}: exists already: restore into an empty folder, or replace it with --force")


def prepare_files(archive: Path, contents: Contents, place: Place, advance: Advance) -> Path:
    """Unpack into the stage; return the packed database. Raises TractageError when the disk is too small."""
    need = sum(contents.sizes.values()) + 400 * contents.header.rows
    place.data.mkdir(parents=True, exist_ok=True)
    if (free := shutil.disk_usage(place.data).free) < need:
        raise TractageError(f"{place.data}: {free:,} bytes free, about {need:,} are needed")
    place.fresh.mkdir(parents=True)
    packed = place.data / STAGE / DATABASE
    unpack(archive, place.fresh, packed, advance)
    return packed


def fill_and_move(header: Header, packed: Path, place: Place, advance: Advance, *, force: bool) -> None:
    """Fill the database in its old shape, migrate it, then put everything in its place. Django is set up."""
    from django.core.management import call_command
    from django.db import connection

    from tractage.conf.copies.rows import in_words

    token = token_hex(16)
    moves = _moves(place, secrets=header.secrets)
    check_moves(place.data, moves)
    with in_words(), _transaction(force=force):
        _fill(header, packed, advance)
        call_command("migrate", interactive=False, verbosity=0)
        _sign(header, token)
        if place.file is None:
            promise(place.data, moves, token, place.address)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    if place.file is not None:
        promise(place.data, _moves(place, secrets=header.secrets), token, "")
    keep_promise(place.data)


def stop_short(place: Place) -> None:
    """Leave nothing of a restore that failed; one that is written down will be finished."""
    if place.data.exists() and promised(place.data) is None:
        sweep(place.data)
        if place.stand_in:
            for end in ("", "-wal", "-shm"):
                place.stand_in.with_name(place.stand_in.name + end).unlink(missing_ok=True)


def _fill(header: Header, packed: Path, advance: Advance) -> None:
    from django.db import connection, transaction
    from django.db.migrations.executor import MigrationExecutor

    from tractage.conf.copies.rows import fill

    executor = MigrationExecutor(connection)
    wanted = [(app, name) for app, _sign, name in (one.partition(".") for one in header.migrations)]
    if unknown := [one for one in wanted if one not in executor.loader.graph.nodes]:
        raise InputError(
            f"the copy was made by Tractage {header.version} and needs its migration "
            f"{'.'.join(unknown[0])}: install that version or a later one"
        )
    every = executor.migration_plan(executor.loader.graph.leaf_nodes(), clean_start=True)
    plan = [step for step in every if (step[0].app_label, step[0].name) in set(wanted)]
    executor.migrate(wanted, plan=plan)
    with transaction.atomic():
        fill(packed, header.migrations, lambda number: advance(200 * number))


@contextmanager
def _transaction(*, force: bool) -> Iterator[None]:
    """On PostgreSQL all is one transaction, what stood there included; SQLite fills a file of its own."""
    from django.db import connection, transaction

    if connection.vendor != "postgresql":
        yield
        return
    with transaction.atomic():
        standing = connection.introspection.table_names()
        if standing and not force:
            raise InputError("the database holds tables already: empty it, or replace them with --force")
        with connection.cursor() as cursor:
            for name in standing:
                cursor.execute(f"DROP TABLE {connection.ops.quote_name(name)} CASCADE")
        yield


def _sign(header: Header, token: str) -> None:
    from tractage.hq.campaigns.models import AuditLine

    AuditLine.objects.create(
        verb="instance.restore",
        subject="instance",
        subject_id=token,
        details={"made": header.made, "version": header.version, "secrets": header.secrets},
    )


def _moves(place: Place, *, secrets: bool) -> list[Move]:
    """What the copy holds takes the place of what is there; keys that it does not hold stay as they are."""
    prepared = {one.name for one in place.fresh.iterdir()} - {BUILT}
    if not secrets:
        prepared -= {name for name in SECRETS if (place.data / name).exists()}
    moves = []
    if place.file and place.stand_in:
        sides = [f"{place.file.name}{end}" for end in ("-wal", "-shm")]
        if place.stand_in.parent == place.fresh:
            prepared -= {place.file.name, *sides}
        moves = [Move(None, place.file.with_name(one)) for one in sides]
        moves.append(Move(place.stand_in, place.file))
    return moves + [Move(place.fresh / one, place.data / one) for one in sorted(prepared)]
