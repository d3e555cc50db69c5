"""`tractage reach`."""

import typer

app = typer.Typer()
