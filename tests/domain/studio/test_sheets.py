from pathlib import Path

import pikepdf
import pytest

from tractage.domain.errors import InputError
from tractage.domain.studio.formats import find_format
from tractage.domain.studio.kits import load_kit
from tractage.domain.studio.sheets import places, print_rows
from tractage.domain.studio.template import load_template


def _rows(count: int) -> list[dict[str, str]]:
    return [dict(load_template("carte").example(), id=f"c{number}") for number in range(count)]


def test_nine_cards_fit_a_sheet_of_a4_apart_and_inside_the_margins() -> None:
    fmt = find_format("planche9")
    corners = list(places(fmt))
    assert len(corners) == 9
    assert min(x for x, _ in corners) - fmt.bleed >= 5
    assert max(x for x, _ in corners) + 63 + fmt.bleed <= 205
    assert min(y for _, y in corners) - fmt.bleed >= 5
    assert max(y for _, y in corners) + 88 + fmt.bleed <= 292
    for one in corners:
        for other in corners:
            apart = (
                abs(one[0] - other[0]) >= 63 + 2 * fmt.bleed or abs(one[1] - other[1]) >= 88 + 2 * fmt.bleed
            )
            assert one == other or apart


def test_ten_cards_make_two_sheets_and_the_same_file_twice(tmp_path: Path) -> None:
    fmt, template = find_format("planche9"), load_template("carte")
    files = [tmp_path / "a.pdf", tmp_path / "b.pdf"]
    for file in files:
        assert print_rows(template, _rows(10), fmt, file, kit=load_kit()) == 2
    assert files[0].read_bytes() == files[1].read_bytes()
    with pikepdf.open(files[0]) as pdf:
        assert [len(page.Resources.XObject) for page in pdf.pages] == [9, 1]


def test_posters_are_one_a_page(tmp_path: Path) -> None:
    template = load_template("carte")
    assert print_rows(template, _rows(2), find_format("a4"), tmp_path / "a.pdf", kit=load_kit()) == 2
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        assert all("/TrimBox" in page for page in pdf.pages)


def test_a_screen_format_is_not_printed(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="'carre' is not for paper"):
        print_rows(load_template("carte"), _rows(1), find_format("carre"), tmp_path / "a.pdf", kit=load_kit())
