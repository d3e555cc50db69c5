"""`tractage law`: electoral silence and other rules of time."""

import os
import tempfile
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from tractage.cli.output import Format, FormatOption, print_json, print_rows
from tractage.domain.errors import InputError
from tractage.domain.law.content import Kind

app = typer.Typer()
ElectionArgument = Annotated[str, typer.Argument(help="An election that the law pack has dates for.")]
ZoneOption = Annotated[
    list[str] | None,
    typer.Option("--zone", help="FR, GP, PF-tahiti…, abroad:<IANA zone>; repeat it. Default: everywhere."),
]
PARIS = "Europe/Paris"


def _paris(at: datetime | None) -> str | None:
    from tractage.domain.law.zones import clock

    paris = clock(PARIS)
    return (at.astimezone(paris) if paris else at).isoformat() if at else None


def _short(text: str | None) -> str | None:
    return text and text[:16].replace("T", " ")


def _time(text: str | None) -> datetime:
    from tractage.domain.law.zones import clock

    if text is None:
        return datetime.now(clock(PARIS)).astimezone()
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise InputError(f"--at {text!r}: expected an ISO time like 2027-04-17T00:00+02:00") from None
    if at.tzinfo is None:
        raise InputError(f"--at {text!r} has no time zone: add the offset, like +02:00 or Z")
    return at


def _day(text: str, option: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputError(f"{option} {text!r}: expected a date like 2027-06-09") from None


def _window(window: Any) -> dict[str, Any]:
    from tractage.domain.law.pack import rule

    return {
        "rule": window.rule,
        "article": rule(window.rule).article,
        "zone": window.zone or None,
        "round": window.round or None,
        "since": _paris(window.since) if window.since.year > 1 else None,
        "until": _paris(window.until) if window.until.year < 9999 else None,
        "cause": window.cause,
    }


@app.command()
def status(
    election: Annotated[str, typer.Option("--election", help="The election, e.g. presidentielle-2027.")],
    zone: ZoneOption = None,
    at: Annotated[str | None, typer.Option("--at", help="ISO time with its offset. Default: now.")] = None,
    content: Annotated[
        list[Kind] | None, typer.Option("--content", help="What the content bears; repeat it.")
    ] = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Tell whether a content is frozen in the zones that it targets, by which article, until when."""
    from tractage.domain.law.calendar import rounds
    from tractage.domain.law.content import Content
    from tractage.domain.law.freeze import status as answer
    from tractage.domain.law.pack import ADVICE, rule
    from tractage.domain.law.windows import LAW
    from tractage.domain.law.zones import everywhere

    moment, zones = _time(at), tuple(zone or everywhere())
    kinds = tuple(content or [Kind.PROPAGANDA])
    found = answer(Content.of(*kinds), rounds(election), zones, moment)
    following = found.following
    document = {
        "frozen": found.frozen,
        "rules": list(found.rules),
        "since": _paris(found.since),
        "until": _paris(found.until),
        "election": election,
        "zones": list(zones),
        "content": [str(kind) for kind in kinds],
        "at": moment.isoformat(),
        "reasons": [_window(window) for window in found.reasons],
        "notices": [_window(window) for window in found.notices],
        "next": following and {"since": _paris(following.since), "until": _paris(following.until)},
        "advice": ADVICE,
    }
    if fmt is Format.JSON:
        print_json(document)
        return
    failures = {f"{window.cause}: {window.zone or 'none'}" for window in found.reasons if window.cause != LAW}
    why = [rule(name).article for name in found.rules] if not failures else sorted(failures)
    row = {**document, "why": ", ".join(why), "zones": " ".join(zones) if zone else "everywhere"}
    if fmt is Format.TABLE:
        row |= {"since": _short(_paris(found.since)), "until": _short(_paris(found.until))}
    else:
        row["rules"] = " ".join(found.rules)
    columns = ["frozen", "why" if fmt is Format.TABLE else "rules", "since", "until", "zones"]
    print_rows([row], columns, fmt, title=f"{election}, Paris time ({ADVICE})")


@app.command()
def calendar(
    election: ElectionArgument,
    zone: ZoneOption = None,
    ics: Annotated[Path | None, typer.Option("--ics", help="Write an iCalendar file instead.")] = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """List the legal dates of an election, or write them as an iCalendar file."""
    from tractage.domain.law.agenda import agenda
    from tractage.domain.law.calendar import election as known
    from tractage.domain.law.zones import zone as known_zone

    found = known(election)
    entries = agenda(found, [known_zone(name).id for name in zone or ()])
    if ics is not None:
        from tractage.domain.law.ics import ics as to_bytes

        _write(ics, to_bytes(found.fr, entries))
        typer.echo(f"{ics}: {len(entries)} entries")
        return
    rows: list[dict[str, Any]] = [
        {
            "since": _paris(entry.since),
            "until": _paris(entry.until),
            "rule": entry.rule,
            "round": entry.round or None,
            "title": entry.fr,
            "article": entry.article,
            "zones": " ".join(entry.zones),
        }
        for entry in entries
    ]
    columns = ["since", "until", "rule", "round", "title"]
    if fmt is not Format.TABLE:
        print_rows(rows, [*columns, "article", "zones"], fmt)
        return
    table = [{**row, "since": _short(row["since"]), "until": _short(row["until"])} for row in rows]
    print_rows(table, columns, fmt, title=f"{found.fr}, heure de Paris")


@app.command()
def plan(
    dissolution: Annotated[str, typer.Option("--dissolution", help="The day of the dissolution.")],
    first_round: Annotated[
        str | None, typer.Option("--first-round", help="The decreed Sunday. Default: the earliest.")
    ] = None,
    ics: Annotated[Path | None, typer.Option("--ics", help="Write an iCalendar file instead.")] = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Write the 20–40-day plan of a dissolution, with its legal dates."""
    from tractage.domain.law.plan import plan as make

    chosen = _day(first_round, "--first-round") if first_round else None
    found = make(_day(dissolution, "--dissolution"), chosen)
    if ics is not None:
        from tractage.domain.law.ics import plan_ics

        _write(ics, plan_ics(found))
        typer.echo(f"{ics}: {len(found.steps)} entries")
        return
    rows: list[dict[str, Any]] = [{**step._asdict(), "at": step.at.isoformat()} for step in found.steps]
    if fmt is Format.JSON:
        days = {"dissolution": found.dissolution, "first_round": found.first_round}
        document = {name: day.isoformat() for name, day in days.items()}
        document["second_round"] = found.second_round.isoformat()
        print_json({**document, "sundays": [day.isoformat() for day in found.sundays], "steps": rows})
        return
    sundays = ", ".join(day.isoformat() for day in found.sundays)
    if fmt is Format.TABLE:
        rows = [{**row, "at": _short(row["at"])} for row in rows]
    title = f"First round {found.first_round}, second {found.second_round}; possible Sundays: {sundays}"
    print_rows(rows, ["at", "kind", "fr", "article", "confidence"], fmt, title=title)


@app.command()
def rules(fmt: FormatOption = Format.TABLE) -> None:
    """List the rule pack: article, version, source, confidence, what the software does."""
    from tractage.domain.law.pack import rules as pack

    rows = [
        {
            "rule": rule.id,
            "article": rule.article,
            "version": rule.version.isoformat(),
            "confidence": rule.confidence,
            "does": rule.does,
            "source": rule.source,
            "fr": rule.fr,
            "en": rule.en,
        }
        for rule in pack().values()
    ]
    columns = ["rule", "article", "version", "confidence", "does"]
    print_rows(rows, columns if fmt is Format.TABLE else [*columns, "source", "fr", "en"], fmt)


def _write(path: Path, data: bytes) -> None:
    """Write a whole file or nothing: a temporary name beside it, then one rename."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
