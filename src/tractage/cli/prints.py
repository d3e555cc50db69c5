"""`tractage prints`."""

import typer

app = typer.Typer()
