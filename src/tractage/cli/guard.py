"""`tractage guard`: rules on messages and events."""

import gc
import sys
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tractage.domain.errors import InputError

if TYPE_CHECKING:
    from tractage.domain.guard.rules import Rules

app = typer.Typer()

RulesOption = Annotated[
    Path | None, typer.Option("--rules", help="The rules (TOML); without it, the rules that ship.")
]


class Scenario(StrEnum):
    """What the simulator can play."""

    RAID = "raid"
    SURGE = "surge"
    QUIET = "quiet"


@app.command()
def check(rules: RulesOption = None) -> None:
    """Judge the messages of standard input (JSON lines) and print one verdict for each."""
    from tractage.domain.guard.check import Checker
    from tractage.domain.guard.lines import read_message, read_records, write_checked

    checker = Checker(_read_rules(rules))
    if sys.stdin.isatty():
        raise InputError("no messages on standard input: tractage guard check --rules FILE < messages.jsonl")
    _speak_utf8()
    _leave_rules_alone()
    for where, record in read_records(sys.stdin.buffer, "messages"):
        checked = checker.check(read_message(record, where))
        sys.stdout.write(write_checked(checked, record["id"]))
    sys.stdout.flush()


@app.command()
def replay(
    events: Annotated[
        Path, typer.Argument(help="Joins, departures and messages (JSON lines), in order of time.")
    ],
    rules: RulesOption = None,
) -> None:
    """Play recorded events through the guard and print its decisions with their evidence (JSON lines)."""
    from tractage.domain.guard.event_lines import read_events, write_decision
    from tractage.domain.guard.patrol import Patrol

    patrol = Patrol(_read_rules(rules))
    _speak_utf8()
    _leave_rules_alone()
    for event in read_events(_lines(events), str(events)):
        for decision in patrol.see(event):
            sys.stdout.write(write_decision(decision))
    for decision in patrol.settle():
        sys.stdout.write(write_decision(decision))
    sys.stdout.flush()


@app.command()
def simulate(
    scenario: Annotated[Scenario, typer.Argument(help="A raid, a surge of real people, or a quiet day.")],
    seed: Annotated[int, typer.Option(help="The same seed gives the same events.")] = 0,
) -> None:
    """Print invented events (JSON lines) to try `replay` on."""
    from tractage.domain.guard import simulator
    from tractage.domain.guard.event_lines import write_event

    scenes = {
        Scenario.RAID: simulator.raid(seed),
        Scenario.SURGE: simulator.surge(seed),
        Scenario.QUIET: simulator.quiet_day(seed),
    }
    _speak_utf8()
    for event in scenes[scenario].events:
        sys.stdout.write(write_event(event))
    sys.stdout.flush()


def _lines(path: Path) -> Iterator[bytes]:
    """Yield the lines of a file, with a progress bar where somebody looks on."""
    from tractage.cli.progress import progress

    if path.is_dir():
        raise InputError(f"{path}: is a folder, expected a file of events")
    with path.open("rb") as file:
        if not sys.stderr.isatty() or sys.stdout.isatty():
            yield from file
            return
        with progress("Playing events", path.stat().st_size) as advance:
            for line in file:
                yield line
                advance(len(line))


def _read_rules(path: Path | None) -> "Rules":
    from tractage.domain.guard.rules import default_rules, read_rules

    if path is None:
        return default_rules()
    if path.is_dir():
        raise InputError(f"{path}: is a folder, expected a rules file")
    try:
        return read_rules(path.read_text("utf-8"), str(path))
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not UTF-8 at byte {error.start + 1}") from None


def _speak_utf8() -> None:
    """Write JSON in UTF-8 whatever the locale says."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")


def _leave_rules_alone() -> None:
    """Take rules and lexicon out of Python's search for garbage, which holds a message up for 45 ms."""
    gc.collect()
    gc.freeze()
