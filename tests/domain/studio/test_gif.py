"""The GIF encoder, read back with Pillow's decoder."""

import io

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageSequence

from tractage.domain.errors import InputError
from tractage.domain.studio.gif import encode_gif
from tractage.domain.studio.similarity import luma, ssim


def moving_square(frames: int = 6, size: int = 64) -> NDArray[np.uint8]:
    """Flat paper, a square that crosses it, a ramp behind."""
    out = []
    for number in range(frames):
        picture = Image.linear_gradient("L").resize((size, size)).convert("RGB")
        ImageDraw.Draw(picture).rectangle((number * 6, 20, number * 6 + 20, 40), fill=(255, 210, 63))
        out.append(np.array(picture))
    return np.stack(out)


def decoded(data: bytes, mode: str = "RGB") -> NDArray[np.uint8]:
    return np.stack([np.array(f.convert(mode)) for f in ImageSequence.Iterator(Image.open(io.BytesIO(data)))])


def test_what_a_viewer_decodes_is_as_close_as_promised() -> None:
    frames = moving_square()
    gif = encode_gif(frames, fps=10, target=0.97)
    shown = decoded(gif.data)
    measured = np.mean([ssim(luma(a), luma(b)) for a, b in zip(frames, shown, strict=True)])
    assert gif.ssim >= 0.97
    assert measured == pytest.approx(gif.ssim, abs=0.004)


def test_few_colours_come_back_exactly() -> None:
    rng = np.random.default_rng(5)
    table = np.array([[35, 21, 46], [255, 210, 63], [127, 216, 180]], np.uint8)
    frames = table[rng.integers(0, 3, (4, 40, 56))]
    assert (decoded(encode_gif(frames, fps=10, target=1.0).data) == frames).all()


def test_durations_add_up_to_the_clip() -> None:
    image = Image.open(io.BytesIO(encode_gif(moving_square(7), fps=15).data))
    durations = [frame.info["duration"] for frame in ImageSequence.Iterator(image)]
    assert sum(durations) == round(7 * 100 / 15) * 10


def test_a_lower_target_is_never_larger() -> None:
    rng = np.random.default_rng(1)
    frames = (
        (moving_square(4).astype(int) + rng.integers(-20, 20, (4, 64, 64, 3))).clip(0, 255).astype(np.uint8)
    )
    sizes = [len(encode_gif(frames, fps=10, target=target).data) for target in (0.7, 0.85, 0.95)]
    assert sizes == sorted(sizes)


def test_clear_pixels_stay_clear() -> None:
    frames = np.zeros((3, 32, 32, 4), np.uint8)
    for number in range(3):
        frames[number, 4 : 12 + number, 4:20] = (255, 155, 133, 255)
    gif = encode_gif(frames, fps=10)
    assert gif.ssim > 0.99
    shown = decoded(gif.data, "RGBA")
    assert ((shown[..., 3] < 128) == (frames[..., 3] < 128)).all()


def test_limit_of_a_platform_wins() -> None:
    rng = np.random.default_rng(2)
    frames = rng.integers(0, 255, (3, 48, 48, 3), dtype=np.uint8)
    free = encode_gif(frames, fps=10)
    tight = encode_gif(frames, fps=10, max_bytes=len(free.data) // 2)
    assert len(tight.data) <= len(free.data) // 2
    with pytest.raises(InputError, match="limit is 500"):
        encode_gif(frames, fps=10, max_bytes=500)


def test_same_bytes_twice() -> None:
    frames = moving_square()
    assert encode_gif(frames, fps=12).data == encode_gif(frames, fps=12).data


@pytest.mark.parametrize(("frames", "fps"), [(np.zeros((0, 4, 4, 3), np.uint8), 10), (moving_square(2), 0)])
def test_bad_input_is_refused(frames: NDArray[np.uint8], fps: float) -> None:
    with pytest.raises(InputError):
        encode_gif(frames, fps=fps)


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 3), st.integers(1, 40), st.integers(1, 40), st.integers(0, 2**32 - 1))
def test_any_size_can_be_read_back(count: int, height: int, width: int, seed: int) -> None:
    frames = np.random.default_rng(seed).integers(0, 255, (count, height, width, 3), dtype=np.uint8)
    image = Image.open(io.BytesIO(encode_gif(frames, fps=10, target=0.5).data))
    assert image.size == (width, height)
    assert sum(1 for _ in ImageSequence.Iterator(image)) == count
