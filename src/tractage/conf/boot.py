"""Start Django from a command: settings from the environment, checked before anything is written."""

import os
from pathlib import Path

from tractage.conf.environment import read_environment
from tractage.conf.prepare import BUILT, collect_static, prepare_files


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
    # Before Django is set up: it keeps the messages that it finds first.
    prepare_files(data / BUILT)
    import django

    django.setup()


def bring_up_to_date() -> None:
    """Migrate the database and collect the static files; quick when nothing changed."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", interactive=False, verbosity=0)
    collect_static()
