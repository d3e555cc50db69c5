"""Previews: a template's example in each of its formats, on one picture."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from PIL import Image

from tractage.domain.studio.contrast import channels
from tractage.domain.studio.formats import find_format
from tractage.domain.studio.kits import DEFAULT, Kit
from tractage.domain.studio.manifest import write_file
from tractage.domain.studio.picture import draw_work
from tractage.domain.studio.template import Template

_GAP, _TALL, _CLEAR = 12, 340, "#6B5F78"


def write_preview(template: Template, kit: Kit) -> Path:
    """Write `preview.webp` in the template's folder and return its path."""
    data = io.BytesIO()
    contact_strip(template, kit, _TALL).save(data, "WEBP", quality=72, method=6)
    write_file(template.folder / "preview.webp", data.getvalue())
    return template.folder / "preview.webp"


def contact_strip(template: Template, kit: Kit, tall: int, names: Iterable[str] = ()) -> Image.Image:
    """Return the template's example in each format, side by side, at most `tall` pixels high.

    `names` are the formats drawn; all that are not for paper when it is empty. What is transparent stands on
    a grey that no kit has.
    """
    wanted = [find_format(name) for name in names or template.formats]
    row = template.example()
    if kit.slug != DEFAULT:  # the kit signs in its own name
        row = {name: text for name, text in row.items() if not template.fields[name].from_kit}
    pictures = []
    for fmt in wanted:
        if fmt.print and not names:
            continue
        drawn = draw_work(template, row, replace(fmt, type="png"), kit)
        ground = Image.new("RGBA", drawn.size, (*channels(_CLEAR), 255))
        ground.alpha_composite(drawn)
        scale = min(1.0, tall / ground.height)
        size = (round(ground.width * scale), round(ground.height * scale))
        pictures.append(ground.convert("RGB").resize(size, Image.Resampling.LANCZOS))
    wide = sum(picture.width + _GAP for picture in pictures) + _GAP
    sheet = Image.new("RGB", (wide, tall + 2 * _GAP), channels(kit.colours["papier"]))
    x = _GAP
    for picture in pictures:
        sheet.paste(picture, (x, _GAP + (tall - picture.height) // 2))
        x += picture.width + _GAP
    return sheet


def contact_sheet(templates: Sequence[Template], kit: Kit, wide: int, tall: int) -> Image.Image:
    """Return every template's example in every format of the screen, one row each, `wide` pixels wide.

    Rows are `tall` pixels high at most; two short rows share a line.
    """
    strips = [contact_strip(template, kit, tall) for template in templates]
    placed: list[tuple[int, int, Image.Image]] = []
    x, y, line = 0, 0, 0
    for strip in strips:
        scale = min(1.0, wide / strip.width)
        shown = strip.resize(
            (round(strip.width * scale), round(strip.height * scale)), Image.Resampling.LANCZOS
        )
        if x and x + shown.width > wide:
            x, y, line = 0, y + line, 0
        placed.append((x, y, shown))
        x, line = x + shown.width, max(line, shown.height)
    sheet = Image.new("RGB", (wide, y + line), channels(kit.colours["papier"]))
    for left, top, strip in placed:
        sheet.paste(strip, (left, top))
    return sheet
