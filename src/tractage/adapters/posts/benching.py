"""Measure a detection as a user lives it: a fresh process, its time and its memory."""

import os
import sys
import tempfile
import time
from pathlib import Path

import polars as pl

from tractage.domain.errors import TractageError
from tractage.domain.radar.score import scored


def measured(n_posts: int, window: float, seed: int) -> dict[str, float]:
    """Draw `n_posts` posts with planted groups, detect them, and return seconds, memory and scores.

    Returns: posts, seconds (wall), cpu_seconds, memory_mb (highest resident), strong, precision, recall, f1
    """
    with tempfile.TemporaryDirectory() as folder:
        path, out = Path(folder) / "posts.parquet", Path(folder) / "out"
        # drawn in a process of its own: a spawned one starts with the highest memory of its parent
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
