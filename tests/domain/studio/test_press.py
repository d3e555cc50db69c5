"""A print PDF has its boxes, its marks and its picture, and is the same file each time."""

import io
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from tractage.domain.studio.formats import find_format, formats
from tractage.domain.studio.kits import load_kit
from tractage.domain.studio.picture import ExportRefusedError, render_work
from tractage.domain.studio.template import load_template

POINT = 72 / 25.4
PRINTS = [name for name, fmt in formats().items() if fmt.print and fmt.up == 1]


@pytest.mark.parametrize("name", PRINTS)
def test_boxes_are_those_of_the_paper(name: str) -> None:
    fmt = find_format(name)
    assert fmt.paper is not None
    assert 150 <= fmt.dpi <= 300
    template = load_template("comment-voter")
    data = render_work(template, template.example(), fmt, load_kit()).data
    document = pikepdf.open(io.BytesIO(data))
    page = document.pages[0]
    trim, bleed, media = (
        [float(value) for value in page[box]] for box in ("/TrimBox", "/BleedBox", "/MediaBox")
    )
    assert [trim[2] - trim[0], trim[3] - trim[1]] == pytest.approx(
        [side * POINT for side in fmt.paper], abs=0.01
    )
    assert trim[0] - bleed[0] == pytest.approx(fmt.bleed * POINT, abs=0.01)
    assert media[0] < bleed[0] < trim[0] < trim[2] < bleed[2] < media[2]
    drawn = page.Contents.read_bytes().decode()
    assert drawn.count(" l S") == 8
    image = page.Resources.XObject.Work
    across = (bleed[2] - bleed[0]) / 72
    assert int(image.Width) / across == pytest.approx(fmt.dpi, rel=0.01)


def test_the_same_file_each_time() -> None:
    template = load_template("comment-voter")
    one, other = (
        render_work(template, template.example(), find_format("a4"), load_kit()).data for _ in range(2)
    )
    assert one == other


def test_marks_stay_outside_the_bleed() -> None:
    from tractage.domain.studio.press import print_pdf

    data = print_pdf(Image.new("RGB", (200, 280), "#ff0000"), find_format("a4"), "Essai")
    document = pikepdf.open(io.BytesIO(data))
    page = document.pages[0]
    left, low, right, high = (float(value) for value in page.BleedBox)
    for line in page.Contents.read_bytes().decode().splitlines():
        if line.endswith(" l S"):
            x, y, _, x2, y2, *_ = line.split()
            for across, down in ((float(x), float(y)), (float(x2), float(y2))):
                assert not (left < across < right and low < down < high)


def test_nothing_is_printed_without_an_imprint(tmp_path: Path) -> None:
    (tmp_path / "muet.toml").write_text('name = "Sans imprimeur"', "utf-8")
    template, kit = load_template("carte"), load_kit(str(tmp_path / "muet.toml"))
    row = {name: text for name, text in template.example().items() if name != "imprime"}
    with pytest.raises(ExportRefusedError, match=r"1881, art\. 3"):
        render_work(template, row, find_format("a4"), kit)
    render_work(template, dict(row, imprime="Imprimé par nos soins"), find_format("a4"), kit)
