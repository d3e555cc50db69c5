"""`tractage prints`, from files to a JSON document."""

import csv
import io
import json
from pathlib import Path

import cv2
import numpy as np
import pytest
from benchmarks.media_fuzz import film
from benchmarks.prints_works import gif, looks, make_work
from PIL import Image

from tractage.cli.main import run

LOOK = looks()["dev"]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("works")
    for seed in range(4):
        Image.fromarray(make_work("poster", seed, LOOK).frames[0]).save(folder / f"poster-{seed}.png")
    (folder / "moving").mkdir()
    frames = [Image.fromarray(frame) for frame in gif(np.random.default_rng(5), LOOK)]
    frames[0].save(folder / "moving/words.gif", save_all=True, append_images=frames[1:], duration=200)
    (folder / "moving/clip.mp4").write_bytes(film("mp4", "libx264", "aac"))
    (folder / "notes.txt").write_text("not a work")
    return folder


def tractage(monkeypatch: pytest.MonkeyPatch, *words: object) -> int:
    monkeypatch.setattr("sys.argv", ["tractage", "prints", *(str(word) for word in words)])
    with pytest.raises(SystemExit) as end:
        run()
    return int(end.value.code or 0)


def test_works_are_found_again(
    library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    index = tmp_path / "works.index"
    assert tractage(monkeypatch, "add", library, "--index", index) == 0
    assert "6 works (6 new)" in capsys.readouterr().err
    poster = np.asarray(Image.open(library / "poster-2.png"))
    turned = poster[60:-60, ::-1]
    Image.fromarray(turned).save(tmp_path / "seen.jpg", quality=70)
    stranger = make_work("poster", 99, LOOK).frames[0]
    Image.fromarray(stranger).save(tmp_path / "stranger.png")
    files = [tmp_path / "seen.jpg", tmp_path / "stranger.png", library / "moving/words.gif"]
    assert tractage(monkeypatch, "match", *files, "--index", index, "--format", "json") == 0
    seen, other, moving = json.loads(capsys.readouterr().out)
    assert seen["file"] == str(files[0])
    assert [(one["work"], one["mirrored"], one["kind"]) for one in seen["matches"]] == [
        ("poster-2.png", True, "match")
    ]
    assert 0.27 <= seen["matches"][0]["score"] <= 1
    assert other["matches"] == []
    assert [one["work"] for one in moving["matches"]] == ["moving/words.gif"]
    assert moving["matches"][0]["frames"] >= 2


def test_a_bad_work_is_left_out_and_named(
    library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "works"
    folder.mkdir()
    (folder / "good.png").write_bytes((library / "poster-1.png").read_bytes())
    (folder / "cut.png").write_bytes((library / "poster-2.png").read_bytes()[:2_000])
    assert tractage(monkeypatch, "add", folder, "--index", tmp_path / "works.index") == 2
    said = capsys.readouterr().err
    assert "left out: cut.png" in said
    assert "1 works (1 new)" in said


def test_an_index_grows(
    library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    index = tmp_path / "works.index"
    assert tractage(monkeypatch, "add", library / "moving", "--index", index) == 0
    assert tractage(monkeypatch, "add", library / "moving", "--index", index) == 2
    assert "in the index already" in capsys.readouterr().err
    assert tractage(monkeypatch, "add", library / "moving", "--index", index, "--skip-known") == 0
    assert "2 works (0 new)" in capsys.readouterr().err


def test_a_bad_file_is_one_line_and_the_others_go_on(
    library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    index = tmp_path / "works.index"
    tractage(monkeypatch, "add", library, "--index", index)
    capsys.readouterr()
    (tmp_path / "bad.png").write_bytes(b"PK\x03\x04 not a picture")
    files = [tmp_path / "bad.png", tmp_path / "missing.png", library / "poster-1.png"]
    assert tractage(monkeypatch, "match", *files, "--index", index, "--format", "csv") == 2
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert "it is a ZIP" in rows[0]["error"]
    assert "no such file" in rows[1]["error"]
    assert rows[2]["work"] == "poster-1.png"


@pytest.mark.parametrize(
    "content", [b"", b"not an index", b"TRACTAGE PRINTS\n\xff\xff\xff\xff\xff\xff\xff\xff"]
)
def test_what_is_not_an_index_is_refused(
    content: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "bad.index").write_bytes(content)
    cv2.imwrite(str(tmp_path / "a.png"), np.zeros((40, 40, 3), np.uint8))
    assert tractage(monkeypatch, "match", tmp_path / "a.png", "--index", tmp_path / "bad.index") == 2
    assert "index" in capsys.readouterr().err


def test_a_folder_without_works_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert tractage(monkeypatch, "add", tmp_path, "--index", tmp_path / "works.index") == 2
    assert "no picture" in capsys.readouterr().err
    assert not (tmp_path / "works.index").exists()
