"""Measure a detection as a user lives it: a fresh process, its time and its memory."""

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

import polars as pl

from tractage.domain.errors import TractageError
from tractage.domain.radar.score import scored

PARENT = """
import os, sys, time
start = time.perf_counter()
quiet = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
_, status, used = os.wait4(os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ, file_actions=quiet), 0)
seconds = time.perf_counter() - start
print(os.waitstatus_to_exitcode(status), seconds, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024)
"""
"""ru_maxrss of a child starts at the highest memory of the process that spawned it, so that one is tiny."""


class Run(NamedTuple):
    """Wall seconds, CPU seconds of the process and its children, highest resident bytes of any of them."""

    seconds: float
    cpu: float
    memory: int


def measured(n_posts: int, window: float, seed: int) -> dict[str, float]:
    """Draw `n_posts` posts with planted groups, detect them, and return seconds, memory and scores.

    Returns: posts, seconds (wall), cpu_seconds, memory_mb (highest resident), strong, precision, recall, f1
    """
    with tempfile.TemporaryDirectory() as folder:
        path, out = Path(folder) / "posts.parquet", Path(folder) / "out"
        run(["radar", "simulate", "--out", str(path), "--posts", str(n_posts), "--seed", str(seed)])
        seconds, cpu, memory = run(
            ["radar", "detect", str(path), "--window", f"{window:g}", "--out", str(out)]
        )
        strong = pl.read_parquet(out / "edges.parquet").filter("strong")
        planted = pl.read_csv(path.with_name("posts_planted.csv"))["account_id"]
        rows = int(pl.scan_parquet(path).select(pl.len()).collect().item())
        score = scored(strong, planted)
    return {
        "posts": rows,
        "seconds": round(seconds, 2),
        "cpu_seconds": round(cpu, 2),
        "memory_mb": memory >> 20,
        "strong": strong.height,
        "precision": round(score.precision, 4),
        "recall": round(score.recall, 4),
        "f1": round(score.f1, 4),
    }


def run(arguments: list[str]) -> Run:
    """Run the command in a fresh process."""
    return launched([sys.executable, "-m", "tractage.cli.main", *arguments])


def launched(command: list[str]) -> Run:
    """Run any program as a shell would, from a parent of a few MB: a large one would be counted in its child.

    Raises: TractageError when the program fails
    """
    parent = [sys.executable, "-I", "-S", "-c", PARENT, *command]
    said = subprocess.run(parent, stdout=subprocess.PIPE, text=True, check=True).stdout
    code, seconds, cpu, resident = (float(word) for word in said.split())
    if code:
        raise TractageError(f"bench: {' '.join(command[:6])} failed with code {code:g}")
    return Run(seconds, cpu, int(resident))
