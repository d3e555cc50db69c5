"""`tractage studio`."""

import typer

app = typer.Typer()
