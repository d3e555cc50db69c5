"""The demo's worker lives beside the site and never outlives it."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest


def alive(pid: int) -> bool:
    """Whether a process runs; one that has ended and waits for its parent does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.mark.slow
def test_the_worker_ends_with_a_site_that_is_killed(tmp_path: Path) -> None:
    code = (
        "import subprocess, time\n"
        "from tractage.conf.boot import bring_up_to_date, start_django\n"
        "from tractage.conf.worker import worker_beside\n"
        "start_django()\nbring_up_to_date()\n"
        "kept, real = [], subprocess.Popen\n"
        "subprocess.Popen = lambda *a, **k: kept.append(real(*a, **k)) or kept[-1]\n"
        "with worker_beside():\n    print(kept[0].pid, flush=True)\n    time.sleep(120)\n"
    )
    environment = os.environ | {"TRACTAGE_DATA_DIR": str(tmp_path)}
    environment.pop("TRACTAGE_DATABASE_URL", None)
    site = subprocess.Popen(
        [sys.executable, "-c", code],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert site.stdout is not None
    worker = int(site.stdout.readline())
    assert alive(worker)
    site.send_signal(signal.SIGKILL)
    site.wait()
    site.stdout.close()
    deadline = time.monotonic() + 60
    while alive(worker) and time.monotonic() < deadline:
        os.sched_yield()
    assert not alive(worker)
