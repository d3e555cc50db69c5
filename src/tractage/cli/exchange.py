"""`tractage exchange`: give missions and works to a partner community, and bring in theirs."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tractage.cli.output import Format, FormatOption, print_rows
from tractage.domain.errors import InputError

if TYPE_CHECKING:
    from tractage.hq.campaigns.models import Campaign

app = typer.Typer()


@app.command()
def key() -> None:
    """Print this instance's public key: give it to partners by another way than the export."""
    _campaign()
    from tractage.hq.exchange.exporting import own_key

    typer.echo(own_key())


@app.command()
def export(
    file: Annotated[Path, typer.Argument(help="Where to write the signed export.", dir_okay=False)],
    files: Annotated[
        bool, typer.Option("--files/--no-files", help="With the files of the works, or only their names.")
    ] = True,
) -> None:
    """Write the open missions and the released works, signed, into one JSON file."""
    campaign = _campaign()
    from tractage.conf.prepare import write_whole
    from tractage.hq.exchange.exporting import export_document

    document = export_document(campaign, with_files=files)
    write_whole(file, json.dumps(document, ensure_ascii=False, sort_keys=True).encode("utf-8"))
    said = f"{len(document['briefs'])} briefs, {len(document['works'])} works"
    typer.echo(f"{said}, {len(document['recalled'])} recalled: written to {file}")


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="A signed export of another community.")],
    trust: Annotated[
        str, typer.Option("--trust", help="The community's public key; once given, it is remembered.")
    ] = "",
    only: Annotated[
        list[str] | None, typer.Option("--only", help="Take this key alone; can be repeated.")
    ] = None,
    preview: Annotated[bool, typer.Option("--preview", help="Check and list; take nothing.")] = False,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Check an export and bring in what it holds: missions as drafts, works for the reviewers."""
    campaign = _campaign()
    from django.utils.translation import override

    from tractage.adapters.exchange import read_document
    from tractage.hq.exchange.services import receive, take
    from tractage.hq.people.refusals import Refused

    document = read_document(_read(file))
    columns = ["kind", "key", "title", "outcome", "reason"]
    with override("en"):
        try:
            peer = receive(None, campaign, document, trust)
        except Refused as refusal:
            raise InputError(f"{file}: {refusal}") from None
        if preview:
            listed = [("brief", one.key, one.title) for one in document.briefs]
            listed += [("work", one.key, one.title) for one in document.works]
            rows = [dict(zip(columns, one, strict=False)) for one in listed]
        else:
            taken = take(None, peer, document, set(only) if only else None)
            rows = [asdict(one) | {"kind": str(one.kind), "outcome": one.outcome.value} for one in taken]
    title = f"{document.name}, export of {document.exported_at:%Y-%m-%d %H:%M}"
    print_rows(rows, columns, fmt, title=title)
    if document.recalled:
        typer.echo(f"withdrawn there: {', '.join(one.key for one in document.recalled)}", err=True)


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise InputError(f"{file}: cannot be read ({error.strerror})") from None


def _campaign() -> "Campaign":
    from tractage.conf.boot import bring_up_to_date, start_django

    start_django()
    bring_up_to_date()
    from tractage.hq.campaigns.selectors import current_campaign

    campaign = current_campaign()
    if campaign is None:
        raise InputError("no campaign is loaded: run tractage demo, or tractage serve --campaign FILE, first")
    return campaign
