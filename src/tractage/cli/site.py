"""`tractage demo | serve | worker | bot | doctor | backup | restore`."""

import os
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from tractage.cli.copies import backup, restore
from tractage.cli.doctor import doctor

LOOPBACK = "127.0.0.1"


def register(app: typer.Typer) -> None:
    """Add the commands of the running site to `app`."""
    app.command()(demo)
    app.command()(serve)
    app.command()(worker)
    app.command()(backup)
    app.command()(restore)
    app.command()(doctor)


def demo(
    no_serve: Annotated[bool, typer.Option("--no-serve", help="Prepare everything, then stop.")] = False,
    port: Annotated[
        int, typer.Option(help="Port of the site, on this machine only.", min=1, max=65535)
    ] = 8000,
    top: Annotated[int, typer.Option(help="How many of the closest seats get a kit.", min=1, max=577)] = 20,
    out: Annotated[Path, typer.Option(help="Folder of the database, the pictures and the site.")] = Path(
        "var"
    ),
    campaign: Annotated[
        Path | None,
        typer.Option(help="A campaign file (TOML) instead of the one that ships.", dir_okay=False),
    ] = None,
    as_of: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Replay this day with only what was known then."),
    ] = None,
    jobs: Annotated[int, typer.Option(help="Pictures drawn at once.", min=1)] = 2,
    new_passwords: Annotated[
        bool, typer.Option("--new-passwords", help="Give the two accounts new passwords.")
    ] = False,
) -> None:
    """The main job on the shipped results: rank the seats, draw their kit, release it, serve the site."""
    from tractage.cli.demo import prepare_demo
    from tractage.conf.server import check_port
    from tractage.conf.server import serve as serve_site

    if not no_serve:
        check_port(LOOPBACK, port)
    prepare_demo(out, campaign, as_of.date() if as_of else None, top, jobs, port, new_passwords)
    if not no_serve:
        from tractage.conf.worker import worker_beside

        with worker_beside():
            serve_site(LOOPBACK, port, workers=2)


def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = LOOPBACK,
    port: Annotated[int, typer.Option(help="Port to listen on.", min=1, max=65535)] = 8000,
    workers: Annotated[int, typer.Option(help="Processes.", min=1)] = 2,
    campaign: Annotated[
        Path | None, typer.Option(help="Load this campaign file first.", dir_okay=False)
    ] = None,
) -> None:
    """Serve the site; settings come from the environment (see docs/operator/settings.md)."""
    from tractage.conf.boot import bring_up_to_date, start_django
    from tractage.conf.server import check_port
    from tractage.conf.server import serve as serve_site

    check_port(host, port)
    os.environ.setdefault("TRACTAGE_SITE_URL", f"http://{LOOPBACK}:{port}")
    start_django()
    bring_up_to_date()
    if campaign:
        from tractage.hq.campaigns.campaign_file import read_campaign_file
        from tractage.hq.campaigns.services import load_campaign

        load_campaign(read_campaign_file(campaign))
    serve_site(host, port, workers)


def worker(
    once: Annotated[bool, typer.Option("--once", help="Run what waits, then stop.")] = False,
) -> None:
    """Do the work in the background: files of works, releases after a silence, tabs whose time is up."""
    from tractage.conf.boot import bring_up_to_date, start_django

    start_django()
    bring_up_to_date()
    from tractage.conf.worker import run_worker

    run_worker(once=once)
