"""Time, bytes and memory of the studio: `python benchmarks/studio.py [--seats N] [--jobs N]`.

Renders the rows of every seat in six formats, twice, and in A4 for print; prints CPU seconds per work, wall
time, whether the bytes are the same, and how memory grows with the number of rows.
"""

import argparse
import resource
import shutil
import sys
import tempfile
import time
from pathlib import Path

from tractage.domain.elections import blocs, results
from tractage.domain.studio.batch import Run, render_rows
from tractage.domain.studio.rows import kit_rows
from tractage.domain.studio.template import load_template

ELECTION = "legislatives-2024"
SIX = ["portrait", "carre", "story", "large", "bluesky", "tiktok-photo"]


def _cpu() -> float:
    usages = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def _timed(
    name: str, rows: list[dict[str, str]], formats: list[str], out: Path, jobs: int
) -> tuple[Run, float]:
    wall, cpu = time.perf_counter(), _cpu()
    run = render_rows(load_template(name), rows, formats, out, jobs=jobs)
    wall, cpu = time.perf_counter() - wall, _cpu() - cpu
    size = sum(work.bytes for work in run.works) / len(run.works) / 1024
    print(
        f"{name:18} {len(rows)} rows × {len(formats)} = {len(run.works)} works: {wall:6.1f} s wall, "
        f"{cpu:6.1f} CPU s, {cpu / len(run.works):.4f} CPU s a work, {size:.0f} KB a work",
        flush=True,
    )
    return run


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seats", type=int, default=577)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--templates", default="carte", help="names separated by commas")
    options = parser.parse_args()
    rows = kit_rows(results.load_results(ELECTION), blocs.pack(ELECTION), "gauche")
    folder = Path(tempfile.mkdtemp(prefix="studio-"))
    try:
        for name in options.templates.split(","):
            some = rows[name][: options.seats]
            one = _timed(name, some, SIX, folder / "one", options.jobs)
            other = _timed(name, some, SIX, folder / "other", options.jobs)
            same = [work.sha256 for work in one.works] == [work.sha256 for work in other.works]
            print(f"{name:18} byte-identical on rerun: {same}", flush=True)
            shutil.rmtree(folder / "one")
            shutil.rmtree(folder / "other")
        figures = rows["affiche-chiffre"][: options.seats]
        _timed("affiche-chiffre", figures, ["a4"], folder / "print", options.jobs)
        _memory(rows["carte"][: options.seats], folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _memory(rows: list[dict[str, str]], folder: Path) -> None:
    """Print the resident memory of one process after 50, 200 and all rows."""
    render_rows(load_template("carte"), rows[:20], ["portrait"], folder / "m0")
    for count in (50, 200, len(rows)):
        render_rows(load_template("carte"), rows[:count], ["portrait"], folder / f"m{count}")
        pages = int(Path("/proc/self/statm").read_text().split()[1]) if sys.platform == "linux" else 0
        print(f"memory after {count} rows in one process: {pages * 4096 / 1e6:.0f} MB")


if __name__ == "__main__":
    main()
