"""Measure a detection as a user lives it: a fresh process, its time and its memory."""

import os
import sys
import tempfile
import time
from pathlib import Path

import polars as pl

from tractage.adapters.posts.planting import write_timeline
from tractage.domain.errors import TractageError
from tractage.domain.radar.score import scored
from tractage.domain.radar.simulate import Attack, simulate


def measured(n_posts: int, window: float, seed: int) -> dict[str, float]:
    """Draw `n_posts` posts with planted groups, detect them, and return seconds, memory and scores.

    Returns: posts, seconds (wall), cpu_seconds, memory_mb (highest resident), strong, precision, recall, f1
    """
    with tempfile.TemporaryDirectory() as folder:
        timeline = simulate(n_posts, seed, Attack())
        path = Path(folder) / "posts.parquet"
        write_timeline(timeline, path)
        planted, rows = timeline.planted, timeline.posts.height
        del timeline
        out = Path(folder) / "out"
        seconds, cpu, memory = run(
            ["radar", "detect", str(path), "--window", f"{window:g}", "--out", str(out)]
        )
        strong = pl.read_parquet(out / "edges.parquet").filter("strong")
        score = scored(strong, planted["account_id"])
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


def run(arguments: list[str]) -> tuple[float, float, int]:
    """Run the command in a fresh process; return wall seconds, CPU seconds and highest resident bytes."""
    start = time.perf_counter()
    process = os.posix_spawn(
        sys.executable,
        [sys.executable, "-m", "tractage.cli.main", *arguments],
        os.environ,
        file_actions=[(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)],
    )
    _, status, usage = os.wait4(process, 0)
    if os.waitstatus_to_exitcode(status):
        raise TractageError(f"bench: the command failed with code {os.waitstatus_to_exitcode(status)}")
    return time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024
