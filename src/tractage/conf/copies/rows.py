"""The database as lines of JSON: one way that reads and fills both SQLite and PostgreSQL.

A header line a table, then one line a row. Tables are those of the migrations that the database has had, not
of the code that reads it: an older copy is filled in its own shape, then migrated.
"""

import base64
import gzip
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.color import no_style
from django.db import DatabaseError, connection, models, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ProjectState
from django.db.models import Field, JSONField, Value

from tractage.domain.errors import InputError, TractageError

BATCH = 1000
LEFT_OUT = frozenset({"sessions.session"})
"""People log in again after a restore: a copy must not let its reader in as somebody."""
Count = Callable[[int], None]


@contextmanager
def in_words() -> Iterator[None]:
    """Tell what the database answers, such as a full disk, in one line."""
    try:
        yield
    except DatabaseError as error:
        raise TractageError(f"the database: {str(error).strip().splitlines()[0]}") from error


@contextmanager
def snapshot() -> Iterator[None]:
    """One state of the database for all that is read inside, while others go on writing."""
    if connection.vendor == "sqlite":
        # A reader in the write-ahead log keeps nobody from writing; an immediate transaction would.
        connection.close()
        connection.settings_dict["OPTIONS"] = connection.settings_dict["OPTIONS"] | {
            "transaction_mode": "DEFERRED"
        }
    with transaction.atomic():
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            cursor.execute("SELECT count(*) FROM django_migrations")
        yield


def applied_migrations() -> tuple[str, ...]:
    """`app.name` of each migration that the database has had and the code knows, sorted."""
    loader = MigrationExecutor(connection).loader
    return tuple(
        sorted(
            f"{app}.{name}" for app, name in loader.applied_migrations if (app, name) in loader.graph.nodes
        )
    )


def tables(migrations: tuple[str, ...]) -> list[type[models.Model]]:
    """The models of the database after `migrations`, links between them included."""
    executor = MigrationExecutor(connection)
    wanted = {tuple(one.split(".", 1)) for one in migrations}
    state = ProjectState()
    for migration, _backwards in executor.migration_plan(
        executor.loader.graph.leaf_nodes(), clean_start=True
    ):
        if (migration.app_label, migration.name) in wanted:
            state = migration.mutate_state(state, preserve=False)
    found = state.apps.get_models(include_auto_created=True)
    return [model for model in found if model._meta.managed and not model._meta.proxy]


def count_rows(wanted: list[type[models.Model]]) -> int:
    """How many rows a dump of these tables will hold."""
    return sum(_rows(model).count() for model in wanted if model._meta.label_lower not in LEFT_OUT)


def dump(target: Path, wanted: list[type[models.Model]], count: Count) -> set[str]:
    """Write every row to `target`; return the names of the files that rows speak of. Inside `snapshot`."""
    named: set[str] = set()
    with gzip.open(target, "wt", compresslevel=6, encoding="utf-8") as out:
        for model in wanted:
            if model._meta.label_lower in LEFT_OUT:
                continue
            fields = model._meta.concrete_fields
            names = [field.attname for field in fields]
            out.write(json.dumps({"model": model._meta.label_lower, "fields": names}) + "\n")
            files = [place for place, field in enumerate(fields) if isinstance(field, models.FileField)]
            for row in _rows(model).order_by(model._meta.pk.attname).values_list(*names).iterator(BATCH):
                out.write(_line(row) + "\n")
                named.update(row[place] for place in files if row[place])
                count(1)
    return named


def fill(source: Path, migrations: tuple[str, ...], count: Count) -> None:
    """Fill an empty database, which has had exactly `migrations`, from a dump. Inside a transaction."""
    known = {model._meta.label_lower: model for model in tables(migrations)}
    for model in known.values():
        for field in model._meta.concrete_fields:
            # A row comes back with the hours that it had.
            for name in ("auto_now", "auto_now_add"):
                if getattr(field, name, False):
                    setattr(field, name, False)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:  # migrations of the same transaction may have made some immediate
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    with connection.constraint_checks_disabled():
        for model in known.values():  # what the migrations put there themselves
            _rows(model)._raw_delete(using=connection.alias)
        for model, fields, rows in _sections(source, known):
            while batch := list(islice(rows, BATCH)):
                made = [_made(model, fields, row) for row in batch]
                _rows(model).bulk_create(made)
                count(len(made))
    connection.check_constraints()
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(known.values())):
            cursor.execute(statement)


def _rows(model: type[models.Model]) -> "models.QuerySet[Any]":
    # The base manager: one that hides or forbids something has no say in a copy.
    return model._base_manager.get_queryset()


def _line(row: tuple[Any, ...]) -> str:
    return json.dumps(row, ensure_ascii=False, default=_plain, separators=(",", ":"))


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode("ascii")
    if isinstance(value, UUID | Decimal | timedelta):
        return str(value)
    raise TractageError(f"the database holds a {type(value).__name__}, which a copy cannot keep")


def _made(model: type[models.Model], fields: list["Field[Any, Any]"], row: list[Any]) -> models.Model:
    return model(**{field.attname: _value(field, value) for field, value in zip(fields, row, strict=True)})


def _value(field: "Field[Any, Any]", value: Any) -> Any:
    if isinstance(field, JSONField):
        return Value(None, JSONField()) if value is None and not field.null else value
    target = field.target_field if isinstance(field, models.ForeignKey) else field
    return target.to_python(value) if isinstance(value, str) else value


Section = tuple[type[models.Model], list["Field[Any, Any]"], Iterator[list[Any]]]


def _sections(source: Path, known: dict[str, type[models.Model]]) -> Iterator[Section]:
    with gzip.open(source, "rt", encoding="utf-8") as stream:
        following: dict[str, Any] | None = json.loads(next(stream, "null"))

        def rows() -> Iterator[list[Any]]:
            nonlocal following
            following = None
            for text in stream:
                row = json.loads(text)
                if isinstance(row, dict):
                    following = row
                    return
                yield row

        while following is not None:
            model = known.get(following["model"])
            if model is None:
                raise InputError(f"the copy holds {following['model']}, which its own migrations do not make")
            fields = [model._meta.get_field(name) for name in following["fields"]]
            yield model, fields, rows()  # type: ignore[misc]
