"""`tractage pivots`: the seats that can swing."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tractage.cli.output import Format, FormatOption, print_json, print_rows

if TYPE_CHECKING:
    from tractage.domain.elections.backtest import Measures
    from tractage.domain.elections.expected import ExpectedPivot
    from tractage.domain.elections.pivots import ObservedPivot

app = typer.Typer()

OBSERVED_COLUMNS = (
    "seat",
    "department",
    "round",
    "margin",
    "won",
    "candidate",
    "nuance",
    "opponent",
    "opponent_nuance",
    "opponent_bloc",
)
EXPECTED_COLUMNS = (
    "rank",
    "seat",
    "department",
    "index",
    "win",
    "margin",
    "opponent_bloc",
    "stable",
    "apart",
)
BACKTEST_COLUMNS = ("score", "auc", "precision_at_50", "recall_at_100", "brier", "targets", "expected")

ElectionArgument = Annotated[str, typer.Argument(help="Id of an election, such as legislatives-2024.")]
BlocOption = Annotated[
    str, typer.Option("--bloc", help="Bloc of the campaign, by its id in the pack of the election.")
]
WithinOption = Annotated[int, typer.Option("--within", min=1, help="Margin in votes that counts as close.")]


@app.command()
def observed(
    election: ElectionArgument,
    bloc: BlocOption,
    within: WithinOption = 2000,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """List the seats that a bloc won or lost by few votes, closest first."""
    from tractage.domain.elections import blocs, catalogue, pivots, results

    catalogue.require_kind(election, "legislatives")
    found = pivots.observed(results.load_results(election), blocs.pack(election), bloc, within)
    print_rows([_observed_row(pivot) for pivot in found], OBSERVED_COLUMNS, fmt)


@app.command()
def expected(
    election: Annotated[
        str, typer.Argument(help="Législatives to come or past, or legislatives-prochaines.")
    ],
    bloc: BlocOption,
    scenario: Annotated[
        float,
        typer.Option(
            "--scenario", min=-10, max=10, help="Points for the front against the bloc it is called on."
        ),
    ] = 0.0,
    top: Annotated[int, typer.Option("--top", min=1, help="How many seats to list.")] = 50,
    within: WithinOption = 2000,
    as_of: Annotated[
        datetime | None,
        typer.Option("--as-of", formats=["%Y-%m-%d"], help="Use only what was known on this day."),
    ] = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Rank the seats that are likely to be close for a bloc, before the vote."""
    from tractage.domain.elections import expected as ranking

    day = as_of.date() if as_of else None
    found = ranking.rank(election, bloc, scenario=scenario, within=within, as_of=day, top=top)
    listed = [pivot for pivot in found if pivot.apart or (pivot.rank or 0) <= top]
    print_rows([_expected_row(pivot) for pivot in listed], EXPECTED_COLUMNS, fmt)
    typer.echo(_grounds(election, day), err=True)
    for limit in ranking.LIMITS:
        typer.echo(f"- {limit}", err=True)


@app.command()
def backtest(
    election: ElectionArgument,
    bloc: BlocOption,
    within: WithinOption = 2000,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Judge the expected ranking on past législatives, beside the last margins alone."""
    from tractage.domain.elections import backtest as judging
    from tractage.domain.elections.known import held, known

    judged = judging.backtest(known(election), held(election), bloc, within)
    counts = {"targets": judged.targets, "expected": round(judged.expected, 1)}
    baseline = _measures(judged.baseline)
    if fmt is Format.JSON:
        print_json(_measures(judged.model) | counts | {"baseline": baseline})
        return
    rows = [{"score": "expected"} | _measures(judged.model) | counts, {"score": "last margin"} | baseline]
    print_rows(rows, BACKTEST_COLUMNS, fmt)


def _grounds(election: str, day: date | None) -> str:
    from tractage.domain.elections.known import is_between_rounds, known

    if day is not None and is_between_rounds(election, day):
        return f"As of {day}, between the rounds: the real first round and the real finalists."
    before = known(election, day)
    used = ", ".join(one.id for one in (before.legislatives, before.europeennes, before.presidentielle))
    candidates = "known" if before.coming else "not known"
    return f"As of {before.as_of}, from {used}; official candidates {candidates}."


def _observed_row(pivot: "ObservedPivot") -> dict[str, Any]:
    return {
        "seat": pivot.seat,
        "department": pivot.department,
        "round": pivot.round,
        "margin": pivot.margin,
        "won": pivot.won,
        "candidate": pivot.candidate.full_name,
        "nuance": pivot.candidate.nuance,
        "opponent": pivot.opponent.full_name,
        "opponent_nuance": pivot.opponent.nuance,
        "opponent_bloc": pivot.opponent_bloc,
    }


def _expected_row(pivot: "ExpectedPivot") -> dict[str, Any]:
    return {
        "rank": pivot.rank,
        "seat": pivot.seat,
        "department": pivot.department,
        "index": round(pivot.index, 4),
        "win": round(pivot.win, 3),
        "margin": round(pivot.margin, 1),
        "opponent_bloc": pivot.opponent_bloc,
        "stable": pivot.stable,
        "apart": pivot.apart,
    }


def _measures(judged: "Measures") -> dict[str, Any]:
    return {
        "auc": _rounded(judged.auc),
        "precision_at_50": _rounded(judged.precision_at_50),
        "recall_at_100": _rounded(judged.recall_at_100),
        "brier": _rounded(judged.brier),
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
