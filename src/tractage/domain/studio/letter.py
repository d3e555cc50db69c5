"""A letter on A4 as a PDF whose words can be read aloud, searched and copied: no picture of a text.

Advance widths: Adobe Core 14 font metrics (Helvetica), in thousandths of the size, whatever the accent.
"""

import io
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Name

from tractage.domain.studio.press import POINTS_PER_MM

PAPER_MM = (210.0, 297.0)
MARGIN_MM, LOW_MM = 22.0, 24.0
LEADING = 1.42
WIDTHS = {
    **dict.fromkeys("ijl’'", 222), **dict.fromkeys(" ,./:;[]\\ft!I\u00a0", 278),
    **dict.fromkeys("()-r`{}", 333), **dict.fromkeys("cksvxyzJ", 500), **dict.fromkeys("FTZ", 611),
    **dict.fromkeys("ABEKPSVXY&", 667), **dict.fromkeys("wCDHNRU", 722), **dict.fromkeys("GOQ", 778),
    **dict.fromkeys("mM", 833), **dict.fromkeys("…—Œ", 1000),
    "W": 944, "œ": 944, "%": 889, "@": 1015, "•": 350,
}  # fmt: skip
OTHER = 556
REPLACED = str.maketrans({"\u202f": "\u00a0", "−": "–", "ᵉ": "e", "ʳ": "r"})


@dataclass(frozen=True)
class Line:
    """A paragraph: its size in points, whether it is bold, and the space above it in points."""

    text: str
    size: float = 10.5
    bold: bool = False
    above: float = 4.0


def letter_pdf(title: str, lines: Iterable[Line], language: str = "fr") -> bytes:
    """Return the paragraphs set on as many A4 pages as they need; the same text gives the same bytes."""
    pdf = pikepdf.new()
    fonts = Dictionary({"/R": _font(pdf, "Helvetica"), "/B": _font(pdf, "Helvetica-Bold")})
    for drawing in _pages(lines):
        page = Dictionary(
            Type=Name.Page,
            MediaBox=Array([0, 0, *(round(side * POINTS_PER_MM, 3) for side in PAPER_MM)]),
            Resources=Dictionary(Font=fonts),
            Contents=pdf.make_stream(drawing),
        )
        pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
    pdf.docinfo["/Title"] = title
    pdf.docinfo["/Creator"] = "Tractage"
    pdf.Root.Lang = pikepdf.String(language)
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True)
    return out.getvalue()


def wrapped(text: str, size: float, room: float, *, bold: bool = False) -> list[str]:
    """Return `text` cut between words into lines of at most `room` points; a longer word is cut in itself."""
    rows: list[str] = [""]
    for word in _words(text, size, room, bold):
        joined = f"{rows[-1]} {word}" if rows[-1] else word
        if rows[-1] and width(joined, size, bold=bold) > room:
            rows.append(word)
        else:
            rows[-1] = joined
    return rows


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Return the width of `text` in points; bold counts a tenth more than regular, its widest case."""
    plain = unicodedata.normalize("NFD", text)
    units = sum(WIDTHS.get(one, OTHER) for one in plain if not unicodedata.combining(one))
    return units * size / 1000 * (1.1 if bold else 1)


def _words(text: str, size: float, room: float, bold: bool) -> Iterable[str]:
    for word in text.split(" "):
        rest = word
        while width(rest, size, bold=bold) > room:
            cut = max(1, int(len(rest) * room / width(rest, size, bold=bold)) - 1)
            yield rest[:cut]
            rest = rest[cut:]
        yield rest


def _pages(lines: Iterable[Line]) -> Sequence[bytes]:
    across, down = (side * POINTS_PER_MM for side in PAPER_MM)
    left, low = MARGIN_MM * POINTS_PER_MM, LOW_MM * POINTS_PER_MM
    top = down - left
    pages: list[list[bytes]] = [[]]
    y = top
    for line in lines:
        y -= line.above
        for row in wrapped(line.text.translate(REPLACED), line.size, across - 2 * left, bold=line.bold):
            y -= line.size * LEADING
            if y < low:
                pages.append([])
                y = top - line.size * LEADING
            font = b"/B" if line.bold else b"/R"
            place = f" {line.size:.2f} Tf {left:.2f} {y:.2f} Td ".encode()
            pages[-1].append(b"BT " + font + place + _literal(row) + b" Tj ET")
    return [b"\n".join(page) for page in pages]


def _literal(text: str) -> bytes:
    data = text.encode("cp1252", "replace")
    for sign in (b"\\", b"(", b")"):
        data = data.replace(sign, b"\\" + sign)
    return b"(" + data + b")"


def _font(pdf: pikepdf.Pdf, name: str) -> pikepdf.Object:
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font, Subtype=Name.Type1, BaseFont=Name(f"/{name}"), Encoding=Name.WinAnsiEncoding
        )
    )
