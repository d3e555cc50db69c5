"""A campaign's brand kit: ink, papers, one title font, logo, imprint."""

import colorsys
import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from tractage.domain.errors import InputError, nearest
from tractage.domain.studio.contrast import channels, ratio
from tractage.domain.studio.fonts import font_files

PAPERS = ("canari", "menthe", "ciel", "lilas", "saumon")
OTHERS = ("papier", "blanc", "encre", "tomette", "petrole")
INK_GOOD, INK_LEAST = 7.0, 4.5
DEFAULT = "atelier"
# What else the templates set upon each other, and the least ratio each pair is used at.
_PAIRS = (
    ("encre", "papier", INK_LEAST),
    ("encre", "blanc", INK_LEAST),
    ("canari", "petrole", 4.5),
    ("blanc", "petrole", 4.5),
    ("tomette", "menthe", 3.0),
    ("tomette", "papier", 4.5),
    ("tomette", "blanc", 4.5),
)


@dataclass(frozen=True)
class Finding:
    """One thing that a check found: refused or only warned, about which element, with what was measured."""

    refused: bool
    rule: str
    element: str
    message: str
    where: str = ""

    def __str__(self) -> str:
        head = "refused" if self.refused else "warning"
        place = f" [{self.where}]" if self.where else ""
        return f"{head}: {self.rule}: {self.element}: {self.message}{place}"


@dataclass(frozen=True)
class Kit:
    """The colours and words that a campaign lends to every template."""

    slug: str
    name: str
    colours: dict[str, str] = field(hash=False)
    title_font: str = "Bricolage Grotesque"
    imprint: str = ""
    logo: str = ""


@cache
def load_kit(source: str = DEFAULT) -> Kit:
    """Return the kit called `source`, or read from the TOML file at that path.

    Raises InputError that names the key, what was found and what is expected.
    """
    shipped = files("tractage.domain.studio") / "kits" / f"{source}.toml"
    path = Path(source)
    if source.isidentifier() and shipped.is_file():
        text, where = shipped.read_text("utf-8"), f"kit {source}"
    elif path.is_file():
        text, where = path.read_text("utf-8"), str(path)
    else:
        hint, names = nearest(str(source), kit_names()), ", ".join(kit_names())
        raise InputError(f"no kit {source!r}{hint}; expected a TOML file or one of: {names}")
    try:
        return _parse(tomllib.loads(text), path.stem, where)
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{where}: not valid TOML: {error}") from error


def kit_names() -> list[str]:
    """Return the names of the kits that ship."""
    folder = files("tractage.domain.studio") / "kits"
    return sorted(item.name.removesuffix(".toml") for item in folder.iterdir() if item.name.endswith(".toml"))


def _parse(data: dict[str, Any], slug: str, where: str) -> Kit:
    colours: dict[str, str] = {}
    base = {} if slug == DEFAULT else load_kit(DEFAULT).colours
    given = data.get("colours", {})
    for unknown in sorted(set(given) - set(PAPERS) - set(OTHERS)):
        raise InputError(f"{where}: colours.{unknown}: unknown; expected {', '.join(PAPERS + OTHERS)}")
    for name in PAPERS + OTHERS:
        value = str(given.get(name, base.get(name, "")))
        try:
            channels(value)
        except ValueError as error:
            raise InputError(f"{where}: colours.{name}: {error}") from None
        colours[name] = value.upper()
    title = str(data.get("title_font", "Bricolage Grotesque"))
    if title not in font_files():
        raise InputError(
            f"{where}: title_font: {title!r} is not installed; expected {', '.join(font_files())}"
        )
    logo = str(data.get("logo", ""))
    _check_logo(logo, where)
    kit = Kit(slug, str(data.get("name", slug)), colours, title, str(data.get("imprint", "")), logo)
    refused = [finding for finding in check_kit(kit) if finding.refused]
    if refused:
        raise InputError(f"{where}: {refused[0].element}: {refused[0].message}")
    return kit


def _check_logo(logo: str, where: str) -> None:
    lower = logo.lower()
    if logo and (not lower.lstrip().startswith("<svg") or "<script" in lower or "href" in lower):
        raise InputError(f"{where}: logo: expected one <svg> element without script or link")


def check_kit(kit: Kit) -> list[Finding]:
    """Return what is wrong with a kit: ink on each paper under 4.5 refused, under 7 warned; R27 warned.

    Source: WCAG 2.2 (1.4.3, 1.4.6); Code électoral, art. R27.
    """
    found: list[Finding] = []
    for paper in PAPERS:
        value = ratio(kit.colours["encre"], kit.colours[paper])
        if value < INK_GOOD:
            said = f"ink on it is {value:.1f}:1, expected at least {INK_GOOD:g} (under {INK_LEAST} refused)"
            found.append(Finding(value < INK_LEAST, "contrast", f"colours.{paper}", said))
    for top, ground, least in _PAIRS:
        value = ratio(kit.colours[top], kit.colours[ground])
        if value < least:
            said = f"{top} on {ground} is {value:.1f}:1, expected at least {least}"
            found.append(Finding(True, "contrast", f"colours.{top}", said))
    hues = {emblem_hue(*channels(colour)): name for name, colour in kit.colours.items()}
    if {"blue", "white", "red"} <= hues.keys():
        names = ", ".join(hues[hue] for hue in ("blue", "white", "red"))
        said = f"blue, white and red together ({names}): on a poster they may recall the national emblem"
        found.append(Finding(False, "R27", "colours", said))
    return found


def emblem_hue(red: int, green: int, blue: int) -> str:
    """Return `blue`, `white` or `red` when a colour can be read as the national flag's, else nothing."""
    hue, lightness, saturation = colorsys.rgb_to_hls(red / 255, green / 255, blue / 255)
    if lightness > 0.93 and min(red, green, blue) > 235:
        return "white"
    vivid = saturation > 0.45 and 0.15 < lightness < 0.65
    if vivid and 205 / 360 <= hue <= 255 / 360:
        return "blue"
    if vivid and (hue >= 345 / 360 or hue <= 12 / 360):
        return "red"
    return ""
