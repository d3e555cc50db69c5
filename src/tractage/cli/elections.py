"""`tractage elections`: the shipped results, and how to build and fetch them."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tractage.cli.output import Format, FormatOption, print_json, print_rows
from tractage.domain.errors import InputError

if TYPE_CHECKING:
    from tractage.domain.elections.totals import ElectionTotals

app = typer.Typer()

LIST_COLUMNS = ("id", "title", "kind", "rounds")
SHOW_COLUMNS = ("round", "what", "nuance", "value")


@app.command("list")
def list_elections(fmt: FormatOption = Format.TABLE) -> None:
    """List the elections whose results ship with the package."""
    from tractage.domain.elections import catalogue

    rows: list[dict[str, Any]] = [
        {
            "id": known.id,
            "title": known.title,
            "kind": known.kind,
            "rounds": [one.date.isoformat() for one in known.rounds],
        }
        for known in catalogue.elections()
    ]
    if fmt is not Format.JSON:
        rows = [row | {"rounds": " ".join(row["rounds"])} for row in rows]
    print_rows(rows, LIST_COLUMNS, fmt)


@app.command()
def show(
    election: Annotated[str, typer.Argument(help="Id of an election, such as legislatives-2024.")],
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Show an election's totals: by round, by nuance, runoffs, final seats."""
    from tractage.domain.elections import catalogue, results, totals

    known = catalogue.election(election)
    summed = totals.totals(results.load_results(election))
    if fmt is Format.JSON:
        print_json(_as_json(summed))
    else:
        print_rows(_as_rows(summed), SHOW_COLUMNS, fmt, title=known.title)


@app.command()
def build(
    raw: Annotated[Path, typer.Option("--raw", help="Folder that holds the official files.")],
    out: Annotated[
        Path | None, typer.Option("--out", help="Table to write; by default the one of this installation.")
    ] = None,
) -> None:
    """Build the compact table of facts, its provenance and the hex layout from the official files."""
    from tractage.adapters.official import facts, layout, sources, writing
    from tractage.cli.progress import progress
    from tractage.domain.elections import results

    target = out or results.table_path()
    if not target.parent.is_dir():
        raise InputError(f"{target.parent}: no such folder to write {target.name} into")
    points = layout.points_file(raw)
    with progress("official files", len(sources.sources()) + (points is not None)) as advance:
        built = facts.build_facts(raw, advance)
        contents = facts.contents(built, target)
        if points is not None:
            contents[target.with_name("hex_layout.csv")] = layout.build_hex_layout(points)
            advance(1)
    writing.write_whole(contents)
    typer.echo(f"{target}: {built.rows} rows, {len(built.table)} bytes, sha256 {built.sha256}")


@app.command()
def fetch(
    elections: Annotated[
        list[str] | None, typer.Argument(help="Ids of the elections to fetch; all of them by default.")
    ] = None,
    raw: Annotated[Path, typer.Option("--raw", help="Folder to fetch the files into.")] = Path("official"),
    api: Annotated[str, typer.Option("--api", help="Address of the catalogue of data sets.")] = "",
) -> None:
    """Fetch the official files from data.gouv.fr; an interrupted download is resumed."""
    from tractage.adapters.official import fetch as fetching
    from tractage.adapters.official.sources import sources
    from tractage.cli.progress import progress
    from tractage.domain.elections import catalogue

    wanted = {catalogue.election(one).id for one in elections or []}
    raw.mkdir(parents=True, exist_ok=True)
    for source in sources():
        if wanted and source.election not in wanted:
            continue
        with progress(source.file, None) as advance:
            got = fetching.fetch(source, raw, api=api or fetching.API, advance=advance)
        state = "fetched" if got.downloaded else "already there"
        typer.echo(f"{got.path}: {state}, sha256 {got.sha256}")
        if got.changed:
            note = f"{source.file}: differs from the file that the shipped results were built from"
            typer.echo(f"{note} (sha256 {source.sha256})", err=True)


def _as_json(summed: "ElectionTotals") -> dict[str, Any]:
    return {
        "rounds": [
            {
                "round": one.round,
                "date": one.date.isoformat(),
                "registered": one.registered,
                "voters": one.voters,
                "valid": one.valid,
                "votes": one.votes,
                "elected": one.elected,
            }
            for one in summed.rounds
        ],
        "runoffs": {str(finalists): count for finalists, count in summed.runoffs.items()},
        "seats": summed.seats,
    }


def _as_rows(summed: "ElectionTotals") -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for one in summed.rounds:
        counts = {"registered": one.registered, "voters": one.voters, "valid": one.valid}
        rows += [{"round": one.round, "what": what, "value": value} for what, value in counts.items()]
        for what, by_nuance in (("votes", one.votes), ("elected", one.elected)):
            rows += [
                {"round": one.round, "what": what, "nuance": nuance, "value": value}
                for nuance, value in by_nuance.items()
            ]
    rows += [
        {"round": 2, "what": f"runoffs of {finalists}", "value": count}
        for finalists, count in summed.runoffs.items()
    ]
    rows += [{"what": "seats", "nuance": nuance, "value": value} for nuance, value in summed.seats.items()]
    return rows
