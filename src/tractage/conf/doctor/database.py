"""Whether the database answers, is of a known version, and has the shape that the code wants."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from tractage.conf.doctor.findings import Finding, fine, question, wrong

OLDEST_POSTGRESQL = 140000
OLDEST_SQLITE = (3, 35)


@question("database")
def database_answers() -> Iterator[Finding]:
    """Reachable, recent enough, sound, up to date."""
    file = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite" and not Path(file).exists():
        yield wrong(
            "database", f"{file} does not exist yet", "tractage restore a copy, or start tractage serve"
        )
        return
    try:
        connection.ensure_connection()
    except (DatabaseError, ImportError) as error:
        said = str(error).strip().splitlines()[0]
        yield wrong("database", f"does not answer: {said}", "check TRACTAGE_DATABASE_URL and that it runs")
        return
    yield from _version()
    executor = MigrationExecutor(connection)
    lacking = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if lacking:
        first = lacking[0][0]
        yield wrong(
            "database",
            f"{len(lacking)} migrations are to be made, first {first.app_label}.{first.name}",
            "make a copy (tractage backup), then start tractage serve: it migrates",
        )
    unknown = {key for key in executor.loader.applied_migrations if key not in executor.loader.graph.nodes}
    ours = sorted(f"{app}.{name}" for app, name in unknown if app in executor.loader.migrated_apps)
    if ours:
        yield wrong("database", f"made by a later version ({ours[0]})", "install that version again")


def _version() -> Iterator[Finding]:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SHOW server_version")
            said = f"PostgreSQL {cursor.fetchone()[0].split()[0]}"
            number = connection.connection.info.server_version
            if number < OLDEST_POSTGRESQL:
                yield wrong("database", f"{said} is too old", "PostgreSQL 14 or later")
            else:
                yield fine("database", f"{said} answers")
            return
        cursor.execute("PRAGMA quick_check(1)")
        found = cursor.fetchone()[0]
    if found != "ok":
        yield wrong(
            "database", f"the file is damaged: {found}", "stop the site; tractage restore the last copy"
        )
    elif sqlite3.sqlite_version_info < OLDEST_SQLITE:
        yield wrong("database", f"SQLite {sqlite3.sqlite_version} is too old", "SQLite 3.35 or later")
    else:
        yield fine("database", f"SQLite {sqlite3.sqlite_version} answers, the file is sound")
