"""Time, bytes and memory of the studio: `python benchmarks/studio.py [--seats N] [--jobs N]`.

Renders the rows of every seat in six formats, twice, and in A4 for print; prints CPU seconds per work, wall
time, whether the bytes are the same, and how memory grows with the number of rows.
"""

import argparse
import resource
import shutil
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
        _memory(rows["carte"][: options.seats], folder, max(2, options.jobs))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _memory(rows: list[dict[str, str]], folder: Path, jobs: int) -> None:
    """Print the most memory that a drawing process, and this one, ever held after more and more rows."""
    many = [
        row | {"id": f"{row['id']}-{turn}", "nom": rows[(number + 7 * turn) % len(rows)]["nom"]}
        for turn in range(4)
        for number, row in enumerate(rows)
    ]
    for count in (50, len(rows), len(many)):
        render_rows(load_template("carte"), many[:count], ["portrait"], folder / f"m{count}", jobs=jobs)
        shutil.rmtree(folder / f"m{count}")
        drawing, here = (
            resource.getrusage(who).ru_maxrss / 1000
            for who in (resource.RUSAGE_CHILDREN, resource.RUSAGE_SELF)
        )
        print(
            f"memory after {count} rows: {drawing:.0f} MB a drawing process, {here:.0f} MB the one that asks"
        )


if __name__ == "__main__":
    main()
