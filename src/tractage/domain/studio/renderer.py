"""The port between templates and whatever draws them."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol


class Box(NamedTuple):
    """A laid-out rectangle, in CSS pixels from the top left of the page, before any CSS transform."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The abscissa of the right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The ordinate of the lower edge."""
        return self.y + self.height

    def overlap(self, other: "Box") -> tuple[float, float]:
        """Return the width and the height of the common part, negative when the boxes are apart."""
        across = min(self.right, other.right) - max(self.x, other.x)
        down = min(self.bottom, other.bottom) - max(self.y, other.y)
        return across, down


class Page(Protocol):
    """A page that is open: it can be measured, adjusted by element id, then drawn."""

    width: int
    height: int

    def box(self, element: str) -> Box:
        """Return the rectangle of the element with this id."""

    def boxes(self) -> dict[str, Box]:
        """Return the rectangle of every element that has an id."""

    def style(self, element: str, name: str, value: str) -> None:
        """Set one inline style property of the element with this id."""

    def png(self, time: float = 0.0) -> bytes:
        """Return the page as PNG, `time` seconds after its animations began."""

    def rgba(self, time: float = 0.0) -> bytes:
        """Return width × height × 4 bytes, `time` seconds after the animations began."""

    def frames(self, times: Sequence[float]) -> list[bytes]:
        """Return the RGBA bytes of the page at each of `times`, ascending, in seconds."""


class Renderer(Protocol):
    """An engine that lays out and draws HTML and CSS; the same HTML gives the same bytes."""

    name: str

    def open(self, html: str, width: int, height: int, *, transparent: bool = False, css: str = "") -> Page:
        """Lay out `html` on a page of width × height pixels; `css` is added after the page's own."""

    def advance(self, text: str, family: str, size: float) -> float:
        """Return the width of `text` on one line, in pixels, at `size` pixels."""
