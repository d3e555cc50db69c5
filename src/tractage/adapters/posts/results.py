"""Write an analysis to a folder: all of it or nothing."""

import json
import math
import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

import polars as pl

from tractage.adapters.posts.graphs import gexf, graphml
from tractage.domain.errors import InputError
from tractage.domain.radar.analysis import Analysis
from tractage.domain.radar.beside import Beside
from tractage.domain.radar.detect import Detection, mean_delay
from tractage.domain.radar.scan import Progress, silent

STREAMED = {
    "account_a": pl.String,
    "account_b": pl.String,
    "weight": pl.Int64,
    "mean_delay": pl.Float64,
    "strong": pl.Boolean,
    "pairs": pl.Int32,
    "objects": pl.Int32,
}
WRITTEN = {
    "edges.parquet",
    "edges.csv",
    "pairs.parquet",
    "communities.parquet",
    "communities.csv",
    "graph.gexf",
    "graph.graphml",
    "summary.json",
    "report.html",
}


@contextmanager
def folder(out: Path) -> Iterator[Path]:
    """Give a hidden folder beside `out` that takes its place at the end, and vanishes on any interruption.

    Raises: InputError when `out` holds anything that an earlier analysis did not write
    """
    if out.exists() and (not out.is_dir() or {path.name for path in out.iterdir()} - WRITTEN):
        raise InputError(f"--out {out}: it holds other files, expected a new folder or an earlier analysis")
    out.parent.mkdir(parents=True, exist_ok=True)
    # Named before they are made: an interruption between the two must find them.
    work, old = (out.parent / f".{out.name}-{secrets.token_hex(4)}" for _ in range(2))
    try:
        work.mkdir()
        yield work
        if out.exists():
            out.rename(old)
        work.rename(out)
    finally:
        for left in (work, old):
            shutil.rmtree(left, ignore_errors=True)


def write_analysis(
    analysis: Analysis, work: Path, report: Callable[[Analysis], str], progress: Progress = silent
) -> None:
    """Write tables, graphs, figures and the report of `analysis` into `work`."""
    page = Beside(lambda: report(analysis))  # it touches no file: an interruption need not wait for it
    _write_tables(analysis, work, progress)
    (work / "report.html").write_text(page.result(), encoding="utf-8")
    for path in work.iterdir():
        with path.open("rb") as stream:
            os.fsync(stream.fileno())


def _write_tables(analysis: Analysis, work: Path, progress: Progress) -> None:
    write_edges(analysis.edges, analysis.layers[0].detection, work / "edges.parquet", progress)
    strong = analysis.edges.filter("strong")
    strong.write_csv(work / "edges.csv")
    analysis.pairs.write_parquet(work / "pairs.parquet")
    members = analysis.accounts.drop("handle", strict=False)
    members.write_parquet(work / "communities.parquet")
    members.write_csv(work / "communities.csv")
    (work / "graph.gexf").write_text(gexf(strong, members), encoding="utf-8")
    (work / "graph.graphml").write_text(graphml(strong, members), encoding="utf-8")
    (work / "summary.json").write_text(json.dumps(summary(analysis), indent=1) + "\n", encoding="utf-8")


def summary(analysis: Analysis) -> dict[str, Any]:
    """Return parameters and counts, as JSON can say them."""
    settings = {key: value for key, value in asdict(analysis.settings).items() if key != "threads"}
    return {
        "settings": settings,
        "fingerprint": analysis.fingerprint,
        "layers": {layer.name: _finite(asdict(layer.figures)) for layer in analysis.layers},
        "edges": analysis.edges.height,
        "strong": int(analysis.edges["strong"].sum()),
        "accounts": analysis.accounts.height,
        "communities": analysis.accounts["community"].n_unique(),
        "sizes": analysis.accounts["community"].value_counts(sort=True)["count"].to_list(),
    }


def write_edges(edges: pl.DataFrame, rest: Detection | None, path: Path, progress: Progress = silent) -> None:
    """Write `edges`, or every edge of the detection `rest` when they were too many to hold."""
    if rest is None:
        edges.write_parquet(path)
    else:
        stream_edges(rest, path, progress)


def stream_edges(detection: Detection, path: Path, progress: Progress = silent) -> None:
    """Write every edge of a layer, block after block."""
    from polars.io.plugins import register_io_source

    names = detection.scan.posts.names

    def blocks(
        with_columns: list[str] | None, predicate: pl.Expr | None, n_rows: int | None, _size: int | None
    ) -> Iterator[pl.DataFrame]:
        assert with_columns is None
        assert predicate is None
        assert n_rows is None
        for edges in detection.stream(progress):
            yield edges.select(
                account_a=names.gather(edges["a"]),
                account_b=names.gather(edges["b"]),
                weight=pl.col("pairs").cast(pl.Int64),
                mean_delay=mean_delay(edges),
                strong=pl.col("pairs") > detection.threshold,
                pairs="pairs",
                objects="objects",
            )

    register_io_source(blocks, schema=STREAMED).sink_parquet(path, maintain_order=True)


def _finite(figures: dict[str, Any]) -> dict[str, Any]:
    return {
        key: None if isinstance(value, float) and math.isnan(value) else value
        for key, value in figures.items()
    }
