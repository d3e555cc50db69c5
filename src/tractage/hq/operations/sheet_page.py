"""Set a briefing sheet on A4: blocks flow from page to page, drawn by the studio's engine, kept in a PDF."""

import io
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

import jinja2
import pikepdf
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup
from pikepdf import Array, Dictionary, Name

from tractage.domain.studio.blitz import BlitzRenderer
from tractage.domain.studio.kits import Kit
from tractage.domain.studio.press import POINTS_PER_MM
from tractage.domain.studio.typography import raised

PAPER_MM = (210.0, 297.0)
WIDTH, HEIGHT = 1654, 2339
"""A4 at 200 dots an inch: small print stays sharp on a home printer."""
UNIT = WIDTH / 124
TOP, LOW = 9.5 * UNIT, 4.4 * UNIT


@dataclass(frozen=True)
class SheetText:
    """What stands on every page: head left and right, foot, language, title of the file."""

    title: str
    head: tuple[str, str]
    foot: str
    language: str = "fr"


@cache
def environment() -> ImmutableSandboxedEnvironment:
    """The sheet's two templates; every text is escaped, then set as French printing sets it."""
    folder = files("tractage.hq.operations") / "shipped"
    sources = {name: (folder / name).read_text("utf-8") for name in ("fiche.html", "fiche_blocs.html")}
    found = ImmutableSandboxedEnvironment(
        loader=jinja2.DictLoader(sources), autoescape=True, undefined=jinja2.StrictUndefined
    )
    found.filters["fr"] = raised
    return found


def pieces(kit: Kit) -> Any:
    """The macros that make blocks, in the kit's colours."""
    return environment().get_template("fiche_blocs.html").make_module({"c": kit.colours})


class SheetPage(NamedTuple):
    """A page drawn as PNG, and its words with the place of each block from the top left, in pixels."""

    png: bytes
    words: tuple[tuple[float, float, str], ...]


def sheet_pages(blocks: Sequence[Markup], said: SheetText, kit: Kit) -> list[SheetPage]:
    """Return the pages: blocks keep their order, one that does not fit opens the next page."""
    engine = BlitzRenderer()
    # Laid out on one page that overflows: boxes are measured, nothing is drawn.
    boxes = engine.open(_html(blocks, said, kit, ""), WIDTH, HEIGHT).boxes()
    room = HEIGHT - TOP - LOW - boxes["pied"].height - 2 * UNIT
    pages = _paged([boxes[f"b{number}"].height for number in range(len(blocks))], room)
    drawn = []
    for number, page in enumerate(pages, start=1):
        here = [blocks[one] for one in page]
        opened = engine.open(_html(here, said, kit, f"{number}/{len(pages)}"), WIDTH, HEIGHT)
        places = opened.boxes()
        words = [(places[f"b{place}"], _plain(block)) for place, block in enumerate(here)]
        foot = f"{said.foot} {number}/{len(pages)}"
        lines = [(box.x, box.y, text) for box, text in [*words, (places["pied"], foot)] if text]
        drawn.append(SheetPage(opened.png(), tuple(lines)))
    return drawn


def _plain(block: Markup) -> str:
    """The words of a block, its pieces apart."""
    return Markup(str(block).replace("<", " <")).striptags()  # noqa: S704 - tags are taken off


def _paged(heights: Sequence[float], room: float) -> list[list[int]]:
    pages: list[list[int]] = [[]]
    used = 0.0
    for number, height in enumerate(heights):
        if pages[-1] and used + height > room:
            pages.append([])
            used = 0.0
        pages[-1].append(number)
        used += height
    return pages


def _html(blocks: Sequence[Markup], said: SheetText, kit: Kit, number: str) -> str:
    return (
        environment()
        .get_template("fiche.html")
        .render(
            W=WIDTH, H=HEIGHT, unit=f"{UNIT:.3f}", c=kit.colours, lang=said.language, title=said.title,
            head=said.head, foot=said.foot, blocks=blocks, number=number,
        )
    )  # fmt: skip


def sheet_pdf(pages: Sequence[SheetPage], said: SheetText) -> bytes:
    """Return the pages as a PDF of A4 sheets; the same pages give the same bytes.

    Under each picture lie its words, unseen: they can be searched, copied and read aloud.
    """
    from PIL import Image

    pdf = pikepdf.new()
    across, down = (round(side * POINTS_PER_MM, 3) for side in PAPER_MM)
    for sheet in pages:
        with Image.open(io.BytesIO(sheet.png)) as opened:
            # Few inks on flat papers: 255 colours lose nothing that the eye sees, and weigh five times less.
            image = opened.convert("RGB").quantize(
                255, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE
            )
        palette = bytes(image.getpalette() or [])
        picture = pdf.make_stream(
            zlib.compress(image.tobytes(), 9),
            Type=Name.XObject,
            Subtype=Name.Image,
            Width=image.width,
            Height=image.height,
            ColorSpace=Array([Name.Indexed, Name.DeviceRGB, len(palette) // 3 - 1, pikepdf.String(palette)]),
            BitsPerComponent=8,
            Filter=Name.FlateDecode,
        )
        page = Dictionary(
            Type=Name.Page,
            MediaBox=Array([0, 0, across, down]),
            Resources=Dictionary(XObject=Dictionary(Sheet=picture), Font=Dictionary(Words=_font())),
            Contents=pdf.make_stream(
                _unseen(sheet.words, down) + f"\nq {across} 0 0 {down} 0 0 cm /Sheet Do Q".encode("ascii")
            ),
        )
        pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
    pdf.docinfo["/Title"] = said.title
    pdf.docinfo["/Creator"] = "Tractage"
    pdf.Root.Lang = pikepdf.String(said.language)
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True)
    return out.getvalue()


def _font() -> Dictionary:
    """A font that every reader has, for words that are not drawn."""
    return Dictionary(
        Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding
    )


def _unseen(words: Sequence[tuple[float, float, str]], down: float) -> bytes:
    """Lines of text in rendering mode 3: neither filled nor stroked (ISO 32000-1, 9.3.6)."""
    scale = PAPER_MM[0] * POINTS_PER_MM / WIDTH
    lines = [b"BT 3 Tr /Words 8 Tf"]
    for x, y, text in words:
        place = f"1 0 0 1 {x * scale:.2f} {down - y * scale - 8:.2f} Tm".encode("ascii")
        lines.append(place + b" <" + _winansi(text).hex().encode("ascii") + b"> Tj")
    return b"\n".join([*lines, b"ET"])


def _winansi(text: str) -> bytes:
    """The text in the encoding of the font: narrow spaces become spaces, what it lacks a question mark."""
    spaced = text.replace("\u202f", " ").replace("\u00a0", " ").replace("\u2060", "").replace("−", "-")
    return spaced.encode("cp1252", "replace")
