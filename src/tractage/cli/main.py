"""Entry point of the `tractage` command: mounts one noun per module and turns errors into one line."""

import importlib
import os
import sys
from typing import Annotated

import typer
from typer._click.exceptions import NoArgsIsHelpError, UsageError

from tractage import __version__
from tractage.cli.mistakes import file_line, is_mistake, usage_line
from tractage.domain.errors import TractageError

NOUNS = {
    "elections": "Official results: list, build, fetch, show.",
    "pivots": "The seats that can swing: observed, expected, backtest.",
    "law": "Electoral silence and other rules: status, calendar, plan.",
    "studio": "Works from templates: list, check, render, gif, edit, print.",
    "prints": "Find a work again: add, match.",
    "guard": "Moderation rules on messages and events: check, replay.",
    "bot": "The community's Discord bot: run, plan and apply its server.",
    "radar": "Coordinated behaviour in posts: detect, simulate, explain.",
    "reach": "An honest estimate of what was seen.",
    "polls": "Polls: trend.",
    "exchange": "Briefs and works between communities: key, export, import.",
}

ALONE = frozenset({"bot"})
"""Nouns that do something without a verb."""

app = typer.Typer(
    name="tractage",
    help="The open-source headquarters of a volunteer digital campaign.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(value: bool) -> None:
    if value:
        typer.echo(f"tractage {__version__}")
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Coordinate the means, never the posts."""


def mount(only: str = "") -> typer.Typer:
    """Add every noun and the site's own commands to the command, each once; `only` one noun starts sooner."""
    there = {group.name for group in app.registered_groups}
    for noun, summary in NOUNS.items():
        if noun in there or (only in NOUNS and noun != only):
            continue
        module = importlib.import_module(f"tractage.cli.{noun}")
        app.add_typer(module.app, name=noun, help=summary, no_args_is_help=noun not in ALONE)
        if noun == "studio":
            importlib.import_module("tractage.cli.studio_moving")
    if only not in NOUNS and not app.registered_commands:
        importlib.import_module("tractage.cli.site").register(app)
    return app


def run() -> None:
    """Run the command; a user's mistake is one line on standard error, never a stack trace."""
    try:
        sys.exit(mount("".join(sys.argv[1:2]))(prog_name="tractage", standalone_mode=False))
    except NoArgsIsHelpError as error:
        error.show()
        sys.exit(error.exit_code)
    except UsageError as error:
        sys.stderr.write(usage_line(error, sys.argv[1:]) + "\n")
        sys.exit(error.exit_code)
    except typer.Abort:
        sys.exit(_say("given up: nothing was done", 1))
    except TractageError as error:
        sys.exit(_say(str(error), error.exit_code))
    except ModuleNotFoundError as error:
        sys.exit(_say(f"this command needs the package {error.name!r}: pip install 'tractage[all]'", 1))
    except KeyboardInterrupt:
        sys.exit(_say("interrupted: nothing half-written was left behind", 130))
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except OSError as error:
        sys.exit(_say(file_line(error), 2 if is_mistake(error) else 1))


def _say(message: str, code: int) -> int:
    sys.stderr.write(f"tractage: {message}\n")
    return code


if __name__ == "__main__":
    run()
