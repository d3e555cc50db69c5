"""`tractage radar`."""

import typer

app = typer.Typer()
