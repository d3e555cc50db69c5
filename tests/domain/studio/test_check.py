"""Each refusal of `studio check`, on a template that keeps every rule but one."""

from pathlib import Path

import pytest
from tests.domain.studio.bench_template import HTML, TOML, write_template

from tractage.domain.studio.check import check_template
from tractage.domain.studio.formats import find_format
from tractage.domain.studio.kits import Finding, kit_names, load_kit
from tractage.domain.studio.template import load_template, template_names


def _check(folder: Path, formats: tuple[str, ...] = ("carre",)) -> list[Finding]:
    return check_template(load_template(str(folder)), load_kit(), formats)


def _only(found: list[Finding], rule: str) -> Finding:
    assert {one.rule for one in found} == {rule}, [str(one) for one in found]
    return found[0]


def test_a_good_template_passes(tmp_path: Path) -> None:
    assert _check(write_template(tmp_path / "bon"), ("carre", "portrait", "a4")) == []


def test_unknown_family(tmp_path: Path) -> None:
    folder = write_template(tmp_path / "x", '<p id="f" style="font-family:Papyrus">Non</p>')
    found = _only(_check(folder), "font")
    assert "p#f" in found.element
    assert "'Papyrus' is not installed" in found.message


def test_missing_glyph(tmp_path: Path) -> None:
    found = _only(_check(write_template(tmp_path / "x", '<p id="g">☭ et 漢</p>')), "glyph")
    assert "p#g" in found.element
    assert "U+6F22" in found.message


def test_a_capital_that_only_exists_in_small_letters_is_sought_as_drawn(tmp_path: Path) -> None:
    folder = write_template(tmp_path / "x", '<p id="g" style="text-transform:uppercase">ŉ</p>')
    assert {one.rule for one in _check(folder)} <= {"glyph"}


def test_a_word_wider_than_its_box(tmp_path: Path) -> None:
    extra = '<div id="o" style="width:200px;white-space:nowrap">Anticonstitutionnellement</div>'
    found = _only(_check(write_template(tmp_path / "x", extra)), "overflow")
    assert found.element.startswith("div#o")
    assert "its box" in found.message


def test_a_fitted_text_that_cannot_fit(tmp_path: Path) -> None:
    extra = (
        '<div id="z" data-fit="60" style="height:50px;width:400px"><div id="z-t">'
        + "Un texte beaucoup trop long pour si peu de place. " * 3
        + "</div></div>"
    )
    found = _check(write_template(tmp_path / "x", extra))
    assert any(one.rule == "overflow" and "#z" in one.element for one in found)


def test_text_outside_the_safe_area(tmp_path: Path) -> None:
    extra = '<p id="s" style="position:absolute;left:-40px;top:0">Dehors</p>'
    found = _check(write_template(tmp_path / "x", extra))
    assert any("safe area by 40 px (left)" in one.message and "p#s" in one.element for one in found)


def test_overlap(tmp_path: Path) -> None:
    extra = '<p id="v" style="position:absolute;left:8rem;top:9rem;font-size:6rem">Dessus</p>'
    found = _check(write_template(tmp_path / "x", extra))
    assert any(one.rule == "overlap" and "div#t" in one.element and "p#v" in one.message for one in found)


def test_an_ornament_may_lie_anywhere(tmp_path: Path) -> None:
    extra = '<p aria-hidden="true" style="position:absolute;left:-40px;top:9rem;color:{{ c.saumon }}">75</p>'
    assert _check(write_template(tmp_path / "x", extra)) == []


def test_contrast(tmp_path: Path) -> None:
    extra = '<p id="c" style="color:{{ c.saumon }}">Pâle sur jaune</p>'
    found = _only(_check(write_template(tmp_path / "x", extra)), "contrast")
    assert "p#c" in found.element
    assert "#FF9B85 on #FFD23F" in found.message


def test_contrast_with_what_is_really_behind(tmp_path: Path) -> None:
    extra = (
        '<div style="position:absolute;left:0;bottom:0;width:100%;height:30rem;background:{{ c.encre }}">'
        "</div>"
        '<p id="c" style="position:absolute;left:10rem;bottom:10rem">Encre sur encre, mais à moitié</p>'
    )
    assert {one.rule for one in _check(write_template(tmp_path / "x", extra))} <= {"contrast", "hidden"}
    assert _check(write_template(tmp_path / "x", extra))


def test_large_text_may_be_paler(tmp_path: Path) -> None:
    page = HTML.replace("%s", "").replace(
        'class="brico" style="', 'class="brico" style="color:{{ c.tomette }};'
    )
    page = page.replace("c.canari", "c.menthe")
    assert _check(write_template(tmp_path / "x", html=page)) == []


def test_covered_text(tmp_path: Path) -> None:
    extra = (
        '<p id="h" style="position:absolute;left:10rem;bottom:20rem">Caché</p>'
        '<div style="position:absolute;left:0;bottom:15rem;width:100%;height:20rem;'
        'background:{{ c.menthe }}"></div>'
    )
    found = _only(_check(write_template(tmp_path / "x", extra)), "hidden")
    assert "p#h" in found.element


def test_too_small(tmp_path: Path) -> None:
    found = _only(
        _check(write_template(tmp_path / "x", '<p id="m" style="font-size:1.4rem">lu ?</p>')), "size"
    )
    assert "p#m" in found.element


def test_unfilled_field(tmp_path: Path) -> None:
    toml = TOML.replace('example = "Bonjour à tous"', 'example = ""')
    found = _only(_check(write_template(tmp_path / "x", toml=toml)), "field")
    assert "'titre' is not filled" in found.message


def test_a_field_that_no_one_declared(tmp_path: Path) -> None:
    found = _only(_check(write_template(tmp_path / "x", "<p>{{ f.sloganne }}</p>")), "field")
    assert "sloganne" in found.message


@pytest.mark.parametrize(
    "extra",
    [
        '<img src="https://exemple.fr/a.png">',
        '<img src="//exemple.fr/a.png">',
        '<img src="file:///etc/passwd">',
        '<img src="logo.png">',
        '<div style="background:url(http://exemple.fr/a.png)">x</div>',
        "<style>@import 'https://exemple.fr/a.css';</style>",
        '<svg><image href="https://exemple.fr/a.png"/></svg>',
        '{% if f.titre == "jamais" %}<img src="https://exemple.fr/a.png">{% endif %}',
        '<iframe srcdoc="x"></iframe>',
    ],
)
def test_remote_resource(tmp_path: Path, extra: str) -> None:
    found = _check(write_template(tmp_path / "x", extra))
    assert any(one.rule == "remote" and one.refused for one in found)


@pytest.mark.parametrize(
    "extra",
    [
        "<script>1</script>",
        '<p onclick="x()">x</p>',
        '<a href="javascript:x()">x</a>',
        "<SCRIPT SRC=a></SCRIPT>",
    ],
)
def test_script(tmp_path: Path, extra: str) -> None:
    found = _check(write_template(tmp_path / "x", extra))
    assert any(one.rule == "script" and one.refused for one in found)


def test_a_colour_of_its_own_is_warned(tmp_path: Path) -> None:
    found = _only(_check(write_template(tmp_path / "x", '<p style="background:#FFD23F">x</p>')), "colour")
    assert not found.refused


def test_paper_wants_an_imprint(tmp_path: Path) -> None:
    toml = TOML.replace('from_kit = "imprint"', 'default = ""').replace('"Imprimé par nos soins"', '""')
    found = _only(_check(write_template(tmp_path / "x", toml=toml), ("a4",)), "imprint")
    assert "1881, art. 3" in found.message


def test_white_ground_on_paper_is_warned(tmp_path: Path) -> None:
    page = HTML.replace("%s", "").replace("{{ c.canari }}", "white")
    found = _only(_check(write_template(tmp_path / "x", html=page), ("a4",)), "white")
    assert not found.refused


def test_blue_white_red_on_paper_is_warned_with_the_areas(tmp_path: Path) -> None:
    stripes = "".join(
        f'<div style="position:absolute;left:{left}%;top:30%;width:20%;height:30%;background:{tint}"></div>'
        for left, tint in ((20, "rgb(0,35,149)"), (40, "white"), (60, "rgb(237,41,57)"))
    )
    found = _only(_check(write_template(tmp_path / "x", stripes), ("a4",)), "R27")
    assert not found.refused
    assert all(hue in found.message for hue in ("blue 6", "white 6", "red 6"))


def _refused(name: str, kit: str, formats: list[str]) -> list[str]:
    found = check_template(load_template(name), load_kit(kit), formats)
    return [str(one) for one in found if one.refused]


@pytest.mark.slow
@pytest.mark.parametrize("name", template_names())
def test_every_shipped_template_passes_in_every_format_of_the_screen(name: str) -> None:
    screens = [one for one in load_template(name).formats if not find_format(one).print]
    assert _refused(name, "atelier", screens) == []


@pytest.mark.long
@pytest.mark.parametrize("name", template_names())
@pytest.mark.parametrize("kit", kit_names())
def test_every_shipped_template_passes_in_every_format_and_kit(name: str, kit: str) -> None:
    assert _refused(name, kit, list(load_template(name).formats)) == []
