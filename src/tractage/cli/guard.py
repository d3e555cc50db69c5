"""`tractage guard`."""

import typer

app = typer.Typer()
