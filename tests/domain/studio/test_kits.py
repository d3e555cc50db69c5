from pathlib import Path

import pytest

from tractage.domain.errors import InputError
from tractage.domain.studio.contrast import ratio
from tractage.domain.studio.formats import find_format
from tractage.domain.studio.kits import PAPERS, check_kit, kit_names, load_kit
from tractage.domain.studio.picture import draw_work
from tractage.domain.studio.template import load_template


def _kit(folder: Path, text: str) -> str:
    (folder / "essai.toml").write_text(text, "utf-8")
    return str(folder / "essai.toml")


@pytest.mark.parametrize("name", kit_names())
def test_ink_is_read_on_every_paper_of_the_shipped_kits(name: str) -> None:
    kit = load_kit(name)
    assert all(ratio(kit.colours["encre"], kit.colours[paper]) >= 7 for paper in PAPERS)
    assert check_kit(kit) == []


def test_two_kits_ship() -> None:
    assert len(kit_names()) >= 2


def test_published_ratios() -> None:
    assert ratio("#000000", "#FFFFFF") == pytest.approx(21)
    assert ratio("#23152E", "#FFD23F") == pytest.approx(11.9, abs=0.05)


def test_an_ink_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"colours.canari.*ink on it is 1\.\d:1.*4.5 refused"):
        load_kit(_kit(tmp_path, '[colours]\ncanari = "#30203A"'))


def test_an_ink_between_the_two_limits_is_only_warned(tmp_path: Path) -> None:
    kit = load_kit(_kit(tmp_path, '[colours]\nlilas = "#9A86B8"'))
    found = check_kit(kit)
    assert [(one.rule, one.element, one.refused) for one in found] == [("contrast", "colours.lilas", False)]


def test_blue_white_red_is_warned(tmp_path: Path) -> None:
    kit = load_kit(_kit(tmp_path, '[colours]\npetrole = "#1D3FAE"\nblanc = "#FFFFFF"\ntomette = "#B5121B"'))
    assert [one.rule for one in check_kit(kit)] == ["R27"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[colours]\ncanari = "jaune"', "colours.canari: 'jaune' is not a colour"),
        ('[colours]\nrose = "#FFFFFF"', "colours.rose: unknown; expected canari"),
        ('title_font = "Comic Sans MS"', "title_font: 'Comic Sans MS' is not installed"),
        ('logo = "<svg><script/></svg>"', "logo: expected one <svg>"),
        ("name = ", "not valid TOML"),
    ],
)
def test_a_wrong_kit_is_refused_in_one_line(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(InputError) as caught:
        load_kit(_kit(tmp_path, text))
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_campaign_closes_its_videos_with_its_own_logo(tmp_path: Path) -> None:
    shape = '<path fill="#7FD8B4" d="M0 0h9v9H0z"/>'
    square = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{shape}</svg>'
    kit = load_kit(_kit(tmp_path, f"name = 'Essai'\nlogo = '{square}'"))
    template, fmt = load_template("habillage-fin"), find_format("carre")
    drawn = draw_work(template, template.example(), fmt, kit).convert("RGB")
    assert drawn.getpixel((540, 250)) == (0x7F, 0xD8, 0xB4)
