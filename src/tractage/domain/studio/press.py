"""Print: a raster page in a PDF with trim and bleed boxes and crop marks."""

import io

import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import Image

from tractage.domain.studio.formats import MM_PER_INCH, Format

POINTS_PER_MM = 72 / MM_PER_INCH
MARK_MM, GAP_MM = 5.0, 1.0
PRINT_QUALITY = 90


def print_pdf(image: Image.Image, fmt: Format, title: str) -> bytes:
    """Return a one-page PDF of `image`, drawn at the size of the bleed, with crop marks outside it.

    MediaBox ⊃ BleedBox ⊃ TrimBox as in ISO 32000-1, 14.11.2; the same image gives the same bytes.
    """
    if fmt.paper is None:
        raise ValueError(f"{fmt.name} is not a print format")
    margin = (MARK_MM + GAP_MM) * POINTS_PER_MM
    bleed = fmt.bleed * POINTS_PER_MM
    across, down = (side * POINTS_PER_MM for side in fmt.paper)
    media = [0.0, 0.0, across + 2 * (bleed + margin), down + 2 * (bleed + margin)]
    bled = [margin, margin, media[2] - margin, media[3] - margin]
    trim = [margin + bleed, margin + bleed, margin + bleed + across, margin + bleed + down]
    drawing = (
        f"q {bled[2] - bled[0]:.3f} 0 0 {bled[3] - bled[1]:.3f} {bled[0]:.3f} {bled[1]:.3f} cm /Work Do Q\n"
        + _marks(trim, bleed + GAP_MM * POINTS_PER_MM)
    )
    pdf = pikepdf.new()
    picture = picture_stream(pdf, image)
    page = Dictionary(
        Type=Name.Page,
        MediaBox=_box(media),
        CropBox=_box(media),
        BleedBox=_box(bled),
        TrimBox=_box(trim),
        ArtBox=_box(trim),
        Resources=Dictionary(XObject=Dictionary(Work=picture)),
        Contents=pdf.make_stream(drawing.encode("ascii")),
    )
    pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
    pdf.docinfo["/Title"] = title
    pdf.docinfo["/Creator"] = "Tractage"
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True)
    return out.getvalue()


def picture_stream(pdf: pikepdf.Pdf, image: Image.Image) -> pikepdf.Object:
    """Return `image` as a JPEG stream of `pdf`, 4:4:4 so that letters keep their edges."""
    out = io.BytesIO()
    image.convert("RGB").save(out, "JPEG", quality=PRINT_QUALITY, subsampling=0)
    return pdf.make_stream(
        out.getvalue(),
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=image.width,
        Height=image.height,
        ColorSpace=Name.DeviceRGB,
        BitsPerComponent=8,
        Filter=Name.DCTDecode,
    )


def _box(corners: list[float]) -> Array:
    return Array([round(value, 3) for value in corners])


def _marks(trim: list[float], offset: float) -> str:
    """Return eight strokes, two per corner, that begin outside the bleed."""
    length = MARK_MM * POINTS_PER_MM - 1
    left, low, right, high = trim
    strokes = []
    for x in (left, right):
        strokes.append(f"{x:.3f} {low - offset:.3f} m {x:.3f} {low - offset - length:.3f} l S")
        strokes.append(f"{x:.3f} {high + offset:.3f} m {x:.3f} {high + offset + length:.3f} l S")
    for y in (low, high):
        strokes.append(f"{left - offset:.3f} {y:.3f} m {left - offset - length:.3f} {y:.3f} l S")
        strokes.append(f"{right + offset:.3f} {y:.3f} m {right + offset + length:.3f} {y:.3f} l S")
    return "q 0.25 w 0 0 0 1 K\n" + "\n".join(strokes) + "\nQ\n"
