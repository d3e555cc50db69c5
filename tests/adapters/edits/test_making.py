"""A whole edit, made from small clips and read back."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from tractage.adapters.edits import make_edit
from tractage.domain.errors import InputError
from tractage.domain.studio.edit.decisions import Caption, Cut, Edit, Music, Word
from tractage.domain.studio.edit.sound import RATE, loudness
from tractage.domain.studio.kits import load_kit
from tractage.domain.studio.picture import renderer


def clip(path: Path, colour: tuple[int, int, int], seconds: float = 2, hertz: float = 440) -> Path:
    """A clip of one colour with a tone."""
    with av.open(str(path), "w") as container:
        video = container.add_stream("libx264", rate=25)
        video.width, video.height, video.pix_fmt = 320, 180, "yuv420p"
        sound = container.add_stream("aac", rate=RATE, layout="stereo")
        for _ in range(int(seconds * 25)):
            container.mux(video.encode(av.VideoFrame.from_image(Image.new("RGB", (320, 180), colour))))
        wave = 0.2 * np.sin(2 * np.pi * hertz * np.arange(int(seconds * RATE)) / RATE, dtype=np.float32)
        for at in range(0, len(wave), 1024):
            piece = np.tile(wave[at : at + 1024], (2, 1))
            frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(piece), format="fltp", layout="stereo")
            frame.sample_rate, frame.pts = RATE, at
            container.mux(sound.encode(frame))
        container.mux(video.encode())
        container.mux(sound.encode())
    return path


@pytest.fixture(scope="module")
def clips(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("clips")
    clip(folder / "red.mp4", (200, 30, 30))
    clip(folder / "green.mp4", (30, 160, 60), hertz=660)
    Image.new("RGB", (400, 400), (20, 40, 220)).save(folder / "card.png")
    return folder


@pytest.fixture(scope="module")
def edit(clips: Path) -> Edit:
    return Edit(
        shape="1:1",
        cuts=(
            Cut(clips / "red.mp4", 0.2, 1.2),
            Cut(clips / "green.mp4", 0, 1.6, speed=2, transition="fade", overlap=0.2),
        ),
        captions=(Caption("Un deux", 0.2, 0.8, (Word("Un", 0.2), Word("deux", 0.5))),),
        music=Music(clips / "green.mp4", gain=-12),
        end_card=clips / "card.png",
        end_card_length=0.5,
    )


@pytest.fixture(scope="module")
def made(edit: Edit, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("out") / "edit.mp4"
    steps: list[int] = []
    result = make_edit(edit, out, load_kit(), renderer(), steps.append)
    assert sum(steps) == result.frames == edit.frames
    return out


def pictures(path: Path) -> list[np.ndarray]:
    with av.open(str(path)) as container:
        return [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]


def test_every_frame_is_there_and_where_it_should_be(made: Path, edit: Edit) -> None:
    frames = pictures(made)
    assert len(frames) == edit.frames
    assert frames[0].shape == (1080, 1080, 3)
    corners = [tuple(int(c) for c in frame[20, 20]) for frame in frames]
    assert corners[0][0] > 150 > corners[0][1]
    assert corners[edit.cuts_frames - 1][1] > 120 > corners[edit.cuts_frames - 1][0]
    assert corners[edit.cuts_frames][2] > 180


def test_captions_show_on_their_frames(made: Path, edit: Edit) -> None:
    frames = pictures(made)
    dark = [bool((frame.sum(axis=2) < 180).mean() > 0.01) for frame in frames]
    caption = edit.captions[0]
    assert abs(dark.index(True) - caption.begin * edit.fps) <= 1
    assert abs(max(n for n, d in enumerate(dark) if d) + 1 - caption.end * edit.fps) <= 1


def test_loudness_is_the_target(made: Path) -> None:
    with av.open(str(made)) as container:
        pieces = [frame.to_ndarray() for frame in container.decode(audio=0)]
    sound = np.concatenate(pieces, axis=1).T.astype(np.float32)
    assert loudness(sound) == pytest.approx(-14, abs=0.5)


def test_caption_files_stand_beside(made: Path) -> None:
    assert made.with_suffix(".srt").read_text().startswith("1\n00:00:00,200 --> 00:00:00,800\nUn deux")
    assert made.with_suffix(".vtt").read_text().startswith("WEBVTT")


def test_index_is_at_the_front(made: Path) -> None:
    data = made.read_bytes()
    assert data.index(b"moov") < data.index(b"mdat")


def test_a_source_that_is_too_short_is_named(clips: Path, tmp_path: Path) -> None:
    edit = Edit("1:1", (Cut(clips / "red.mp4", 0, 9),))
    with pytest.raises(InputError, match=r"cut 1: out 9 s is after the end of red\.mp4"):
        make_edit(edit, tmp_path / "x.mp4", load_kit(), renderer())


def test_a_hostile_source_is_refused(clips: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.mp4"
    bad.write_bytes((clips / "red.mp4").read_bytes()[:900])
    with pytest.raises(InputError, match=r"bad\.mp4"):
        make_edit(Edit("1:1", (Cut(bad, 0, 1),)), tmp_path / "x.mp4", load_kit(), renderer())
    assert not (tmp_path / "x.mp4").exists()


def test_a_kill_leaves_no_half_file(clips: Path, tmp_path: Path) -> None:
    (tmp_path / "e.toml").write_text(
        f'shape = "9:16"\n[[cut]]\nsource = "{clips / "red.mp4"}"\nin = 0\nout = 2\nspeed = 0.25'
    )
    code = (
        "import sys; from pathlib import Path; from tractage.adapters.edits import make_edit;"
        "from tractage.domain.studio.edit.reading import read_edit;"
        "from tractage.domain.studio.kits import load_kit;"
        "from tractage.domain.studio.picture import renderer;"
        "p = Path(sys.argv[1]);"
        "edit = read_edit(p.read_text(), p.name, p.parent);"
        "say = lambda n: print(n, flush=True);"
        "make_edit(edit, p.with_name('out.mp4'), load_kit(), renderer(), say)"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path / "e.toml")], stdout=subprocess.PIPE, start_new_session=True
    )
    assert process.stdout
    assert process.stdout.readline().strip().isdigit()
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline and len(list(tmp_path.iterdir())) > 1:
        time.sleep(0.05)
    assert [path.name for path in tmp_path.iterdir()] == ["e.toml"]
