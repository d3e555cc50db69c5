"""A worker killed at random moments: every job ends once, no half file, no work lost."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


def kills(number: int, seed: int) -> str:
    """Run the benchmark on the engine of this run; it exits with 1 when anything is wrong."""
    kept = "TRACTAGE_DATABASE_URL"
    environment = {key: value for key, value in os.environ.items() if key == kept or "TRACTAGE_" not in key}
    command = [sys.executable, "benchmarks/worker_kills.py", "--kills", str(number), "--seed", str(seed)]
    done = subprocess.run(command, check=False, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.slow
def test_five_kills_lose_nothing() -> None:
    said = kills(5, seed=1)
    assert ": 5 kills in " in said
    assert "every job ended once" in said


@pytest.mark.long
def test_fifty_kills_lose_nothing() -> None:
    assert ": 50 kills in " in kills(50, seed=2027)
