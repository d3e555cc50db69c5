"""`tractage studio`."""

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tractage.cli.output import Format, FormatOption, print_json, print_rows
from tractage.cli.progress import progress

if TYPE_CHECKING:
    from tractage.domain.studio.template import Template

app = typer.Typer()

TemplateArgument = Annotated[str, typer.Argument(help="A template's name, or its folder.")]
KitOption = Annotated[str, typer.Option("--kit", help="A brand kit: its name, or a TOML file.")]
RowsOption = Annotated[
    Path, typer.Option("--rows", help="A CSV whose header names the template's fields; `id` names the files.")
]


@app.command("list")
def list_templates(fmt: FormatOption = Format.TABLE) -> None:
    """List the templates, with their fields and formats."""
    from tractage.domain.studio.template import load_template, template_names

    rows = []
    for name in template_names():
        template = load_template(name)
        rows.append(
            {
                "template": name,
                "title": template.title,
                "formats": " ".join(template.formats),
                "fields": " ".join(template.fields),
                "licence": template.licence,
            }
        )
    columns = ("template", "title", "formats", "fields", "licence")
    print_rows(rows, columns if fmt is not Format.TABLE else columns[:3], fmt, "Templates")


@app.command("formats")
def list_formats(fmt: FormatOption = Format.TABLE) -> None:
    """List the formats: where they go, size, limits, safe area, source and date."""
    from tractage.domain.studio.formats import formats

    rows = [
        {
            "format": one.name,
            "platform": one.platform,
            "placement": one.placement,
            "size": f"{one.width}×{one.height}",
            "ratio": one.ratio,
            "type": one.type,
            "max_bytes": one.max_bytes,
            "max_seconds": one.max_seconds,
            "safe": " ".join(map(str, one.safe)),
            "source": one.source,
            "checked": one.checked.isoformat(),
            "confidence": one.confidence,
        }
        for one in formats().values()
    ]
    columns = tuple(rows[0])
    print_rows(rows, columns if fmt is not Format.TABLE else columns[:7], fmt, "Formats")


@app.command("render")
def render(
    template: TemplateArgument,
    rows: RowsOption,
    out: Annotated[Path, typer.Option("--out", help="The folder of the works and of manifest.json.")],
    formats: Annotated[str, typer.Option("--formats", help="Formats, separated by commas.")] = "portrait",
    jobs: Annotated[int, typer.Option("--jobs", min=1, max=64, help="How many processes draw.")] = 1,
    kit: KitOption = "atelier",
) -> None:
    """Draw every row of a CSV in every format; a run that was cut resumes where it stopped."""
    from tractage.domain.studio.batch import render_rows
    from tractage.domain.studio.kits import load_kit
    from tractage.domain.studio.template import load_template

    model = load_template(template)
    table, names = read_rows_file(rows, model), _names(formats)
    _warn_of_paper(model, table[0], names, kit)
    with late_progress(model.name, len(table) * len(names)) as advance:
        run = render_rows(model, table, names, out, kit=load_kit(kit), jobs=jobs, progress=advance)
    sys.stderr.write(f"{run.made} drawn, {run.kept} already there: {run.manifest}\n")


@app.command("check")
def check(
    template: TemplateArgument,
    rows: Annotated[
        Path | None, typer.Option("--rows", help="Check these rows too, not the example alone.")
    ] = None,
    formats: Annotated[
        str, typer.Option("--formats", help="Formats to check; all of the template's when empty.")
    ] = "",
    kit: KitOption = "atelier",
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Refuse a template whose text overflows, overlaps or cannot be read, and name the element."""
    from tractage.domain.studio.check import check_template
    from tractage.domain.studio.kits import load_kit
    from tractage.domain.studio.template import load_template

    model = load_template(template)
    table = read_rows_file(rows, model) if rows else []
    names = _names(formats) if formats else list(model.formats)
    with progress(f"check {model.name}", (1 + len(table)) * len(names)) as advance:
        found = check_template(model, load_kit(kit), names, table, advance)
    _say_findings(model, found, fmt)


def _say_findings(model: "Template", found: list, fmt: Format) -> None:  # type: ignore[type-arg]
    if fmt is Format.TABLE:
        for finding in found:
            typer.echo(str(finding))
    else:
        items = [
            {
                "refused": one.refused,
                "rule": one.rule,
                "element": one.element,
                "message": one.message,
                "where": one.where,
            }
            for one in found
        ]
        if fmt is Format.JSON:
            print_json(items)
        else:
            print_rows(items, ("refused", "rule", "element", "message", "where"), fmt)
    refused = sum(one.refused for one in found)
    sys.stderr.write(f"{model.name}: {refused} refused, {len(found) - refused} warned\n")
    if refused:
        raise typer.Exit(2)


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]


def read_rows_file(path: Path, template: "Template") -> list[dict[str, str]]:
    """Read a CSV; the pictures that it names lie beside it."""
    from tractage.domain.errors import InputError
    from tractage.domain.studio.rows import read_rows

    try:
        rows = read_rows(path.read_text("utf-8"), str(path))
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: byte {error.start}: not UTF-8; save the CSV as UTF-8") from error
    pictures = [name for name, field in template.fields.items() if field.type == "picture"]
    for row in rows:
        row.update({name: str(path.parent / row[name]) for name in pictures if row.get(name)})
    return rows


def _warn_of_paper(template: "Template", row: dict[str, str], names: list[str], kit: str) -> None:
    """Say what the rules of print find in the first row; what they refuse stops the command."""
    from tractage.domain.studio.check import check_work
    from tractage.domain.studio.formats import find_format
    from tractage.domain.studio.kits import load_kit

    for fmt in (find_format(name) for name in names):
        found = check_work(template, row, fmt, load_kit(kit), where="row 1") if fmt.print else []
        for finding in found:
            sys.stderr.write(f"{finding}\n")
        if any(finding.refused for finding in found):
            raise typer.Exit(2)


@contextmanager
def late_progress(label: str, total: int) -> Iterator[Callable[[int], None]]:
    """A bar that appears with the first step, so that a wrong row is told in one line alone."""
    with ExitStack() as stack:
        steps: list[Callable[[int], None]] = []

        def advance(step: int) -> None:
            if not steps:
                steps.append(stack.enter_context(progress(label, total)))
            steps[0](step)

        yield advance


@app.command("print")
def print_works(
    template: TemplateArgument,
    rows: RowsOption,
    out: Annotated[Path, typer.Option("--out", help="The PDF to write.")],
    paper: Annotated[str, typer.Option("--format", help="a4, a3, a2, 24x36, or planche9 for cards.")] = "a4",
    kit: KitOption = "atelier",
) -> None:
    """Write every row into one PDF with bleed, trim box and crop marks; planche9 sets nine cards a sheet."""
    from tractage.domain.studio.formats import find_format
    from tractage.domain.studio.kits import load_kit
    from tractage.domain.studio.sheets import print_rows as print_pages
    from tractage.domain.studio.template import load_template

    model, fmt, brand = load_template(template), find_format(paper), load_kit(kit)
    table = read_rows_file(rows, model)
    _warn_of_paper(model, table[0], [paper], kit)
    with progress(f"print {model.name}", len(table)) as advance:
        pages = print_pages(model, table, fmt, out, kit=brand, progress=advance)
    sys.stderr.write(f"{pages} pages: {out}\n{REMINDER}\n")


REMINDER = (
    "Official posters have their own number, places and size (Code électoral, art. L51, R26, R28, R29): "
    "this is not one."
)


@app.command("new")
def new(
    name: Annotated[str, typer.Argument(help="The new template's name: small letters, digits, dashes.")],
    folder: Annotated[Path, typer.Option("--in", help="Where its folder is made.")] = Path(),
) -> None:
    """Make a template that passes every check, to be changed from there."""
    from tractage.domain.studio.scaffold import new_template

    made = new_template(name, folder)
    typer.echo(f"{made}: now edit template.html, then: tractage studio check {made}")


@app.command("preview")
def preview(template: TemplateArgument, kit: KitOption = "atelier") -> None:
    """Draw the example of a template in every format of the screen and write preview.webp in its folder."""
    from tractage.domain.studio.kits import load_kit
    from tractage.domain.studio.preview import write_preview
    from tractage.domain.studio.template import load_template

    typer.echo(str(write_preview(load_template(template), load_kit(kit))))


@app.command("sheet")
def sheet(
    out: Annotated[Path, typer.Option("--out", help="The WebP or PNG to write.")],
    kit: KitOption = "atelier",
) -> None:
    """Draw a contact sheet: every template that ships, in every format of the screen."""
    import io

    from tractage.domain.studio.kits import load_kit
    from tractage.domain.studio.manifest import write_file
    from tractage.domain.studio.preview import contact_sheet
    from tractage.domain.studio.template import load_template, template_names

    data = io.BytesIO()
    drawn = contact_sheet([load_template(name) for name in template_names()], load_kit(kit), 2300, 262)
    drawn.save(data, "PNG" if out.suffix == ".png" else "WEBP", quality=78, method=6)
    write_file(out, data.getvalue())
    typer.echo(str(out))


@app.command("photo")
def photo(
    source: Annotated[Path, typer.Argument(help="A PNG, JPEG or WebP photo whose rights are cleared.")],
    out: Annotated[Path, typer.Option("--out", help="The PNG to write.")],
    style: Annotated[str, typer.Option("--style", help="deux-tons or trame.")] = "deux-tons",
    paper: Annotated[str, typer.Option("--paper", help="A colour of the kit.")] = "canari",
    kit: KitOption = "atelier",
) -> None:
    """Prepare a photo in the inks of a kit, without its metadata, for a template's `photo` field."""
    import io

    from tractage.domain.studio.kits import load_kit
    from tractage.domain.studio.manifest import write_file
    from tractage.domain.studio.photo import prepare_photo

    data = io.BytesIO()
    prepare_photo(source, load_kit(kit), style, paper).save(data, "PNG")
    write_file(out, data.getvalue())
    typer.echo(str(out))
