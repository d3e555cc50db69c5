"""`tractage pivots`."""

import typer

app = typer.Typer()
