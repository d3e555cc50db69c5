"""Raised letters for the web font: 1ʳᵉ, 2ᵈ and 3ᵉ in its own e, r and d, which its makers did not draw."""

from typing import Any

from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph, GlyphComponent
from fontTools.ttLib.tables.TupleVariation import TupleVariation

RAISED = {0x1D48: "d", 0x1D49: "e", 0x02B3: "r"}
SMALLER = 0.62
_TIPS = 4  # the two sides, the top and the foot of a glyph close its list of points in gvar


def add_raised_letters(font: TTFont) -> None:
    """Add ᵈ, ᵉ and ʳ to a variable TrueType font: its own letters, smaller, hung from the capitals.

    Each is a component of the plain letter, so weight and width follow it. HVAR knows nothing of them and
    goes: without it, readers take widths from gvar, where they are.
    """
    top = round(font["OS/2"].sCapHeight)
    names = font.getBestCmap()
    for code, letter in RAISED.items():
        if code in names:
            continue
        plain, name = names[ord(letter)], f"raised_{letter}"
        ascends = font["glyf"][plain].yMax > font["OS/2"].sxHeight * 1.2
        height = font["glyf"][plain].yMax if ascends else font["OS/2"].sxHeight
        rise = round(top - SMALLER * height) + (round(0.1 * top) if ascends else 0)
        _add(font, name, plain, rise)
        for table in font["cmap"].tables:
            if table.isUnicode():
                table.cmap[code] = name
    if "HVAR" in font:
        del font["HVAR"]


def _add(font: TTFont, name: str, plain: str, rise: int) -> None:
    width, side = font["hmtx"][plain]
    font.setGlyphOrder([*font.getGlyphOrder(), name])
    font["glyf"].glyphs[name] = _component(plain, rise)
    font["glyf"].glyphOrder = font.getGlyphOrder()
    font["hmtx"][name] = (round(SMALLER * width), round(SMALLER * side))
    font["maxp"].numGlyphs = len(font.getGlyphOrder())
    varied = font["gvar"].variations
    varied[name] = [TupleVariation(one.axes, [(0, 0), *_tips(one)]) for one in varied.get(plain, [])]


def _component(plain: str, rise: int) -> Any:
    part = GlyphComponent()
    part.glyphName, part.x, part.y = plain, 0, rise
    part.flags = 0x1000  # the offset is not scaled
    part.transform = [[SMALLER, 0], [0, SMALLER]]
    glyph = Glyph()
    glyph.numberOfContours, glyph.components = -1, [part]
    return glyph


def _tips(one: TupleVariation) -> list[tuple[int, int] | None]:
    """The deltas of a letter's sides, smaller as the letter is; None where a reader is to infer them."""
    tips = one.coordinates[-_TIPS:]
    return [None if tip is None else (round(SMALLER * tip[0]), round(SMALLER * tip[1])) for tip in tips]
