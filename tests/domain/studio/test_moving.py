"""What moves: animated templates, and every kind that they are written as."""

import io

import av
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from tractage.domain.errors import InputError
from tractage.domain.studio.formats import find_format
from tractage.domain.studio.kits import load_kit
from tractage.domain.studio.moving import animate, encode_moving
from tractage.domain.studio.picture import ExportRefusedError
from tractage.domain.studio.template import load_template


@pytest.fixture(scope="module")
def words() -> NDArray[np.uint8]:
    template = load_template("mots-animes")
    return animate(template, template.example(), find_format("discord-emoji"), load_kit())


def test_an_animation_moves_and_its_first_frame_is_not_empty(words: NDArray[np.uint8]) -> None:
    assert words.shape[1:] == (128, 128, 4)
    assert (words[0, ..., 3] > 0).mean() > 0.05
    assert (words != words[0]).any()


def test_a_sticker_is_within_its_platform(words: NDArray[np.uint8]) -> None:
    limit = find_format("discord-emoji").max_bytes
    sticker = encode_moving(words, "gif", fps=15, max_bytes=limit)
    assert len(sticker.data) <= limit
    image = Image.open(io.BytesIO(sticker.data))
    assert (image.size, image.n_frames) == ((128, 128), len(words))


def test_webp_keeps_frames_and_clear_ground(words: NDArray[np.uint8]) -> None:
    image = Image.open(io.BytesIO(encode_moving(words, "webp", fps=15).data))
    assert image.size == (128, 128)
    assert np.array(image.convert("RGBA"))[..., 3].min() == 0


def test_mp4_has_every_frame_at_its_rate(words: NDArray[np.uint8]) -> None:
    with av.open(io.BytesIO(encode_moving(words, "mp4", fps=15).data)) as container:
        assert sum(1 for _ in container.decode(video=0)) == len(words)
        assert container.streams.video[0].average_rate == 15


@pytest.mark.parametrize("kind", ["webp", "mp4"])
def test_what_cannot_fit_is_refused(words: NDArray[np.uint8], kind: str) -> None:
    with pytest.raises(ExportRefusedError, match="the limit is 500"):
        encode_moving(words, kind, fps=15, max_bytes=500)


def test_a_still_template_and_another_kind_are_refused(words: NDArray[np.uint8]) -> None:
    still = load_template("carte")
    with pytest.raises(InputError, match="does not move"):
        animate(still, still.example(), find_format("carre"), load_kit())
    with pytest.raises(InputError, match="bmp"):
        encode_moving(words, "bmp", fps=15)
