"""`tractage demo | serve | worker | bot | doctor | backup | restore`."""

import typer


def register(app: typer.Typer) -> None:
    """Add the commands of the running site to `app`."""
