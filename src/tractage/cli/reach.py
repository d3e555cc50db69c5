"""`tractage reach`: an honest estimate of what was seen."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tractage.cli.output import Format, FormatOption, print_json, print_rows
from tractage.cli.progress import progress
from tractage.domain.errors import InputError

if TYPE_CHECKING:
    from tractage.domain.reach.estimate import PlatformReach
    from tractage.domain.reach.quantities import Quantity
    from tractage.domain.reach.table import SightingsTable

app = typer.Typer()
SightingsArgument = Annotated[
    Path, typer.Argument(help="CSV with post, platform, views, age_days, lists (parted by ;).")
]
SeedOption = Annotated[int, typer.Option(help="Seed of the bootstrap: same seed, same answer.", min=0)]
UNIT = "Posts and views as each platform counts them; totals of platforms do not add up"


def _read(path: Path) -> "SightingsTable":
    from tractage.domain.reach.table import read_table

    try:
        return read_table(path.read_text("utf-8"), path.name)
    except UnicodeDecodeError:
        raise InputError(f"{path.name}: not a UTF-8 text file; expected a CSV of sightings") from None
    except IsADirectoryError:
        raise InputError(f"{path.name}: a folder; expected a CSV of sightings") from None


def _short(value: float | None) -> str:
    """Write a total with three significant digits: more would claim what an interval denies."""
    if value is None:
        return ""
    for size, unit in ((1e9, "G"), (1e6, "M"), (1e4, "k")):
        if value >= size:
            return f"{value / (1e3 if unit == 'k' else size):.3g}{unit}"
    return f"{value:.0f}"


def _row(answer: "PlatformReach", what: str, quantity: "Quantity", observed: float) -> dict[str, Any]:
    shown, band = quantity.identifiable, quantity.band
    low, high = _short(quantity.low), _short(quantity.high)
    return {
        "platform": answer.platform,
        "what": what,
        "found": _short(observed),
        "estimate": _short(quantity.estimate) if shown else "not identifiable",
        "interval": f"{low}–{high}" if shown else f"at least {low}",
        "band": f"{_short(band.low)}–{_short(band.high)}" if band else None,
    }


def _csv_row(answer: "PlatformReach", what: str, quantity: "Quantity", observed: float) -> dict[str, Any]:
    from tractage.domain.reach.document import quantity_document

    cells = quantity_document(quantity)
    band = cells.pop("band") or {"low": None, "high": None}
    return {
        **cells,
        "platform": answer.platform,
        "what": what,
        "found": round(observed),
        "band_low": band["low"],
        "band_high": band["high"],
        "reasons": "; ".join(cells["reasons"]),
    }


@app.command()
def estimate(
    sightings: SightingsArgument,
    bootstraps: Annotated[int, typer.Option(help="How many bootstraps make the interval.", min=100)] = 2000,
    seed: SeedOption = 1,
    census: Annotated[
        float | None, typer.Option(help="From this number of views, every post is known to be found.", min=0)
    ] = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Estimate posts and views per platform, with interval and band, or say why it cannot be told."""
    from tractage.domain.reach.document import platform_document
    from tractage.domain.reach.estimate import estimate_reach

    table = _read(sightings)
    with progress("Bootstrap", bootstraps) as advance:
        answers = estimate_reach(table.found, bootstraps, seed, census, advance)
    if fmt is Format.JSON:
        print_json([platform_document(answer) for answer in answers])
        return
    make = _row if fmt is Format.TABLE else _csv_row
    rows = [
        row
        for answer in answers
        for row in (
            make(answer, "posts", answer.posts, answer.observed_posts),
            make(answer, "views", answer.views, answer.observed_views),
        )
    ]
    if fmt is Format.CSV:
        ends = ["low", "high", "band_low", "band_high"]
        print_rows(rows, ["platform", "what", "found", "estimate", *ends, "identifiable", "reasons"], fmt)
        return
    columns = ["platform", "what", "found", "estimate", "interval", "band"]
    print_rows(rows, columns, fmt, title="Interval at 95 %; band if lists depend on each other")
    for answer in answers:
        for line in (*answer.reasons, *answer.notes):
            typer.echo(f"{answer.platform}: {line.text}.")
    typer.echo(f"{UNIT}.")
    if table.merged:
        typer.echo(f"{table.merged} lines on a post already listed were merged into it.")


@app.command()
def lists(
    sightings: SightingsArgument,
    bootstraps: Annotated[int, typer.Option(help="How many bootstraps make each interval.", min=100)] = 400,
    seed: SeedOption = 1,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Tell what each list adds: the width of the interval of views with it, and without it."""
    from tractage.domain.reach.document import gain_document
    from tractage.domain.reach.gains import gains

    table = _read(sightings)
    with progress("Bootstrap", bootstraps * (1 + len(table.found.lists))) as advance:
        found = gains(table.found, bootstraps, seed, advance)
    rows = [gain_document(gain) for gain in found]
    print_rows(rows, ["platform", "list", "found", "alone", "width", "width_without"], fmt)


@app.command()
def simulate(
    world: Annotated[str, typer.Argument(help="independent, size, size and dependence, …")],
    seed: Annotated[int, typer.Option(help="Which draw of the world.", min=0)] = 1,
) -> None:
    """Print the sightings of a simulated world as CSV, to try `reach estimate` where the truth is known."""
    from tractage.domain.reach.worlds import simulate as draw

    drawn = draw(world, seed)
    found = drawn.found
    typer.echo(f"truth: {drawn.posts} posts, {drawn.views:.0f} views", err=True)
    typer.echo("post,platform,views,age_days,lists")
    for number, (views, seen) in enumerate(zip(found.views, found.seen, strict=True), start=1):
        names = ";".join(name for name, there in zip(found.lists, seen, strict=True) if there)
        typer.echo(f"{number},simulated,{round(views)},,{names}")
