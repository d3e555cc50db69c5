"""`tractage prints`: find our works again."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tractage.cli.output import Format, FormatOption, print_json, print_rows
from tractage.cli.progress import progress
from tractage.domain.errors import InputError

if TYPE_CHECKING:
    from tractage.domain.prints.match import Match
    from tractage.domain.prints.prints import Print

app = typer.Typer()
IndexOption = Annotated[Path, typer.Option("--index", help="File of the index of prints.", metavar="FILE")]
WORK_FRAMES = 8
QUERY_FRAMES = 4
PIXELS = 400_000
BATCH = 500  # works whose points are held in memory before they are packed
SUFFIXES = (".png", ".apng", ".jpg", ".jpeg", ".webp", ".gif", ".mp4", ".mov", ".m4v", ".webm")
COLUMNS = ("file", "work", "kind", "score", "mirrored", "visible", "error")


@app.command()
def add(
    folder: Annotated[Path, typer.Argument(help="Folder of works: pictures, GIFs, videos.", metavar="DIR")],
    index: IndexOption,
    skip_known: Annotated[
        bool, typer.Option("--skip-known", help="Leave alone the works that the index has already.")
    ] = False,
) -> None:
    """Add the prints of every work of a folder to an index; a bad file is left out and named."""
    if not folder.is_dir():
        raise InputError(f"{folder}: not a folder")
    paths = sorted(path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES and path.is_file())
    if not paths:
        raise InputError(f"{folder}: no picture, GIF or video in it (looked for {', '.join(SUFFIXES)})")
    from tractage.domain.prints.index import PrintIndex

    known = PrintIndex.load(index) if index.exists() else PrintIndex()
    names = {path: path.relative_to(folder).as_posix() for path in paths}
    if skip_known:
        paths = [path for path in paths if names[path] not in set(known.works)]
    grown = known
    refused: list[str] = []
    with progress("prints", len(paths)) as advance:
        for start in range(0, len(paths), BATCH):
            grown = grown.append(_prints_of(paths[start : start + BATCH], names, refused, advance))
    grown.save(index)
    for line in refused:
        typer.echo(f"left out: {line}", err=True)
    typer.echo(f"{index}: {len(grown)} works ({len(grown) - len(known)} new)", err=True)
    if refused:
        raise typer.Exit(2)


def _prints_of(
    paths: Sequence[Path], names: dict[Path, str], refused: list[str], advance: Callable[[int], None]
) -> Iterator[tuple[str, list["Print"]]]:
    from tractage.domain.prints.prints import WORK_POINTS

    for path in paths:
        try:
            yield names[path], _take(path, WORK_FRAMES, WORK_POINTS)
        except InputError as error:
            refused.append(str(error))
        advance(1)


def _take(path: Path, count: int, points: int) -> list["Print"]:
    from tractage.adapters.media import MOVING, inspect_file, read_frames
    from tractage.domain.prints.prints import take_print

    info = inspect_file(path, families=MOVING)
    frames = read_frames(path, count=count if info.animated else 1, pixels=PIXELS)
    return [take_print(frame.pixels, frame.time, points) for frame in frames]


@app.command()
def match(
    files: Annotated[
        list[Path], typer.Argument(help="Pictures, GIFs or videos to look for.", metavar="FILE…")
    ],
    index: IndexOption,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Say which works of an index each file shows; a file that cannot be read does not stop the others."""
    from tractage.domain.prints.index import PrintIndex
    from tractage.domain.prints.match import find_works
    from tractage.domain.prints.prints import QUERY_POINTS

    known = PrintIndex.load(index)
    results: list[dict[str, Any]] = []
    refused = 0
    for path in files:
        row: dict[str, Any] = {"file": str(path), "matches": []}
        try:
            found = find_works(known, _take(path, QUERY_FRAMES, QUERY_POINTS))
            row["matches"] = [_as_row(one) for one in found]
        except (InputError, FileNotFoundError) as error:
            row["error"] = str(error) if isinstance(error, InputError) else f"{path}: no such file"
            refused += 1
        results.append(row)
    if fmt is Format.JSON:
        print_json(results)
    else:
        print_rows([line for row in results for line in _lines(row)], COLUMNS, fmt)
    if refused:
        raise typer.Exit(2)


def _as_row(one: "Match") -> dict[str, Any]:
    """Return a match as the JSON document tells it."""
    return {
        "work": one.work,
        "score": one.score,
        "mirrored": one.mirrored,
        "kind": one.kind.value,
        "candidates": list(one.candidates),
        "region": [list(corner) for corner in one.region],
        "inliers": one.inliers,
        "visible": one.visible,
        "frames": one.frames,
        "time": one.time,
    }


def _lines(row: dict[str, Any]) -> list[dict[str, Any]]:
    if not row["matches"]:
        return [{"file": row["file"], "error": row.get("error")}]
    return [
        {"file": row["file"], **found, "work": found["work"] or " | ".join(found["candidates"])}
        for found in row["matches"]
    ]
