"""`tractage polls`: published polls, and the trend behind those that tested the same line-up."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tractage.cli.output import Format, FormatOption, print_json, print_rows
from tractage.domain.errors import InputError, TractageError

if TYPE_CHECKING:
    from tractage.adapters.polls.sources import Import
    from tractage.domain.elections.polls import Poll
    from tractage.domain.elections.polls_trend import CandidateTrend, Trend

app = typer.Typer()
TableArgument = Annotated[Path, typer.Argument(help="CSV of polls: MieuxVoter, nsppolls or the long format.")]
RoundOption = Annotated[int, typer.Option("--round", help="First or second round.", min=1, max=2)]
LIMIT = "a description of published polls, not a forecast"


def _read(path: Path) -> "Import":
    from tractage.adapters.polls.sources import read_polls

    found = read_polls(path)
    for one in found.left_out:
        typer.echo(f"left out: {one.poll}, {one.reason}", err=True)
    return found


def _day(text: str | None, option: str) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputError(f"{option} {text!r}: expected a date like 2027-03-31") from None


@app.command("import")
def import_(
    table: TableArgument,
    out: Annotated[Path, typer.Option("--out", help="Where to write the long format.")],
) -> None:
    """Bring a table of polls to the long format: one line per candidate of a poll."""
    from tractage.adapters.polls.table import long_format, write_whole

    found = _read(table)
    write_whole(out, long_format(found.polls))
    typer.echo(f"{len(found.polls)} line-ups of polls from {found.source} written to {out}")


@app.command("line-ups")
def line_ups(table: TableArgument, round_number: RoundOption = 1, fmt: FormatOption = Format.TABLE) -> None:
    """List the line-ups that were tested, those with the most polls first."""
    from tractage.domain.elections.polls import line_ups as grouped

    rows = [
        {
            "line_up": line_up.id,
            "polls": len(polls),
            "first": min(poll.start for poll in polls).isoformat(),
            "last": max(poll.end for poll in polls).isoformat(),
            "candidates": ", ".join(sorted(line_up.candidates)),
        }
        for line_up, polls in grouped(_read(table).polls).items()
        if line_up.round == round_number
    ]
    print_rows(rows, ["line_up", "polls", "first", "last", "candidates"], fmt)


@app.command()
def trend(
    table: TableArgument,
    line_up: Annotated[
        str | None, typer.Option("--line-up", help="Its id. Default: the current one.")
    ] = None,
    round_number: RoundOption = 1,
    until: Annotated[str | None, typer.Option("--until", help="Last day that counts.")] = None,
    chart: Annotated[Path | None, typer.Option("--chart", help="Draw the trend to this SVG file.")] = None,
    incomplete: Annotated[
        bool,
        typer.Option("--incomplete", help="Count polls that lack a legal mention; never for publication."),
    ] = False,
    at: Annotated[
        str | None, typer.Option("--at", help="ISO time of the publication, with offset. Default: now.")
    ] = None,
    internal: Annotated[
        bool, typer.Option("--internal", help="Internal work, not for the public: no freeze on eve and day.")
    ] = False,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Estimate the level behind the polls of one line-up, with house effects and systematic error."""
    from tractage.domain.elections.polls import missing_mentions
    from tractage.domain.elections.polls_trend import trend as estimate

    if not internal:
        _refuse_when_frozen(at)
    if chart and incomplete:
        raise InputError("--chart with --incomplete: a poll without its mentions cannot be published")
    polls = _chosen(_read(table).polls, line_up, round_number, _day(until, "--until"))
    lacking = [(poll, missing_mentions(poll)) for poll in polls]
    kept = [poll for poll, missing in lacking if incomplete or not missing]
    found = estimate(kept, _day(until, "--until"))
    if chart:
        from tractage.adapters.polls.chart import draw
        from tractage.adapters.polls.table import write_whole

        write_whole(chart, draw(found))
    left = [f"{poll.id}: lacks {', '.join(missing)}" for poll, missing in lacking if missing]
    _print(found, [] if incomplete else left, fmt)


def _chosen(polls: Sequence["Poll"], wanted: str | None, turn: int, until: date | None) -> Sequence["Poll"]:
    from tractage.domain.elections.polls import current_line_up, line_ups

    known = [poll for poll in polls if until is None or poll.end <= until]
    groups = line_ups(known)
    if wanted is None:
        current = current_line_up(known, turn)
        if current is None:
            raise InputError(
                f"round {turn}: no poll until {until or 'the last day'}; expected at least three"
            )
        return groups[current]
    found = next((group for line_up, group in groups.items() if line_up.id == wanted), None)
    if found is None:
        raise InputError(f"line-up {wanted!r}: not in this table; see tractage polls line-ups")
    return found


def _refuse_when_frozen(at: str | None) -> None:
    """Refuse on the eve and the day of any round that the law pack knows (loi 77-808, art. 11)."""
    from tractage.domain.law.calendar import elections
    from tractage.domain.law.content import Content, Kind
    from tractage.domain.law.freeze import status
    from tractage.domain.law.zones import everywhere

    try:
        moment = datetime.fromisoformat(at) if at else datetime.now().astimezone()
    except ValueError:
        raise InputError(f"--at {at!r}: expected an ISO time like 2027-04-17T00:00+02:00") from None
    for name, election in elections().items():
        answer = status(Content.of(Kind.POLL), election.rounds, everywhere(), moment)
        if answer.frozen:
            end = answer.until.isoformat(timespec="minutes") if answer.until else "a date that is not known"
            raise TractageError(
                f"no poll may be published or commented on the eve and the day of a round of {name} "
                f"(loi 77-808, art. 11): frozen until {end}; --internal for work that stays inside"
            )


def _print(found: "Trend", left_out: Sequence[str], fmt: Format) -> None:
    from tractage.domain.elections.polls import mentions

    if fmt is Format.JSON:
        print_json(_document(found, left_out))
        return
    rows = [
        {
            "candidate": candidate.candidate,
            "level": round(candidate.level, 1),
            "low": round(candidate.low, 1),
            "high": round(candidate.high, 1),
        }
        for candidate in found.candidates
    ]
    title = f"{len(found.polls)} polls until {found.until.isoformat()}: {LIMIT}"
    print_rows(rows, ["candidate", "level", "low", "high"], fmt, title=title)
    if fmt is Format.TABLE:
        print_rows(
            [_mention(poll, mentions(poll)) for poll in found.polls],
            ["institute", "sponsor", "dates", "sample", "margin"],
            fmt,
            title="Mentions (loi 77-808, art. 2)",
        )
        for line in left_out:
            typer.echo(f"left out: {line}")


def _mention(poll: "Poll", said: Any) -> dict[str, Any]:
    return {
        "poll": poll.id,
        "institute": said.institute,
        "sponsor": said.sponsor or None,
        "dates": f"{said.start.isoformat()}/{said.end.isoformat()}",
        "sample": said.sample,
        "margin": round(said.margin, 1),
    }


def _document(found: "Trend", left_out: Sequence[str]) -> dict[str, Any]:
    from tractage.domain.elections.polls import mentions

    return {
        "line_up": found.line_up.id,
        "round": found.line_up.round,
        "until": found.until.isoformat(),
        "what": LIMIT,
        "candidates": [_candidate(candidate) for candidate in found.candidates],
        "drift_per_day": round(found.drift, 4),
        "house_spread": round(found.house, 4),
        "design_effect": round(found.design, 3),
        "polls": [_mention(poll, mentions(poll)) for poll in found.polls],
        "left_out": list(left_out),
    }


def _candidate(candidate: "CandidateTrend") -> dict[str, Any]:
    return {
        "candidate": candidate.candidate,
        "level": round(candidate.level, 2),
        "low": round(candidate.low, 2),
        "high": round(candidate.high, 2),
        "sampling_error": round(candidate.error, 2),
        "systematic_error": round(candidate.systematic, 2),
        "houses": {house: round(effect, 2) for house, effect in candidate.houses.items()},
    }
