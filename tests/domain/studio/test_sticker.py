"""The animated words: whole from the first image, moving in between, and back where they began."""

from itertools import pairwise

import numpy as np

from tractage.domain.studio.formats import find_format
from tractage.domain.studio.kits import load_kit
from tractage.domain.studio.picture import lay_out, renderer
from tractage.domain.studio.template import load_template


def test_the_first_image_is_whole_and_the_loop_closes() -> None:
    template, fmt = load_template("mots-animes"), find_format("discord-sticker")
    page, _ = lay_out(renderer(), template, template.example(), fmt, load_kit())
    times = [index / template.fps for index in range(round(template.seconds * template.fps))]
    frames = [np.frombuffer(frame, np.uint8).reshape(320, 320, 4) for frame in page.frames(times)]
    inked = [(frame[..., 3] > 128).mean() for frame in frames]
    assert min(inked) > 0.2
    assert inked[0] > 0.25
    assert np.array_equal(frames[0], frames[-1])
    moving = sum(not np.array_equal(one, other) for one, other in pairwise(frames))
    assert 10 < moving < len(frames) - 5
    assert template.seconds <= (find_format("discord-sticker").max_seconds or 0)
