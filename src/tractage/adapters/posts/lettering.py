"""The report's letters: two small fonts cut once from the installed family, kept in the user's cache."""

import base64
import io
import os
import tempfile
from pathlib import Path

CUTS = {"titre": ("Tractage titre", 800, 75), "texte": ("Tractage texte", 450, 100)}
LETTERS = [
    *range(0x20, 0x7F),
    *range(0xA0, 0x180),
    0x2013,
    0x2014,
    0x2019,
    0x2026,
    0x202F,
    0x207B,
    *range(0x2070, 0x207A),
]


def font_faces() -> str:
    """Return @font-face rules with the letters inside, or nothing when the family is not installed."""
    rules = []
    for name, (family, weight, width) in CUTS.items():
        letters = _cut(name, weight, width)
        if letters is None:
            return ""
        data = base64.b64encode(letters).decode()
        rules.append(
            f'@font-face{{font-family:"{family}";src:url(data:font/woff2;base64,{data}) format("woff2");'
            f"font-weight:100 900;font-stretch:50% 200%}}"
        )
    return "".join(rules)


def _cut(name: str, weight: int, width: int) -> bytes | None:
    try:
        import fontpkg_bricolage_grotesque as family
    except ModuleNotFoundError:
        return None
    source = next((Path(family.ROOT) / "files").glob("*.ttf"), None) or next(Path(family.ROOT).rglob("*.ttf"))
    kept = _cache() / f"bricolage-{source.stat().st_size}-{name}.woff2"
    if kept.exists():
        return kept.read_bytes()
    letters = _instance(source, weight, width)
    try:
        kept.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=kept.parent, delete=False) as stream:
            stream.write(letters)
        Path(stream.name).replace(kept)
    except OSError:
        return letters
    return letters


def _instance(source: Path, weight: int, width: int) -> bytes:
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont
    from fontTools.varLib.instancer import instantiateVariableFont

    font = TTFont(source, recalcTimestamp=False)
    options = Options(layout_features=["kern", "liga", "tnum"], recalc_timestamp=False)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=LETTERS)
    subsetter.subset(font)
    plain = io.BytesIO()
    font.save(plain)
    place = {"wght": weight, "wdth": width, "opsz": 24}
    cut = instantiateVariableFont(TTFont(io.BytesIO(plain.getvalue()), recalcTimestamp=False), place)
    cut.flavor = "woff2"
    packed = io.BytesIO()
    cut.save(packed)
    return packed.getvalue()


def _cache() -> Path:
    home = os.environ.get("XDG_CACHE_HOME")
    return (Path(home) if home else Path.home() / ".cache") / "tractage"
