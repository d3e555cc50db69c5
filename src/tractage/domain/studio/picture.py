"""One work: a template filled with a row, drawn in one format, encoded within its limits."""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from PIL import Image

from tractage.domain.errors import TractageError
from tractage.domain.studio.compose import SMALLEST, compose, unit
from tractage.domain.studio.formats import Format
from tractage.domain.studio.kits import Kit
from tractage.domain.studio.press import print_pdf
from tractage.domain.studio.renderer import Page, Renderer
from tractage.domain.studio.setting import fit
from tractage.domain.studio.template import Template

IMPRINT = "imprime"
QUALITIES = (92, 86, 80, 74, 68, 60)


class ExportRefusedError(TractageError):
    """No encoding of the work respects the limit of its platform."""


@dataclass(frozen=True)
class Work:
    """The bytes of one export and what they are."""

    data: bytes
    type: str
    width: int
    height: int


@cache
def renderer() -> Renderer:
    """Return the renderer in use, its fonts registered, once per process."""
    from tractage.domain.studio.blitz import BlitzRenderer

    return BlitzRenderer()


Pages = dict[str, Page]
"""Pages of one row that are laid out, by their HTML: two formats of one size share theirs."""


def lay_out(
    engine: Renderer,
    template: Template,
    row: Mapping[str, str],
    fmt: Format,
    kit: Kit,
    where: str = "row",
    pages: Pages | None = None,
) -> tuple[Page, str]:
    """Return the page of a work, its texts fitted, and its HTML; a page in `pages` is taken as it is."""
    html = compose(engine, template, row, fmt, kit, where)
    page = pages.get(html) if pages is not None else None
    if page is None:
        page = engine.open(html, fmt.width, fmt.height, transparent=template.transparent)
        fit(page, html, SMALLEST * unit(fmt.width, fmt.height))
        if pages is not None:
            pages[html] = page
    return page, html


def render_work(
    template: Template,
    row: Mapping[str, str],
    fmt: Format,
    kit: Kit,
    *,
    engine: Renderer | None = None,
    where: str = "row",
    pages: Pages | None = None,
) -> Work:
    """Return the work that `row` makes of `template` in `fmt`: same arguments, same bytes.

    Raises InputError when the row does not fill the template, ExportRefusedError when no encoding fits the
    platform's limit of bytes, or a work for paper has no imprint.
    """
    if fmt.print and not str(template.read(row, kit, where).get(IMPRINT, "")).strip():
        raise ExportRefusedError(
            f"{where}: {fmt.name}: printed matter names its printer (loi du 29 juillet 1881, art. 3): "
            f"fill {IMPRINT!r}, or give the kit an imprint such as « Imprimé par nos soins »"
        )
    page, _ = lay_out(engine or renderer(), template, row, fmt, kit, where, pages)
    if fmt.type == "png":
        data = page.png(template.still)
        if not fmt.max_bytes or len(data) <= fmt.max_bytes:
            return Work(data, "png", fmt.width, fmt.height)
    image = _read(page, template.still)
    if fmt.print:
        return Work(print_pdf(image, fmt, template.title), "pdf", fmt.width, fmt.height)
    return Work(encode(image, fmt), fmt.type, fmt.width, fmt.height)


def draw_work(
    template: Template,
    row: Mapping[str, str],
    fmt: Format,
    kit: Kit,
    *,
    engine: Renderer | None = None,
    where: str = "row",
) -> Image.Image:
    """Return the work as a picture in RGBA, not encoded."""
    page, _ = lay_out(engine or renderer(), template, row, fmt, kit, where)
    return _read(page, template.still)


def _read(page: Page, time: float) -> Image.Image:
    return Image.frombuffer("RGBA", (page.width, page.height), page.rgba(time), "raw", "RGBA", 0, 1)


def encode(image: Image.Image, fmt: Format) -> bytes:
    """Return a still picture in the type of `fmt`, re-encoded until it is within its limit of bytes.

    Raises ExportRefusedError with the format, the size reached and the limit.
    """
    data = b""
    for quality in QUALITIES:
        data = _encode(image, fmt.type, quality)
        if not fmt.max_bytes or len(data) <= fmt.max_bytes:
            return data
    raise ExportRefusedError(
        f"format {fmt.name}: {len(data):,} bytes at the lowest quality, "
        f"{fmt.platform} takes at most {fmt.max_bytes:,}"
    )


def _encode(image: Image.Image, kind: str, quality: int) -> bytes:
    out = io.BytesIO()
    match kind:
        case "jpeg":
            sampling = 0 if quality > 80 else 2
            image.convert("RGB").save(out, "JPEG", quality=quality, subsampling=sampling)
        case "webp":
            image.save(out, "WEBP", quality=quality, method=4)
        case "png" if quality == QUALITIES[0]:
            image.save(out, "PNG", compress_level=6)
        case "png":
            colours = max(16, 256 * (quality - 50) // 42)
            image.quantize(colours, Image.Quantize.FASTOCTREE).save(out, "PNG", compress_level=9)
        case _:
            raise ExportRefusedError(f"a still picture is no {kind}: use `tractage studio gif`")
    return out.getvalue()
