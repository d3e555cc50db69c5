"""The site, the worker and the bot start in the same second on an empty folder."""

import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.slow
def test_three_processes_that_start_at_once_migrate_once(tmp_path: Path) -> None:
    code = (
        "from tractage.conf.boot import bring_up_to_date, start_django\n"
        "start_django()\nbring_up_to_date()\n"
        "from tractage.hq.people.models import Member\nprint(Member.objects.count())"
    )
    environment = os.environ | {"TRACTAGE_DATA_DIR": str(tmp_path)}
    environment.pop("TRACTAGE_DATABASE_URL", None)
    started = [
        subprocess.Popen(
            [sys.executable, "-c", code],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(3)
    ]
    for process in started:
        said, wrong = process.communicate(timeout=120)
        assert (process.returncode, said.strip()) == (0, "0"), wrong
