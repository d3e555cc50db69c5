"""`tractage studio gif | edit | inspect`: what moves, and what a file says of its origin."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tractage.cli.output import Format, FormatOption, print_json, print_rows
from tractage.cli.progress import progress
from tractage.cli.studio import KitOption, app, late_progress, read_rows_file
from tractage.domain.errors import InputError

if TYPE_CHECKING:
    from tractage.domain.studio.moving import Frames

WIDEST = 800  # pixels of a GIF from a clip, unless another width is asked for
FASTEST = 25.0  # frames a second of a GIF from a clip, unless another rate is asked for


@app.command("gif")
def gif(
    source: Annotated[str, typer.Argument(help="An animated template, or a clip (MP4, MOV, WebM, GIF).")],
    out: Annotated[Path, typer.Option("--out", help="The file to write: .gif, .webp or .mp4.")],
    rows: Annotated[
        Path | None, typer.Option("--rows", help="A CSV; its first row fills the template.")
    ] = None,
    fmt: Annotated[str, typer.Option("--format", help="A template's format, e.g. discord-sticker.")] = "",
    fps: Annotated[
        float | None, typer.Option("--fps", min=1, max=50, help="Frames a second of a clip.")
    ] = None,
    width: Annotated[
        int | None, typer.Option("--width", min=16, max=1920, help="Width of a clip, pixels.")
    ] = None,
    begin: Annotated[float, typer.Option("--in", min=0, help="Where the clip begins, seconds.")] = 0.0,
    end: Annotated[float | None, typer.Option("--until", help="Where the clip ends, seconds.")] = None,
    ssim: Annotated[float, typer.Option("--ssim", min=0.5, max=1, help="Likeness wanted of a GIF.")] = 0.981,
    max_bytes: Annotated[
        int | None, typer.Option("--max-bytes", min=1000, help="A platform's limit.")
    ] = None,
    kit: KitOption = "atelier",
) -> None:
    """Make a GIF, an animated WebP or a silent MP4 from a template's animation or from a clip."""
    from tractage.domain.studio.gif import PASSES
    from tractage.domain.studio.manifest import write_file
    from tractage.domain.studio.moving import KINDS, encode_moving
    from tractage.domain.studio.template import template_names

    kind = out.suffix.lower().removeprefix(".")
    if kind not in KINDS:
        raise InputError(f"{out.name}: expected a name that ends in {', '.join('.' + k for k in KINDS)}")
    limit = None
    if source in template_names() or Path(source).is_dir():
        frames, rate, limit = _from_template(source, fmt, rows, kit)
    else:
        frames, rate = _from_clip(Path(source), fps, width, begin, end)
    smallest = min((size for size in (limit, max_bytes) if size), default=None)
    with progress(f"encode {out.name}", len(frames) * (PASSES if kind == "gif" else 1)) as advance:
        moving = encode_moving(frames, kind, fps=rate, max_bytes=smallest, target=ssim, progress=advance)
    write_file(out, moving.data)
    height, wide = frames.shape[1:3]
    likeness = f", SSIM {moving.ssim:.3f}" if moving.ssim is not None else ""
    what = f"{wide}×{height}, {moving.frames} frames at {rate:g}/s, {len(moving.data):,} bytes{likeness}"
    sys.stderr.write(f"{out}: {what}\n")


def _from_template(source: str, fmt: str, rows: Path | None, kit: str) -> "tuple[Frames, float, int | None]":
    from tractage.domain.studio.formats import find_format
    from tractage.domain.studio.kits import load_kit
    from tractage.domain.studio.moving import animate
    from tractage.domain.studio.template import load_template

    template = load_template(source)
    form = find_format(fmt or template.formats[0])
    row = read_rows_file(rows, template)[0] if rows else template.example()
    frames = animate(template, row, form, load_kit(kit), where="row 1")
    return frames, float(template.fps), form.max_bytes or None


def _from_clip(
    path: Path, fps: float | None, width: int | None, begin: float, end: float | None
) -> "tuple[Frames, float]":
    from tractage.adapters.media import MOVING, inspect_file, read_clip

    info = inspect_file(path, families=MOVING)
    if not info.animated or not info.width:
        raise InputError(f"{path.name}: expected a clip or an animated picture, found a still one")
    length = info.duration or 0.0
    native = (info.frames or 0) / length if length else FASTEST
    rate = fps or min(FASTEST, round(native, 3) or FASTEST)
    stop = min(end or length, length) if length else (end or 60.0)
    if stop <= begin:
        raise InputError(f"--in {begin:g}: expected less than the end of the clip, {stop:.2f} s")
    return read_clip(path, fps=rate, width=width or min(WIDEST, info.width), begin=begin, end=stop), rate


@app.command("edit")
def edit(
    decisions: Annotated[Path, typer.Argument(help="The decision list: TOML, or CSV with one cut a line.")],
    out: Annotated[Path, typer.Option("--out", help="The MP4 to write; .srt and .vtt stand beside it.")],
    kit: KitOption = "atelier",
    shape: Annotated[str, typer.Option("--shape", help="9:16, 1:1 or 16:9 instead of the list's own.")] = "",
) -> None:
    """Make a video from a decision list: cuts, speed, transitions, words, music, loudness, end card."""
    import dataclasses

    from tractage.adapters.edits import make_edit
    from tractage.domain.studio.edit.decisions import SIZES
    from tractage.domain.studio.edit.reading import read_edit
    from tractage.domain.studio.kits import load_kit
    from tractage.domain.studio.picture import renderer

    try:
        text = decisions.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise InputError(f"{decisions.name}: byte {error.start}: not UTF-8") from None
    plan = read_edit(text, decisions.name, decisions.parent)
    if shape:
        if shape not in SIZES:
            raise InputError(f"--shape: found {shape!r}, expected one of: {', '.join(SIZES)}")
        plan = dataclasses.replace(plan, shape=shape)
    with late_progress(f"edit {out.name}", plan.frames) as advance:
        made = make_edit(plan, out, load_kit(kit), renderer(), advance)
    beside = ", ".join(path.name for path in made.captions)
    sys.stderr.write(
        f"{made.video}: {made.seconds:.2f} s, {made.frames} frames{'; ' + beside if beside else ''}\n"
    )


@app.command("inspect")
def inspect(
    file: Annotated[Path, typer.Argument(help="A picture, GIF, video or PDF.")],
    trust: Annotated[
        Path | None, typer.Option("--trust", help="PEM certificates of authorities you trust.")
    ] = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Say what a file holds and what it says of its origin, and whether it was changed since."""
    import dataclasses

    from tractage.adapters.media import inspect_file
    from tractage.adapters.provenance import read_seal
    from tractage.adapters.provenance.apart import PDF, is_pdf, read_pdf_seal

    anchors = trust.read_bytes() if trust else b""
    facts: dict[str, object] = {"file": file.name}
    if is_pdf(file):
        seal = read_pdf_seal(file, anchors)
        facts |= {"kind": PDF, "bytes": file.stat().st_size}
    else:
        info = inspect_file(file)
        seal = read_seal(file.read_bytes(), info.mime, anchors)
        facts |= {"kind": info.mime, "bytes": info.bytes, "width": info.width, "height": info.height}
        facts["seconds"] = info.duration
    facts["provenance"] = seal.state if seal else "none"
    told = dataclasses.asdict(seal) if seal else {}
    told.pop("state", None)
    if fmt is Format.JSON:
        print_json(facts | told)
        return
    rows = [
        {"what": name, "value": "; ".join(value) if isinstance(value, list | tuple) else value}
        for name, value in (facts | told).items()
        if value not in (None, "", ())
    ]
    print_rows(rows, ("what", "value"), fmt)


@app.command("tags")
def tags(
    title: Annotated[str, typer.Argument(help="The work's title.")],
    places: Annotated[str, typer.Option("--places", help="Places, separated by commas.")] = "",
    hashtags: Annotated[str, typer.Option("--hashtags", help="Hashtags, separated by commas.")] = "",
) -> None:
    """Suggest tags for a GIF library, one a line, for a person to prune."""
    from tractage.domain.studio.gif_library import suggested_tags

    for tag in suggested_tags(title, places=places.split(","), hashtags=hashtags.split(",")):
        typer.echo(tag)


@app.command("giphy")
def giphy(
    file: Annotated[Path, typer.Argument(help="A GIF or MP4 whose rights are the community's.")],
    title: Annotated[str, typer.Option("--title", help="Its title.")],
    tags: Annotated[str, typer.Option("--tags", help="Tags, separated by commas.")],
    source: Annotated[str, typer.Option("--source", help="The work's public page (https).")],
    website: Annotated[str, typer.Option("--website", help="The campaign's site (https).")],
    originals: Annotated[int, typer.Option("--originals", min=0, help="Animated works the channel has.")] = 0,
    username: Annotated[
        str, typer.Option("--username", help="The channel, once the library approved it.")
    ] = "",
    endpoint: Annotated[str, typer.Option("--endpoint", help="Another address of the same protocol.")] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Upload without asking again.")] = False,
) -> None:
    """Check a work against a GIF library's list; then, if you say yes, upload it to your own channel."""
    import os

    from tractage.adapters.gif_library import ENDPOINT, upload
    from tractage.adapters.media import MOVING, inspect_file
    from tractage.domain.studio.gif_library import Animation, checklist, read_tags

    info = inspect_file(file, families=MOVING)
    seconds = (info.duration or 0.1) if info.animated else 0.0
    animation = Animation(info.mime, info.bytes, seconds, title, read_tags(tags.split(",")), source)
    points = checklist(animation, originals=originals, website=website)
    rows = [
        {"point": p.asked, "holds": "yes" if p.holds else "no", "to do": "" if p.holds else p.remedy}
        for p in points
    ]
    print_rows(rows, ("point", "holds", "to do"), Format.TABLE, "Checklist")
    blocking = [point for point in points[:6] if not point.holds]
    if blocking:
        raise InputError(f"{file.name}: {blocking[0].asked}: {blocking[0].remedy}")
    if not yes and not typer.confirm("Upload this file to the community's channel now?"):
        typer.echo("Nothing was sent.")
        return
    key = os.environ.get("TRACTAGE_GIPHY_KEY", "")
    done = upload(file, animation, key, username=username, endpoint=endpoint or ENDPOINT)
    typer.echo(f"uploaded: {done.id}")
