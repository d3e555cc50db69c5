"""Print files of many works: one poster a page, or nine cards on a sheet of A4 with marks to cut them."""

import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageOps

from tractage.domain.errors import InputError
from tractage.domain.studio.formats import Format
from tractage.domain.studio.kits import Kit
from tractage.domain.studio.manifest import write_file
from tractage.domain.studio.picture import draw_work, render_work
from tractage.domain.studio.press import POINTS_PER_MM, picture_stream
from tractage.domain.studio.template import Template

GAP_MM = 0.5  # between two bleeds
_MARK_MM, _OFF_MM = 3.0, 1.0  # length of a cut mark, and its distance to the bleed


def print_rows(
    template: Template,
    rows: Sequence[Mapping[str, str]],
    fmt: Format,
    out: Path,
    *,
    kit: Kit,
    progress: Callable[[int], None] = lambda _: None,
) -> int:
    """Write every row of `template` into one PDF at `out` and return the number of pages.

    A format of several works a sheet fills its sheets in the order of the rows. Raises InputError when
    `fmt` is not for paper or a row does not fill the template.
    """
    if not fmt.print:
        raise InputError(f"format {fmt.name!r} is not for paper")
    for number, row in enumerate(rows, start=1):
        template.read(row, kit, f"row {number}")
    pdf = pikepdf.new()
    pages = _sheets(pdf, template, rows, fmt, kit, progress) if fmt.up > 1 else None
    if pages is None:
        for number, row in enumerate(rows, start=1):
            work = render_work(template, row, fmt, kit, where=f"row {number}")
            with pikepdf.open(io.BytesIO(work.data)) as one:
                pdf.pages.extend(one.pages)
            progress(1)
    count = len(pdf.pages)
    data = io.BytesIO()
    pdf.docinfo["/Title"] = template.title
    pdf.docinfo["/Creator"] = "Tractage"
    pdf.save(data, deterministic_id=True)
    write_file(out, data.getvalue())
    return count


def _sheets(
    pdf: pikepdf.Pdf,
    template: Template,
    rows: Sequence[Mapping[str, str]],
    fmt: Format,
    kit: Kit,
    progress: Callable[[int], None],
) -> int:
    for first in range(0, len(rows), fmt.up):
        cards = []
        for number, row in enumerate(rows[first : first + fmt.up], start=first + 1):
            cards.append(draw_work(template, row, fmt, kit, where=f"row {number}"))
            progress(1)
        _add_sheet(pdf, cards, fmt)
    return len(pdf.pages)


def print_pictures(
    pictures: Iterable[Image.Image],
    fmt: Format,
    out: Path,
    *,
    title: str,
    progress: Callable[[int], None] = lambda _: None,
) -> int:
    """Set finished pictures on sheets in one PDF at `out`, in their order, and return the number of sheets.

    pictures: RGB, any size; each is fitted whole into its card and its bleed, on the colour of its own edge.
    They are read one sheet at a time. Raises InputError when `fmt` is not a sheet or there is no picture.
    """
    if fmt.up == 1 or fmt.sheet is None:
        raise InputError(f"format {fmt.name!r} has no sheet")
    pdf = pikepdf.new()
    cards: list[Image.Image] = []
    for picture in pictures:
        cards.append(fitted(picture, fmt))
        progress(1)
        if len(cards) == fmt.up:
            _add_sheet(pdf, cards, fmt)
            cards = []
    if cards:
        _add_sheet(pdf, cards, fmt)
    count = len(pdf.pages)
    if not count:
        raise InputError("no picture to print")
    data = io.BytesIO()
    pdf.docinfo["/Title"] = title
    pdf.docinfo["/Creator"] = "Tractage"
    pdf.save(data, deterministic_id=True)
    write_file(out, data.getvalue())
    return count


def fitted(picture: Image.Image, fmt: Format) -> Image.Image:
    """The whole picture inside a card's trim, its edge's median colour around it and in the bleed."""
    assert fmt.paper is not None
    wide, tall = (round((side + 2 * fmt.bleed) * fmt.dpi / 25.4) for side in fmt.paper)
    inside = tuple(round(side * fmt.dpi / 25.4) for side in fmt.paper)
    pixels = np.asarray(picture.convert("RGB"))
    edge = np.concatenate([pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1]])
    red, green, blue = (int(value) for value in np.median(edge, axis=0))
    card = Image.new("RGB", (wide, tall), (red, green, blue))
    whole = ImageOps.contain(picture.convert("RGB"), (inside[0], inside[1]), Image.Resampling.LANCZOS)
    card.paste(whole, ((wide - whole.width) // 2, (tall - whole.height) // 2))
    return card


def places(fmt: Format) -> Iterator[tuple[float, float]]:
    """Yield the lower left corner of each card's trim on the sheet, in mm, row by row from the top."""
    if fmt.paper is None or fmt.sheet is None:
        raise InputError(f"format {fmt.name!r} has no sheet")
    side = round(fmt.up**0.5)
    across, down = (length + 2 * fmt.bleed + GAP_MM for length in fmt.paper)
    left = (fmt.sheet[0] - side * across + GAP_MM) / 2 + fmt.bleed
    low = (fmt.sheet[1] - side * down + GAP_MM) / 2 + fmt.bleed
    for row in range(side):
        for column in range(side):
            yield left + column * across, low + (side - 1 - row) * down


def _add_sheet(pdf: pikepdf.Pdf, cards: Sequence[Image.Image], fmt: Format) -> None:
    assert fmt.paper is not None
    assert fmt.sheet is not None
    names, drawing = Dictionary(), []
    wide, tall = ((side + 2 * fmt.bleed) * POINTS_PER_MM for side in fmt.paper)
    for number, (card, (x, y)) in enumerate(zip(cards, places(fmt), strict=False)):
        names[f"/Work{number}"] = picture_stream(pdf, card)
        left, low = (x - fmt.bleed) * POINTS_PER_MM, (y - fmt.bleed) * POINTS_PER_MM
        drawing.append(f"q {wide:.3f} 0 0 {tall:.3f} {left:.3f} {low:.3f} cm /Work{number} Do Q")
    drawing.append(_cut_marks(fmt))
    media = Array([0, 0, *(round(side * POINTS_PER_MM, 3) for side in fmt.sheet)])
    page = Dictionary(
        Type=Name.Page,
        MediaBox=media,
        TrimBox=media,
        Resources=Dictionary(XObject=names),
        Contents=pdf.make_stream("\n".join(drawing).encode("ascii")),
    )
    pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))


def _cut_marks(fmt: Format) -> str:
    """Return strokes in the sheet's margins, in line with every cut."""
    assert fmt.paper is not None
    assert fmt.sheet is not None
    corners = list(places(fmt))
    xs = sorted({x for x, _ in corners} | {x + fmt.paper[0] for x, _ in corners})
    ys = sorted({y for _, y in corners} | {y + fmt.paper[1] for _, y in corners})
    low, high = ys[0] - fmt.bleed - _OFF_MM, ys[-1] + fmt.bleed + _OFF_MM
    left, right = xs[0] - fmt.bleed - _OFF_MM, xs[-1] + fmt.bleed + _OFF_MM
    strokes = [_stroke(x, low - _MARK_MM, x, low) + _stroke(x, high, x, high + _MARK_MM) for x in xs]
    strokes += [_stroke(left - _MARK_MM, y, left, y) + _stroke(right, y, right + _MARK_MM, y) for y in ys]
    return "q 0.25 w 0 0 0 1 K\n" + "".join(strokes) + "Q"


def _stroke(x: float, y: float, x2: float, y2: float) -> str:
    points = (value * POINTS_PER_MM for value in (x, y, x2, y2))
    return "{:.3f} {:.3f} m {:.3f} {:.3f} l S\n".format(*points)
