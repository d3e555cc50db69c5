"""The command reference: `python -m tractage.cli.reference > docs/user/commands.md`."""

import sys
from collections.abc import Iterator
from typing import Any

import typer.main

from tractage.cli.main import mount


def reference() -> str:
    """Return docs/user/commands.md: every command with its arguments and options."""
    root = typer.main.get_command(mount())
    lines = [
        "# The `tractage` command",
        "",
        "Written from the command itself; `tractage NOUN VERB --help` says the same.",
        "",
    ]
    for path, command in _walk(root, ("tractage",)):
        lines += [f"## `{' '.join(path)}`", "", _first_paragraph(command.help), ""]
        rows = [row for parameter in command.params if (row := _row(parameter))]
        if rows:
            lines += ["| | |", "|---|---|", *rows, ""]
    return "\n".join(lines).rstrip() + "\n"


def _walk(command: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
    children = getattr(command, "commands", None)
    if children is None:
        yield path, command
        return
    for name in sorted(children):
        yield from _walk(children[name], (*path, name))


def _row(parameter: Any) -> str:
    if parameter.name == "help":
        return ""
    option = parameter.param_type_name == "option"
    name = ", ".join(parameter.opts) if option else parameter.name.upper()
    summary = (getattr(parameter, "help", None) or "").replace("|", "\\|").replace("\n", " ")
    return f"| `{name}` | {summary} |"


def _first_paragraph(text: str | None) -> str:
    return " ".join((text or "").split("\n\n")[0].split())


if __name__ == "__main__":
    sys.stdout.write(reference())
