from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tractage.domain.studio.ornament import grid
from tractage.domain.studio.picture import renderer
from tractage.domain.studio.setting import stack


@settings(deadline=None, max_examples=40)
@given(
    st.lists(st.text(alphabet="abcdeéçqQÉÀ", min_size=1, max_size=14), min_size=1, max_size=9),
    st.floats(200, 2000),
    st.floats(80, 2000),
)
def test_a_stack_stays_in_its_box_and_keeps_every_word(words: list[str], width: float, height: float) -> None:
    lines = stack(renderer().advance, " ".join(words), width, height)
    assert max(line.width for line in lines) <= width * 1.005
    assert sum(line.height for line in lines) <= height * 1.01
    shown = " ".join(str(line.text) for line in lines).split()
    assert shown == [word.upper() for word in words]


def test_breaks_can_be_forced() -> None:
    lines = stack(renderer().advance, "75 voix ?|Un car|scolaire.", 800, 800)
    assert len(lines) == 3


@given(st.integers(1, 700), st.floats(100, 2000), st.floats(100, 2000))
def test_a_grid_holds_every_cell(count: int, width: float, height: float) -> None:
    columns, cell = grid(count, width, height, 90)
    rows = -(-count // columns)
    assert columns * cell <= width * 1.001
    assert rows * columns >= count


@pytest.mark.parametrize("family", ["Anton", "Alfa Slab One"])
@pytest.mark.parametrize("text", ["ÉÀÂÊ|ÇQJ;|ÎÔÛŸ|ÇÇÇ|ÈÈÈ", "nous|À NOUS|ÇA VA,|ÉCOUTER"])
def test_lines_of_wood_type_never_touch(family: str, text: str) -> None:
    lines = stack(renderer().advance, text, 700, 900, family)
    ranges = []
    for shown in range(len(lines)):
        html = "<body style='margin:0;width:760px;height:1200px;padding:60px 0'>" + "".join(
            f'<div style=\'font-family:"{family}";white-space:nowrap;font-size:{line.size}px;'
            f"line-height:{line.lh};padding-top:{line.top}em;padding-bottom:{line.low}em;margin-bottom:.07em;"
            f"color:{'black' if number == shown else 'transparent'}'>{line.text}</div>"
            for number, line in enumerate(lines)
        )
        pixels = np.frombuffer(renderer().open(html, 760, 1200, transparent=True).rgba(), np.uint8)
        inked = np.nonzero(pixels.reshape(1200, 760, 4)[..., 3].max(axis=1) > 40)[0]
        ranges.append((inked.min(), inked.max()))
    assert all(one[1] < other[0] for one, other in pairwise(ranges))
