"""The open fonts that pictures may use: every installed `fontpkg-*` wheel, and nothing else."""

import importlib
import pkgutil
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from tractage.domain.errors import InputError


@cache
def font_files() -> dict[str, Path]:
    """Return family → font file, for every installed font package, in the order of the families' names."""
    found: dict[str, Path] = {}
    for module in pkgutil.iter_modules():
        if module.name.startswith("fontpkg_"):
            package = importlib.import_module(module.name)
            files = sorted(Path(package.ROOT, "files").glob("*.?tf"))
            if files:
                found[package.FAMILY] = files[0]
    return dict(sorted(found.items()))


@cache
def _face(family: str) -> Any:
    from fontTools.ttLib import TTFont

    if family not in font_files():
        known = ", ".join(font_files())
        raise InputError(f"font family {family!r} is not installed; expected one of: {known}")
    return TTFont(font_files()[family], lazy=True)


@cache
def coverage(family: str) -> frozenset[int]:
    """Return the code points that the font of `family` can draw, read from its cmap."""
    return frozenset(_face(family).getBestCmap())


# The engine draws these as empty spaces where a font lacks them (docs/methods/studio.md).
BLANK = frozenset(map(ord, " \u00a0\u202f\u2009\n\r\t\u200b\u2060"))
RAISED = frozenset(map(ord, "ᵉʳᵈ"))
"""Set as raised letters by the typography, never drawn as such."""


@cache
def drawable() -> frozenset[int]:
    """Return the code points that at least one installed font can draw, or that are drawn without a glyph."""
    return BLANK | RAISED | frozenset().union(*(coverage(family) for family in font_files()))


@lru_cache(maxsize=512)
def outline(text: str, family: str) -> tuple[str, float, float]:
    """Return `text` as one SVG path, its advance and its cap height, in thousandths of an em.

    The baseline is at y = 0, y grows downwards. Raises InputError on a glyph that the font lacks.
    """
    from fontTools.pens.svgPathPen import SVGPathPen
    from fontTools.pens.transformPen import TransformPen

    face = _face(family)
    names, glyphs, unit = face.getBestCmap(), face.getGlyphSet(), 1000 / face["head"].unitsPerEm
    pen, x = SVGPathPen(glyphs, ntos=lambda number: f"{number:.0f}"), 0.0
    for character in text:
        if ord(character) not in names:
            raise InputError(f"font {family!r} has no glyph for {character!r} (U+{ord(character):04X})")
        name = names[ord(character)]
        glyphs[name].draw(TransformPen(pen, (unit, 0, 0, -unit, x, 0)))
        x += glyphs[name].width * unit
    height = getattr(face["OS/2"], "sCapHeight", 0) * unit or 700.0
    return pen.getCommands(), x, height
