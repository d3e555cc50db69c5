"""`tractage polls`."""

import typer

app = typer.Typer()
