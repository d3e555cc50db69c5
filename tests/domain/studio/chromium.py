"""The same port drawn by Chromium: the reference that the engine in use is compared with."""

import base64
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from shutil import which
from typing import Any

from tractage.domain.studio.fonts import font_files
from tractage.domain.studio.renderer import Box


def executable() -> str | None:
    """The system's Chromium, else None: Playwright then looks for its own."""
    return next(filter(None, map(which, ("chromium", "chromium-browser", "google-chrome"))), None)


def font_faces() -> str:
    """The installed fonts as `@font-face` rules, width and weight axes declared."""
    faces = []
    for family, file in font_files().items():
        axes = "font-weight:100 900;font-stretch:75% 100%;" if "[" in file.name else ""
        data = base64.b64encode(Path(file).read_bytes()).decode()
        faces.append(f'@font-face{{font-family:"{family}";{axes}src:url(data:font/ttf;base64,{data})}}')
    return "".join(faces)


_MEASURE = """e => { let x = 0, y = 0, at = e;
    while (at) { x += at.offsetLeft; y += at.offsetTop; at = at.offsetParent }
    return [x, y, e.offsetWidth, e.offsetHeight] }"""


class ChromiumPage:
    def __init__(self, tab: Any, width: int, height: int) -> None:
        self._tab, self.width, self.height = tab, width, height

    def box(self, element: str) -> Box:
        return Box(*self._tab.evaluate(f"name => ({_MEASURE})(document.getElementById(name))", element))

    def boxes(self) -> dict[str, Box]:
        script = f"""[...document.querySelectorAll('[id]')].filter(e => e.offsetParent)
            .map(e => [e.id, ({_MEASURE})(e)])"""
        return {name: Box(*box) for name, box in self._tab.evaluate(script)}

    def close(self) -> None:
        self._tab.close()

    def style(self, element: str, name: str, value: str) -> None:
        script = "([e, n, v]) => document.getElementById(e).style.setProperty(n, v)"
        self._tab.evaluate(script, [element, name, value])

    def png(self, time: float = 0.0) -> bytes:
        return bytes(self._tab.screenshot(clip={"x": 0, "y": 0, "width": self.width, "height": self.height}))

    def rgba(self, time: float = 0.0) -> bytes:
        import io

        from PIL import Image

        return Image.open(io.BytesIO(self.png(time))).convert("RGBA").tobytes()

    def frames(self, times: Sequence[float]) -> list[bytes]:
        return [self.rgba(time) for time in times]


class ChromiumRenderer:
    name = "chromium"

    def __init__(self, browser: Any, measure: Any) -> None:
        self._browser, self._measure, self._faces = browser, measure, font_faces()

    def open(
        self, html: str, width: int, height: int, *, transparent: bool = False, css: str = ""
    ) -> ChromiumPage:
        tab = self._browser.new_page(viewport={"width": width, "height": height})
        tab.set_content(html.replace("<style>", f"<style>{self._faces}*{{font-optical-sizing:none}}", 1))
        tab.evaluate("document.fonts.ready")
        return ChromiumPage(tab, width, height)

    def advance(self, text: str, family: str, size: float) -> float:
        return float(self._measure.advance(text, family, size))


@contextmanager
def chromium(measure: Any) -> Iterator[ChromiumRenderer]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=["--no-sandbox"])
        try:
            yield ChromiumRenderer(browser, measure)
        finally:
            browser.close()
