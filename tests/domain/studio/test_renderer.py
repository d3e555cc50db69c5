"""The engine in use against Chromium: every text box in the same place, within one hundredth of the side."""

from collections.abc import Iterator

import pytest
from tests.domain.studio.chromium import ChromiumRenderer, chromium

from tractage.domain.studio.cascade import computed
from tractage.domain.studio.check import inline_nodes
from tractage.domain.studio.compose import SMALLEST, compose, unit
from tractage.domain.studio.formats import find_format
from tractage.domain.studio.kits import load_kit
from tractage.domain.studio.markup import mark_page, read_page
from tractage.domain.studio.picture import renderer
from tractage.domain.studio.renderer import Box
from tractage.domain.studio.setting import fit
from tractage.domain.studio.template import load_template, template_names
from tractage.domain.studio.typography import NARROW

pytestmark = [pytest.mark.slow, pytest.mark.browser]
QUICK = ("carte", "affiche-chiffre", "citation")
COMPARED = [pytest.param(one, marks=() if one in QUICK else pytest.mark.slow) for one in template_names()]
TOLERANCE = 1.0  # hundredths of the side of the square of the same area
TOLERANCE_BLANK = 2.5  # where a font has no U+202F, each engine borrows its width from another font


@pytest.fixture(scope="module")
def reference() -> Iterator[ChromiumRenderer]:
    playwright = pytest.importorskip("playwright.sync_api")
    try:
        with chromium(renderer()) as opened:
            yield opened
    except playwright.Error as error:
        pytest.skip(f"no Chromium to compare with: {str(error).splitlines()[0]}")


@pytest.mark.parametrize("name", COMPARED)
def test_text_boxes_agree(name: str, reference: ChromiumRenderer) -> None:
    template, apart = load_template(name), []
    for fmt in map(find_format, template.formats):
        if fmt.name not in ("portrait", "large", "discord-sticker"):
            continue
        side = unit(fmt.width, fmt.height)
        html = compose(renderer(), template, template.example(), fmt, load_kit())
        nodes = read_page(html)
        marked, runs = mark_page(html, nodes, inline_nodes(nodes, computed(nodes, side)))
        boxes = []
        for engine in (renderer(), reference):
            page = engine.open(marked, fmt.width, fmt.height, transparent=template.transparent)
            fit(page, marked, SMALLEST * side)
            boxes.append(page.boxes())
        page.close()
        for run in runs:
            one, other = boxes[0][run.box], boxes[1].get(run.box, Box(0, 0, 0, 0))
            gap = max(abs(a - b) for a, b in zip(one, other, strict=True)) / side
            if gap > (TOLERANCE_BLANK if NARROW in run.words else TOLERANCE):
                apart.append((fmt.name, run.words.strip()[:30], round(gap, 2)))
    assert apart == []
