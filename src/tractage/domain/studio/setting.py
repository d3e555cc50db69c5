"""Set text the way wood type was set: every line to the full measure, and boxes whose text fits itself."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from markupsafe import Markup

from tractage.domain.studio.renderer import Page
from tractage.domain.studio.typography import french, raised

Advance = Callable[[str, str, float], float]
_ACCENTED = re.compile("[ÀÂÄÅÃÉÈÊËÎÏÍÌÔÖÓÒÕÙÛÜÚŸÑ]")
_BELOW = re.compile("[Q,;J]")
_MOST_WORDS = 12
_WIDEST_OF_SMALLEST = 2.1


class FaceMetrics(NamedTuple):
    """Line heights, in em, at which lines of one face never touch: plain, above accents, below a cedilla."""

    line: float
    accent: float
    cedilla: float
    running: float


# Measured on the fonts' own outlines (docs/methods/studio.md); `running` is for mixed text of several lines.
METRICS = {
    "Anton": FaceMetrics(0.90, 0.25, 0.25, 1.24),
    "Alfa Slab One": FaceMetrics(0.82, 0.20, 0.20, 1.1),
    "Bricolage Grotesque": FaceMetrics(0.76, 0.18, 0.16, 1.04),
    "Caveat": FaceMetrics(0.80, 0.18, 0.22, 1.0),
}
_UNKNOWN_FACE = FaceMetrics(1.0, 0.25, 0.25, 1.25)


def metrics(family: str) -> FaceMetrics:
    """Return the line heights of a family; a family that was not measured gets generous ones."""
    return METRICS.get(family, _UNKNOWN_FACE)


@dataclass(frozen=True)
class Line:
    """One line of display type: its text as HTML, its size in pixels, line height and paddings in em."""

    text: Markup
    size: float
    lh: float
    top: float
    low: float
    width: float

    @property
    def height(self) -> float:
        """The height of the line with its paddings, in pixels."""
        return self.size * (self.lh + self.top + self.low)


def stack(
    advance: Advance,
    text: str,
    width: float,
    height: float,
    family: str = "Anton",
    gap: float = 0.07,
    upper: bool = True,
) -> list[Line]:
    """Return the lines, among all breaks of `text`, that cover most of a box of width × height pixels.

    A `|` forces the breaks. Each line takes the full measure, but at most 2.1 times the size of the smallest.
    `gap` is in em, between lines.
    """
    text = french(text.strip())
    text = text.upper() if upper else text
    best: list[Line] = []
    most = -1.0
    for raws in _breaks(text):
        lines = _measured(advance, raws, width, height, family, gap)
        covered = sum(line.width * line.size for line in lines) * (1 if len(raws) < 6 else 0.8)
        if covered > most:
            best, most = lines, covered
    return best


def _breaks(text: str) -> Iterator[list[str]]:
    words = text.split(" ")
    if "|" in text or len(words) == 1:
        yield [part.strip() for part in text.split("|")]
        return
    while len(words) > _MOST_WORDS:  # join the shortest neighbours: at most 2 048 breaks to try
        at = min(range(len(words) - 1), key=lambda k: len(words[k]) + len(words[k + 1]))
        words[at : at + 2] = [words[at] + " " + words[at + 1]]
    for mask in range(2 ** (len(words) - 1)):
        lines, line = [], words[0]
        for index, word in enumerate(words[1:]):
            if mask >> index & 1:
                lines.append(line)
                line = word
            else:
                line += " " + word
        yield [*lines, line]


def _measured(
    advance: Advance, raws: list[str], width: float, height: float, family: str, gap: float
) -> list[Line]:
    face = metrics(family)
    shapes = []
    for raw in raws:
        accent = face.accent if _ACCENTED.search(raw) else 0.0
        low = face.cedilla if "Ç" in raw else (0.1 if _BELOW.search(raw) else 0.0)
        shapes.append((raw, advance(raw, family, 1.0) + 0.02, accent, low))
    smallest = min(width / wide for _, wide, _, _ in shapes)
    sizes = [min(width / wide, smallest * _WIDEST_OF_SMALLEST) for _, wide, _, _ in shapes]
    total = sum(
        size * (face.line + accent + low + gap)
        for size, (_, _, accent, low) in zip(sizes, shapes, strict=True)
    )
    scale = min(1.0, height / total)
    return [
        Line(raised(raw), round(size * scale, 1), face.line, accent, low, round(size * scale * wide, 1))
        for size, (raw, wide, accent, low) in zip(sizes, shapes, strict=True)
    ]


_FITTED = re.compile(r'id="([\w-]+)"[^>]*?data-fit="([\d.]+)"')


def fit(page: Page, html: str, least: float) -> dict[str, float]:
    """Give every `<… id="x" data-fit="MAX">` with a child `id="x-t"` the largest type that fits; return the
    sizes.

    The longest word sets the limit of the width, bisections that of the height. `least` and MAX are in
    pixels; a text that overflows at `least` stays at `least`, which `studio check` refuses.
    """
    wanted = [(element, float(most)) for element, most in _FITTED.findall(html)]
    words: dict[str, float] = {}
    for element, _ in wanted:
        page.style(f"{element}-t", "font-size", "100px")
        page.style(f"{element}-t", "width", "min-content")
    for element, _ in wanted:
        words[element] = page.box(f"{element}-t").width
    for element, _ in wanted:
        page.style(f"{element}-t", "width", "100%")
        page.style(f"{element}-t", "font-size", f"{least:.1f}px")
    return {element: _fit_one(page, element, words[element], least, most) for element, most in wanted}


def _fit_one(page: Page, element: str, word: float, least: float, most: float) -> float:
    inner, box = f"{element}-t", page.box(element)
    high = max(least, min(most, box.width / max(word, 1) * 100))

    def fits(size: float) -> bool:
        page.style(inner, "font-size", f"{size:.1f}px")
        return page.box(inner).height <= box.height

    if fits(high):
        return round(high, 1)
    low = least
    while high - low > max(0.4, low * 0.012):
        middle = (low + high) / 2
        low, high = (middle, high) if fits(middle) else (low, middle)
    fits(low)
    return round(low, 1)


def apply_fit(page: Page, sizes: Mapping[str, float]) -> None:
    """Give the fitted texts of a page the sizes, in pixels, that `fit` found on another."""
    for element, size in sizes.items():
        page.style(f"{element}-t", "width", "100%")
        page.style(f"{element}-t", "font-size", f"{size:.1f}px")
