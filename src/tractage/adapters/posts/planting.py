"""Simulated timelines on disk, drawn or planted in a real one."""

import os
import tempfile
from pathlib import Path

import polars as pl

from tractage.adapters.posts.files import recognise
from tractage.adapters.posts.reading import Columns, read_layer
from tractage.domain.errors import InputError
from tractage.domain.radar.simulate import Attack, Timeline, inject


def plant_into(path: Path, layer: str, columns: Columns, attack: Attack, seed: int) -> Timeline:
    """Plant an attack among the posts of one layer of a file."""
    frame = read_layer(recognise(path), layer, columns).frame
    named = frame.rename(
        {"object": "object_id", "account": "account_id", "content": "content_id", "time": "timestamp_share"}
    )
    return inject(named, attack, seed)


def write_timeline(timeline: Timeline, out: Path) -> Path:
    """Write posts to `out` and planted accounts beside it; return where the latter are.

    Raises: InputError when `out` is neither .parquet nor .csv
    """
    if out.suffix not in {".parquet", ".csv"}:
        raise InputError(f"--out {out}: expected a name in .parquet or .csv")
    out.parent.mkdir(parents=True, exist_ok=True)
    truth = out.with_name(f"{out.stem}_planted.csv")
    for frame, path in ((timeline.posts, out), (timeline.planted, truth)):
        _write_whole(frame, path)
    return truth


def _write_whole(frame: pl.DataFrame, path: Path) -> None:
    handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    os.close(handle)
    try:
        frame.write_parquet(name) if path.suffix == ".parquet" else frame.write_csv(name)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
