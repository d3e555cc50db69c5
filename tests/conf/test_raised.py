"""The raised letters of the web font: there, as high as the capitals, as wide as they should be."""

import os
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from tractage.conf.prepare import build_font
from tractage.conf.raised import RAISED, SMALLER


@pytest.fixture(scope="module")
def web_font(tmp_path_factory: pytest.TempPathFactory) -> TTFont:
    target = tmp_path_factory.mktemp("font") / "font.woff2"
    build_font(target)
    return TTFont(target)


@pytest.mark.parametrize("code", RAISED)
def test_a_raised_letter_hangs_from_the_capitals(web_font: TTFont, code: int) -> None:
    names = web_font.getBestCmap()
    glyph = web_font["glyf"][names[code]]
    glyph.recalcBounds(web_font["glyf"])
    top = web_font["OS/2"].sCapHeight
    assert 0.98 * top <= glyph.yMax <= 1.15 * top
    assert glyph.yMin > 0.35 * top


@pytest.mark.parametrize("place", [{"wdth": 75, "wght": 800}, {"wdth": 100, "wght": 400}])
@pytest.mark.parametrize("code", RAISED)
def test_its_width_follows_the_letter(web_font: TTFont, code: int, place: dict[str, float]) -> None:
    names, drawn = web_font.getBestCmap(), web_font.getGlyphSet(location=place)
    plain, raised = drawn[names[ord(RAISED[code])]], drawn[names[code]]
    assert raised.width == pytest.approx(SMALLER * plain.width, abs=3)


def test_a_font_of_yesterday_is_made_again(tmp_path: Path) -> None:
    target = tmp_path / "font.woff2"
    target.write_bytes(b"old")
    os.utime(target, (0, 0))
    build_font(target)
    assert target.stat().st_size > 40_000
    made = target.stat().st_mtime_ns
    build_font(target)
    assert target.stat().st_mtime_ns == made
