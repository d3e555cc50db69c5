"""A stretch of a clip, frame by frame."""

from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from tractage.adapters.media import MediaError, read_clip


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One second and a half whose frames grow lighter, ten a second."""
    path = tmp_path_factory.mktemp("film") / "a.mp4"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=10, options={"qp": "0"})
        stream.width, stream.height, stream.pix_fmt = 64, 32, "yuv444p"
        for level in range(15):
            picture = Image.new("RGB", (64, 32), (level * 16,) * 3)
            container.mux(stream.encode(av.VideoFrame.from_image(picture)))
        container.mux(stream.encode())
    return path


def test_every_frame_in_order(film: Path) -> None:
    frames = read_clip(film, fps=10, width=64)
    assert frames.shape == (15, 32, 64, 3)
    assert np.abs(frames.mean(axis=(1, 2, 3)) - 16 * np.arange(15)).max() < 3


def test_a_stretch_at_another_rate_and_size(film: Path) -> None:
    frames = read_clip(film, fps=5, width=32, begin=0.5, end=1.1)
    assert frames.shape == (3, 16, 32, 3)
    assert abs(float(frames[0].mean()) - 5 * 16) < 4


def test_an_animated_picture_keeps_its_time(tmp_path: Path) -> None:
    pictures = [Image.new("RGB", (40, 20), (level,) * 3) for level in (0, 120, 240)]
    path = tmp_path / "a.gif"
    pictures[0].save(path, save_all=True, append_images=pictures[1:], duration=[100, 300, 100])
    frames = read_clip(path, fps=10, width=40)
    assert [round(float(frame.mean()) / 120) for frame in frames] == [0, 1, 1, 1, 2]


def test_a_cut_file_is_refused(film: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.mp4"
    bad.write_bytes(film.read_bytes()[:600])
    with pytest.raises(MediaError):
        read_clip(bad, fps=10, width=64)
