"""`tractage law`."""

import typer

app = typer.Typer()
