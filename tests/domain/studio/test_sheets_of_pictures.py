"""Finished pictures on sheets: whole, in order, the same bytes."""

from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from tractage.domain.errors import InputError
from tractage.domain.studio.formats import find_format
from tractage.domain.studio.sheets import fitted, print_pictures

SHEET = find_format("planche9")


def pictures(number: int) -> list[Image.Image]:
    return [Image.new("RGB", (400, 500), (20 * index, 90, 120)) for index in range(number)]


@pytest.mark.parametrize(("number", "sheets"), [(1, 1), (9, 1), (10, 2), (19, 3)])
def test_nine_a_sheet(tmp_path: Path, number: int, sheets: int) -> None:
    told: list[int] = []
    count = print_pictures(pictures(number), SHEET, tmp_path / "a.pdf", title="Album", progress=told.append)
    assert count == sheets
    assert sum(told) == number
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        assert len(pdf.pages) == sheets
        assert len(pdf.pages[-1].Resources.XObject) == (number - 1) % 9 + 1
        assert str(pdf.docinfo["/Title"]) == "Album"


def test_the_same_pictures_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a.pdf", "b.pdf"):
        print_pictures(pictures(3), SHEET, tmp_path / name, title="Album")
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()


@pytest.mark.parametrize("size", [(400, 500), (1600, 300), (30, 900)])
def test_a_picture_is_never_cut(size: tuple[int, int]) -> None:
    picture = Image.new("RGB", size, (250, 250, 10))
    for corner in ((0, 0), (size[0] - 1, 0), (0, size[1] - 1), (size[0] - 1, size[1] - 1)):
        picture.putpixel(corner, (200, 0, 0))
    card = fitted(picture, SHEET)
    assert SHEET.paper
    assert card.size == tuple(round((side + 2 * SHEET.bleed) * SHEET.dpi / 25.4) for side in SHEET.paper)
    assert card.getpixel((0, 0)) == (250, 250, 10)


def test_what_cannot_be_printed_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no sheet"):
        print_pictures(pictures(1), find_format("a4"), tmp_path / "a.pdf", title="Album")
    with pytest.raises(InputError, match="no picture"):
        print_pictures([], SHEET, tmp_path / "a.pdf", title="Album")
    assert not list(tmp_path.iterdir())
