"""The renderer in use: blitz-py, an HTML and CSS engine without a browser."""

import re
from collections.abc import Sequence
from functools import cache, lru_cache

import blitz_py

from tractage.domain.errors import TractageError
from tractage.domain.studio.fonts import font_files
from tractage.domain.studio.renderer import Box

_ROOT = "page-root"


class BlitzPage:
    """A page laid out by blitz-py."""

    def __init__(self, html: str, width: int, height: int, transparent: bool, css: str) -> None:
        self.width, self.height = width, height
        html, self._root = _named_root(html)
        self._stale = False
        background = None if transparent else "#ffffff"
        try:
            self._document = blitz_py.Template(
                html, width=width, height=height, background=background, css=css or None
            )
        except Exception as error:
            raise TractageError("the engine cannot read this page: run `tractage studio check`") from error

    def box(self, element: str) -> Box:
        """Return the rectangle of the element with this id."""
        return Box(*self._document.get_box(element))

    def boxes(self) -> dict[str, Box]:
        """Return the rectangle of every element that has an id."""
        self._settle()
        return {element: Box(*box) for element, box in self._document.boxes().items()}

    def style(self, element: str, name: str, value: str) -> None:
        """Set one inline style property of the element with this id."""
        self._document.set_style(element, name, value)
        self._stale = True

    def _settle(self) -> None:
        """Lay the whole page out again: after a change the engine paints some lines as a probe broke them."""
        if self._stale:
            self._document.set_style(self._root, "width", f"{self.width - 1}px")
            self._document.get_box(self._root)
            self._document.set_style(self._root, "width", f"{self.width}px")
            self._stale = False

    def png(self, time: float = 0.0) -> bytes:
        """Return the page as PNG; the engine's clock never goes back, so `time` must not either."""
        self._settle()
        return bytes(self._document.render_png(time=time))

    def rgba(self, time: float = 0.0) -> bytes:
        """Return width × height × 4 bytes."""
        self._settle()
        return bytes(self._document.render_rgba(time=time)[2])

    def frames(self, times: Sequence[float]) -> list[bytes]:
        """Return the RGBA bytes of the page at each of `times`."""
        self._settle()
        return [bytes(frame) for frame in self._document.render_frames(times=list(times))[2]]


class BlitzRenderer:
    """Opens pages with blitz-py; fonts are registered once per process."""

    name = f"blitz-py {blitz_py.__version__}"

    def __init__(self) -> None:
        _register_fonts()

    def open(
        self, html: str, width: int, height: int, *, transparent: bool = False, css: str = ""
    ) -> BlitzPage:
        """Lay out `html` on a page of width × height pixels."""
        return BlitzPage(html, width, height, transparent, css)

    def advance(self, text: str, family: str, size: float) -> float:
        """Return the width of `text` on one line, in pixels, at `size` pixels."""
        return _advance(text, family) * size / 100


def _named_root(html: str) -> tuple[str, str]:
    body = re.search(r"<body\b[^>]*>", html)
    named = re.search(r'\bid="([^"]+)"', body[0]) if body else None
    if named:
        return html, named[1]
    return html.replace("<body", f'<body id="{_ROOT}"', 1), _ROOT


@cache
def _register_fonts() -> tuple[str, ...]:
    return tuple(blitz_py.register_fonts([file.read_bytes() for file in font_files().values()]))


@lru_cache(maxsize=8192)
def _advance(text: str, family: str) -> float:
    return float(blitz_py.measure_text(text, font_size=100, font_family=family)[0])
