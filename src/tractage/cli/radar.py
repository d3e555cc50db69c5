"""`tractage radar`."""

import os
from contextlib import ExitStack
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tractage.cli.output import Format, FormatOption, print_rows
from tractage.cli.progress import progress
from tractage.domain.errors import InputError
from tractage.domain.radar.settings import Correction, Settings

if TYPE_CHECKING:
    from tractage.adapters.posts.running import Done, Job

app = typer.Typer()

POSTS = typer.Argument(help="Posts: CSV, NDJSON (also .gz, .zst) or Parquet.", show_default=False)
OUT = typer.Option("--out", help="Folder for tables, graphs and the report; written whole or not at all.")
OBJECT = typer.Option("--object", help="Column of what is shared (retweeted id, URL, hashtag, image).")
LAYERS = typer.Option("--layers", help="Several object columns, or layers of an export, with commas.")
ACCOUNT = typer.Option("--account", help="Column of the account.")
CONTENT = typer.Option("--content", help="Column of the post.")
TIME = typer.Option("--time", help="Column of the time: seconds or ISO 8601.")
WINDOW = typer.Option("--window", help="Seconds between two shares, inclusive.")
FROM = typer.Option("--from", help="Read an export of x, visibrain, bluesky or mastodon.")
MEMORY = typer.Option("--memory", help="Budget of memory, such as 2GB; half of the machine's by default.")
SEED = typer.Option("--seed", help="Seed of everything that is drawn.")
REACH = typer.Option("--reach", help="Column of followers, for --show-accounts.")
SKIP = typer.Option("--skip-bad-rows", help="Count bad rows and leave them out, instead of stopping.")


class Compat(StrEnum):
    """Other programs whose results can be reproduced."""

    COORTWEET = "coortweet"


class Engine(StrEnum):
    """What looks for pairs."""

    NUMBA = "numba"
    DUCKDB = "duckdb"


@app.command()
def detect(
    posts: Annotated[Path, POSTS],
    out: Annotated[Path, OUT],
    object_column: Annotated[str, OBJECT] = "object_id",
    layers: Annotated[str, LAYERS] = "",
    account: Annotated[str, ACCOUNT] = "account_id",
    content: Annotated[str, CONTENT] = "content_id",
    time: Annotated[str, TIME] = "timestamp_share",
    window: Annotated[float, WINDOW] = 60.0,
    min_participation: Annotated[
        int, typer.Option("--min-participation", help="Rows an account needs to be looked at.")
    ] = 2,
    compat: Annotated[
        Compat | None, typer.Option("--compat", help="Reproduce CooRTweet 2.1.3 edge by edge.")
    ] = None,
    edge_weight: Annotated[
        float, typer.Option("--edge-weight", help="With --compat: quantile that a strong edge exceeds.")
    ] = 0.5,
    level: Annotated[float, typer.Option("--level", help="False discoveries allowed, such as 0.01.")] = 0.01,
    correction: Annotated[
        Correction, typer.Option("--correction", help="Correct by accounts, by edges (bh) or bonferroni.")
    ] = Correction.ACCOUNTS,
    within: Annotated[
        bool, typer.Option("--within/--no-within", help="Hold edges also against their opinion blocks.")
    ] = True,
    min_weight: Annotated[
        int, typer.Option("--min-weight", help="Objects two accounts must share to be looked at.")
    ] = 2,
    source: Annotated[str, FROM] = "",
    delimiter: Annotated[str, typer.Option("--delimiter", help="Of a CSV; found by itself if empty.")] = "",
    unique: Annotated[
        bool, typer.Option("--unique", help="With --compat: drop rows that repeat another one entirely.")
    ] = False,
    skip_bad_rows: Annotated[bool, SKIP] = False,
    memory: Annotated[str, MEMORY] = "",
    engine: Annotated[
        Engine, typer.Option("--engine", help="numba in memory, or duckdb from disk (edges only).")
    ] = Engine.NUMBA,
    edges_only: Annotated[
        bool,
        typer.Option("--edges-only", help="Write edges.parquet and stop: no communities, copy or report."),
    ] = False,
    shuffles: Annotated[
        int, typer.Option("--shuffles", help="Shuffled copies that measure false alarms; 0 for none.")
    ] = 1,
    show_accounts: Annotated[
        bool, typer.Option("--show-accounts", help="Name accounts of wide reach in the report.")
    ] = False,
    reach: Annotated[str, REACH] = "",
    least_reach: Annotated[
        int, typer.Option("--least-reach", help="Followers from which an account may be named.")
    ] = 10_000,
    key: Annotated[
        str,
        typer.Option("--key", envvar="TRACTAGE_RADAR_KEY", help="Key of the pseudonyms, else from the data."),
    ] = "",
    title: Annotated[str, typer.Option("--title", help="Title of the report.")] = "",
    seed: Annotated[int, SEED] = 2024,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Find accounts that share the same things at the same moments, and write the report."""
    from tractage.adapters.posts.files import budget_of
    from tractage.adapters.posts.running import Job

    settings = Settings(
        window=window,
        min_participation=min_participation,
        coortweet=compat is Compat.COORTWEET,
        edge_weight=edge_weight,
        level=level,
        correction=correction,
        within=within,
        min_weight=min_weight,
        seed=seed,
        threads=os.cpu_count() or 1,
    )
    names = _names(layers or ("" if source else object_column))
    budget = budget_of(memory)
    if engine is Engine.DUCKDB:
        _detect_on_disk(posts, out, names, (account, content, time), delimiter, settings, budget, fmt)
        return
    job = Job(
        posts,
        names,
        account=account,
        content=content,
        time=time,
        platform=source,
        delimiter=delimiter,
        skip_bad=skip_bad_rows,
        unique=unique,
        reach=reach,
        budget=budget,
        shuffles=shuffles,
        title=title,
        show=show_accounts,
        least_reach=least_reach,
        key=key,
    )
    if edges_only:
        _detect_edges(job, settings, out, fmt)
        return
    _tell(_run(job, settings, out), out, fmt)


@app.command("self-audit")
def self_audit(
    posts: Annotated[Path, POSTS],
    out: Annotated[Path, OUT],
    object_column: Annotated[str, OBJECT] = "object_id",
    layers: Annotated[str, LAYERS] = "",
    account: Annotated[str, ACCOUNT] = "account_id",
    content: Annotated[str, CONTENT] = "content_id",
    time: Annotated[str, TIME] = "timestamp_share",
    window: Annotated[float, WINDOW] = 60.0,
    source: Annotated[str, FROM] = "",
    skip_bad_rows: Annotated[bool, SKIP] = False,
    memory: Annotated[str, MEMORY] = "",
    seed: Annotated[int, SEED] = 2024,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Look at the community's own week as an observer would: same test, same page."""
    from tractage.adapters.posts.files import budget_of
    from tractage.adapters.posts.running import Job

    settings = Settings(window=window, seed=seed, within=False, threads=os.cpu_count() or 1)
    names = _names(layers or ("" if source else object_column))
    job = Job(
        posts,
        names,
        account=account,
        content=content,
        time=time,
        platform=source,
        skip_bad=skip_bad_rows,
        budget=budget_of(memory),
        title="De quoi aurions-nous l’air\u202f?",
        audit=True,
    )
    done = _run(job, settings, out)
    _tell(done, out, fmt)
    if fmt is Format.TABLE:
        typer.echo(
            "Seen from outside, these accounts move together: spread shares over time, make own versions."
            if done.analysis.accounts.height
            else "Seen from outside, nobody moves together more than chance."
        )


@app.command()
def explain(
    folder: Annotated[Path, typer.Argument(help="Folder written by detect.", show_default=False)],
    account_a: Annotated[str, typer.Argument(help="One end of the edge.", show_default=False)],
    account_b: Annotated[str, typer.Argument(help="The other end.", show_default=False)],
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Print the posts behind an edge, with their own ids."""
    from tractage.adapters.posts.explaining import edge_of

    edge = edge_of(folder, account_a, account_b)
    if fmt is Format.TABLE:
        typer.echo(edge.sentence)
    columns = ["layer", "object", "content_a", "content_b", "at_a", "at_b", "delay"]
    print_rows(edge.posts, columns, fmt, f"a = {edge.a}, b = {edge.b}")


@app.command()
def simulate(
    out: Annotated[Path, typer.Option("--out", help="Posts to write: .parquet or .csv.")],
    posts: Annotated[int, typer.Option("--posts", help="Posts to draw.")] = 100_000,
    seed: Annotated[int, SEED] = 2024,
    groups: Annotated[int, typer.Option("--groups", help="Planted groups; 0 for none.")] = 10,
    size: Annotated[int, typer.Option("--size", help="Accounts in a group.")] = 50,
    targets: Annotated[int, typer.Option("--targets", help="Objects that a group pushes.")] = 20,
    jitter: Annotated[int, typer.Option("--jitter", help="Seconds within which a group shares.")] = 20,
    cover: Annotated[int, typer.Option("--cover", help="Ordinary shares of a planted account.")] = 10,
    communities: Annotated[int, typer.Option("--communities", help="Communities that think alike.")] = 1,
    homophily: Annotated[float, typer.Option("--homophily", help="Share inside one's own, 0 to 1.")] = 0.0,
    into: Annotated[
        Path | None, typer.Option("--into", help="Plant in this timeline instead of a drawn one.")
    ] = None,
    object_column: Annotated[str, OBJECT] = "object_id",
    account: Annotated[str, ACCOUNT] = "account_id",
    content: Annotated[str, CONTENT] = "content_id",
    time: Annotated[str, TIME] = "timestamp_share",
) -> None:
    """Write a timeline with planted groups, and beside it who was planted (…_planted.csv)."""
    from tractage.adapters.posts.planting import plant_into, write_timeline
    from tractage.adapters.posts.reading import Columns
    from tractage.domain.radar.simulate import Attack
    from tractage.domain.radar.simulate import simulate as draw

    attack = Attack(groups, size, targets, jitter, cover=cover) if groups else None
    if into is None:
        timeline = draw(posts, seed, attack, communities, homophily)
    elif attack is None:
        raise InputError("--into needs --groups of 1 or more: nothing to plant")
    else:
        timeline = plant_into(into, object_column, Columns(account, content, time), attack, seed)
    truth = write_timeline(timeline, out)
    typer.echo(
        f"{timeline.posts.height:,} posts in {out}, {timeline.planted.height:,} planted accounts in {truth}"
    )


@app.command()
def bench(
    posts: Annotated[int, typer.Option("--posts", help="Posts to draw.")] = 1_000_000,
    window: Annotated[float, WINDOW] = 60.0,
    seed: Annotated[int, SEED] = 2024,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Draw posts with planted groups, detect them in a fresh process, and print time, memory and F1."""
    from tractage.adapters.posts.benching import measured

    row = measured(posts, window, seed)
    print_rows([row], list(row), fmt, f"radar detect, {posts:,} posts, window {window:g} s")


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())


def _detect_on_disk(
    posts: Path,
    out: Path,
    names: tuple[str, ...],
    columns: tuple[str, str, str],
    delimiter: str,
    settings: Settings,
    budget: int,
    fmt: Format,
) -> None:
    from tractage.adapters.posts.files import recognise
    from tractage.adapters.posts.ondisk import edges_on_disk
    from tractage.adapters.posts.reading import Columns
    from tractage.adapters.posts.results import folder

    if len(names) != 1:
        raise InputError("--engine duckdb: one object column at a time")
    file = recognise(posts)
    with folder(out) as work, progress("pairs on disk", None):
        row = edges_on_disk(file, names[0], Columns(*columns), settings, budget, work, delimiter or None)
    print_rows([row], list(row), fmt, f"{out}: edges.parquet")


def _detect_edges(job: "Job", settings: Settings, out: Path, fmt: Format) -> None:
    from tractage.adapters.posts.running import run_edges

    with ExitStack() as stack:
        row = run_edges(job, settings, out, lambda rows: stack.enter_context(progress("posts", rows)), _say)
    print_rows([row], list(row), fmt, f"{out}: edges.parquet")


def _run(job: "Job", settings: Settings, out: Path) -> "Done":
    from tractage.adapters.posts.running import run_job

    with ExitStack() as stack:
        return run_job(job, settings, out, lambda rows: stack.enter_context(progress("posts", rows)), _say)


def _say(line: str) -> None:
    typer.echo(line, err=True)


def _tell(done: "Done", out: Path, fmt: Format) -> None:
    analysis = done.analysis
    for note in done.notes:
        _say(f"note: {note}")
    for layer in analysis.layers:
        if layer.figures.repeated:
            compat = analysis.settings.coortweet
            kept = "kept, as CooRTweet does (--unique drops them)" if compat else "counted once"
            _say(f"note: {layer.name}: {layer.figures.repeated:,} rows repeat another entirely, {kept}")
    rows = [
        {
            "layer": layer.name,
            "rows": layer.figures.rows,
            "accounts": layer.figures.accounts,
            "pairs in window": layer.figures.window_pairs,
            "edges": layer.figures.edges,
            "strong": layer.figures.strong,
            "false alarms": layer.figures.shuffled_times,
        }
        for layer in analysis.layers
    ]
    groups = analysis.accounts["community"].n_unique()
    title = f"{out}: {analysis.accounts.height} accounts in {groups} communities"
    print_rows(rows, list(rows[0]), fmt, title)
