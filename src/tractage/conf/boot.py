"""Start Django from a command: settings from the environment, checked before anything is written."""

import fcntl
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tractage.conf.copies.journal import keep_promise
from tractage.conf.environment import read_environment
from tractage.conf.prepare import BUILT, collect_static, prepare_files

MIGRATING = 0x7261637461
"""Number of the lock that PostgreSQL keeps while one process migrates."""


def start_django(data_dir: Path | None = None, **variables: str) -> None:
    """Set up Django for this process and those it starts; `variables` are `TRACTAGE_…` settings to impose.

    Raises InputError that names a wrong variable.
    """
    if data_dir is not None:
        os.environ["TRACTAGE_DATA_DIR"] = str(data_dir.expanduser().resolve())
    os.environ |= variables
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tractage.conf.settings")
    data = read_environment().data_dir
    data.mkdir(parents=True, exist_ok=True)
    if keep_promise(data):
        sys.stderr.write("tractage: a restore that had been interrupted was finished\n")
    # Before Django is set up: it keeps the messages that it finds first.
    prepare_files(data / BUILT)
    import django

    django.setup()


def bring_up_to_date() -> None:
    """Migrate the database and collect the static files; quick when nothing changed.

    The site, the worker and the bot often start in the same second: one of them does it, the others wait.
    """
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    with _alone(Path(settings.TRACTAGE.data_dir) / ".starting"):
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            call_command("migrate", interactive=False, verbosity=0)
        collect_static()


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Hold the lock of this machine, and that of the database where several machines share one."""
    from django.db import connection

    with path.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        if connection.vendor != "postgresql":
            yield
            return
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [MIGRATING])
            try:
                yield
            finally:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [MIGRATING])
