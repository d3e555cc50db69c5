"""Decision lists: read from TOML and CSV, refused with one clear line."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tractage.domain.errors import InputError
from tractage.domain.studio.edit.captions import srt, states, vtt
from tractage.domain.studio.edit.decisions import Caption, Cut, Edit, Word
from tractage.domain.studio.edit.reading import read_edit


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("a.mp4", "b.mp4", "bed.mp3", "card.png"):
        (tmp_path / name).write_bytes(b"x")
    return tmp_path


LIST = """
shape = "1:1"
[[cut]]
source = "a.mp4"
in = 1
out = 4
[[cut]]
source = "b.mp4"
in = 0
out = 4
speed = 2
transition = "fade"
overlap = 0.5
[[caption]]
text = "75 voix, un car !"
in = 0.5
out = 2
words = [0.5, 0.8, 1.1, 1.4]
[music]
source = "bed.mp3"
[end_card]
picture = "card.png"
length = 2
"""


def test_times_add_up(folder: Path) -> None:
    edit = read_edit(LIST, "e.toml", folder)
    assert edit.start_frames == (0, 75)
    assert edit.cuts_frames == 75 + 60
    assert edit.frames == 75 + 60 + 60
    assert edit.size == (1080, 1080)
    assert edit.files == [folder / n for n in ("a.mp4", "b.mp4", "bed.mp3", "card.png")]


def test_csv_says_the_same(folder: Path) -> None:
    text = (
        "source,in,out,speed,transition,overlap,caption,caption_in,caption_out\n"
        "a.mp4,1,4,,,,Bonjour,0.5,2\nb.mp4,0,4,2,fade,0.5,,,\n"
    )
    edit = read_edit(text, "e.csv", folder)
    assert edit.start_frames == (0, 75)
    assert edit.captions == (Caption("Bonjour", 0.5, 2),)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("out = 4\n[[cut]]", "out = 0.5\n[[cut]]"), "cut 1: out 0.5 s is not after in 1 s"),
        (('"a.mp4"', '"zz.mp4"'), "cut 1: source: no file 'zz.mp4'"),
        (('"fade"', '"twirl"'), "cut 2: transition: found 'twirl', expected one of: cut, fade"),
        (("speed = 2", "speed = 9"), "cut 2: speed: found 9, expected 0.25 to 4"),
        (("overlap = 0.5", "overlap = 1.5"), "cut 2: overlap 1.5 s is over half"),
        (("[0.5, 0.8, 1.1, 1.4]", "[0.5, 0.8]"), "caption 1: words: expected 4 times"),
        (("[0.5, 0.8, 1.1, 1.4]", "[0.5, 1.1, 0.8, 1.4]"), "in order"),
        (("out = 2\n", "out = 60\n"), "caption 1: out 60 s is after the end"),
        (('shape = "1:1"', 'shape = "3:2"'), "shape: found '3:2'"),
        (("[music]", "[musique]"), "unknown key 'musique'"),
        (("in = 1\n", 'in = "un"\n'), "cut 1: in: found 'un'"),
        (("shape", "= shape"), "not TOML"),
    ],
)
def test_what_is_wrong_is_named(folder: Path, change: tuple[str, str], words: str) -> None:
    with pytest.raises(InputError) as error:
        read_edit(LIST.replace(*change, 1), "e.toml", folder)
    assert words in str(error.value)
    assert "\n" not in str(error.value)


def test_an_unknown_column_is_named(folder: Path) -> None:
    with pytest.raises(InputError, match="column 'vitesse'"):
        read_edit("source,in,out,vitesse\n", "e.csv", folder)


def test_an_empty_list_is_refused(folder: Path) -> None:
    with pytest.raises(InputError, match="no cut"):
        read_edit('shape = "1:1"', "e.toml", folder)


@given(st.lists(st.floats(0, 9), min_size=1, max_size=8), st.sampled_from((24, 25, 30, 60)))
def test_states_follow_each_other_within_half_a_frame_of_their_cue(times: list[float], fps: int) -> None:
    ordered = sorted(times)
    words = tuple(Word("mot", at) for at in ordered)
    caption = Caption(" ".join("mot" for _ in words), ordered[0], 9.5, words)
    edit = Edit("9:16", (Cut(Path("a"), 0, 10),), captions=(caption,), fps=fps)
    found = list(states(edit))
    assert all(a.end == b.begin for a, b in pairwise(found))
    assert abs(found[0].begin / fps - ordered[0]) <= 0.5 / fps + 1e-9
    assert abs(found[-1].end / fps - 9.5) <= 0.5 / fps + 1e-9


def test_caption_files() -> None:
    captions = [
        Caption("Ça change !", 61.5, 63.25),
        Caption("Un deux", 0, 1, (Word("Un", 0), Word("deux", 0.4))),
    ]
    assert srt(captions) == (
        "1\n00:00:00,000 --> 00:00:01,000\nUn deux\n\n2\n00:01:01,500 --> 00:01:03,250\nÇa change\u202f!\n"
    )
    assert "00:00:00.000 --> 00:00:01.000\nUn <00:00:00.400>deux\n" in vtt(captions)
