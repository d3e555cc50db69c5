"""`tractage bot`: run the community's Discord bot; `plan` and `apply` its server's layout."""

from typing import Annotated

import typer

from tractage.cli.output import Format, FormatOption, print_rows

app = typer.Typer(invoke_without_command=True, no_args_is_help=False)
COLUMNS = ("do", "kind", "key", "name", "detail")


@app.callback()
def bot(context: typer.Context) -> None:
    """Run the bot until it is stopped; a lost connection is opened again."""
    if context.invoked_subcommand is None:
        _start()
        from tractage.conf.bot import run_bot

        run_bot()


@app.command()
def run() -> None:
    """Run the bot until it is stopped; a lost connection is opened again."""
    _start()
    from tractage.conf.bot import run_bot

    run_bot()


@app.command()
def plan(fmt: FormatOption = Format.TABLE) -> None:
    """Print the roles, channels and AutoMod rules that `apply` would make; with a token, the difference."""
    _start()
    from tractage.conf.bot import plan_server

    print_rows(plan_server(), COLUMNS, fmt, "Discord")


@app.command()
def apply(
    fmt: FormatOption = Format.TABLE,
    quiet: Annotated[bool, typer.Option("--quiet", help="Say nothing while it works.")] = False,
) -> None:
    """Make what the plan says; what people made on the server is used as it is and never removed."""
    _start()
    from tractage.conf.bot import apply_server

    def tell(row: dict[str, str]) -> None:
        if not quiet and row["do"] != "keep":
            typer.echo(f"{row['do']} {row['kind']} {row['name']}", err=True)

    print_rows(apply_server(tell), COLUMNS, fmt, "Discord")


def _start() -> None:
    from tractage.conf.boot import bring_up_to_date, start_django

    start_django()
    bring_up_to_date()
