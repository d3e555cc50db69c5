"""Marking a page so that it can be measured must not move its texts."""

import numpy as np
import pytest
from PIL import Image

from tractage.domain.studio.cascade import computed
from tractage.domain.studio.check import inline_nodes
from tractage.domain.studio.compose import SMALLEST, compose, unit
from tractage.domain.studio.formats import find_format
from tractage.domain.studio.kits import load_kit
from tractage.domain.studio.markup import mark_page, read_page
from tractage.domain.studio.picture import renderer
from tractage.domain.studio.setting import apply_fit, fit
from tractage.domain.studio.template import load_template, template_names


@pytest.mark.parametrize("name", template_names())
def test_marked_pages_draw_the_same_picture(name: str) -> None:
    engine, template = renderer(), load_template(name)
    fmt = find_format(template.formats[0])
    side = unit(fmt.width, fmt.height)
    html = compose(engine, template, template.example(), fmt, load_kit())
    nodes = read_page(html)
    marked, runs = mark_page(html, nodes, inline_nodes(nodes, computed(nodes, side)))
    drawn, sizes = [], {}
    for page_html in (html, marked):
        page = engine.open(page_html, fmt.width, fmt.height, transparent=template.transparent)
        sizes = sizes or fit(page, html, SMALLEST * side)
        apply_fit(page, sizes)
        image = Image.frombytes("RGBA", (fmt.width, fmt.height), page.rgba(template.still))
        drawn.append(np.asarray(image.reduce(12), dtype=int))
    assert np.abs(drawn[0] - drawn[1]).max() < 60  # a baseline may be rounded to the next pixel, no more
    assert np.abs(drawn[0] - drawn[1]).mean() < 2
    assert runs


def test_flows_gather_inline_children() -> None:
    html = "<body><div id='a'>un <b>deux</b><br>trois</div><p>quatre</p><svg><text>x</text></svg></body>"
    nodes = read_page(html)
    _, runs = mark_page(html, nodes, inline_nodes(nodes, computed(nodes, 10)))
    assert [run.words for run in runs] == ["un deuxtrois", "quatre"]
