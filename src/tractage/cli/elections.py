"""`tractage elections`."""

import typer

app = typer.Typer()
