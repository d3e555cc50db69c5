"""`tractage studio gif | edit | inspect`, as a person runs them."""

import json
from pathlib import Path

import pytest
from PIL import Image
from typer.testing import CliRunner

from tractage.cli.main import mount
from tractage.domain.errors import InputError

RUNNER = CliRunner()


def run(*words: object) -> str:
    result = RUNNER.invoke(mount(), [str(word) for word in words], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


@pytest.fixture
def animation(tmp_path: Path) -> Path:
    frames = [Image.new("RGB", (60, 40), (255, 210, level)) for level in (0, 90, 180)]
    path = tmp_path / "a.gif"
    frames[0].save(path, save_all=True, append_images=frames[1:], duration=100)
    return path


def test_gif_of_a_clip(animation: Path, tmp_path: Path) -> None:
    out = tmp_path / "b.gif"
    said = run("studio", "gif", animation, "--out", out, "--fps", 10)
    assert "60×40, 3 frames at 10/s" in said
    assert Image.open(out).n_frames == 3


def test_gif_of_a_template(tmp_path: Path) -> None:
    run("studio", "gif", "mots-animes", "--out", tmp_path / "s.webp", "--format", "discord-emoji")
    assert Image.open(tmp_path / "s.webp").size == (128, 128)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("a.gif", "--out", "x.bmp"), r"x\.bmp: expected a name that ends in"),
        (("a.gif", "--out", "x.gif", "--in", "9"), r"--in 9: expected less than the end"),
        (("still.png", "--out", "x.gif"), r"still\.png: expected a clip"),
        (("text.gif", "--out", "x.gif"), r"text\.gif"),
    ],
)
def test_bad_input_is_one_line(
    animation: Path, words: tuple[str, ...], message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = animation.parent
    Image.new("RGB", (30, 30)).save(folder / "still.png")
    (folder / "text.gif").write_text("not a picture")
    monkeypatch.chdir(folder)
    with pytest.raises(InputError, match=message) as error:
        run("studio", "gif", *words)
    assert "\n" not in str(error.value)
    assert not (folder / "x.gif").exists()


def test_edit_says_what_is_wrong_with_the_list(tmp_path: Path) -> None:
    (tmp_path / "e.toml").write_text('[[cut]]\nsource = "missing.mp4"\nin = 0\nout = 1\n')
    with pytest.raises(InputError, match=r"cut 1: source: no file 'missing\.mp4'"):
        run("studio", "edit", tmp_path / "e.toml", "--out", tmp_path / "o.mp4")


def test_inspect_reads_a_seal_back(tmp_path: Path) -> None:
    from datetime import UTC, datetime

    from tractage.adapters.provenance import new_identity, seal
    from tractage.domain.studio.provenance import Credit

    plain = tmp_path / "a.png"
    Image.new("RGB", (40, 40), "#7fd8b4").save(plain)
    assert json.loads(run("studio", "inspect", plain, "--format", "json"))["provenance"] == "none"
    identity = new_identity("Une instance", datetime.now(UTC))
    plain.write_bytes(seal(plain.read_bytes(), "image/png", Credit("Une œuvre", ("Bob",), "CC0"), identity))
    told = json.loads(run("studio", "inspect", plain, "--format", "json"))
    assert (told["provenance"], told["authors"], told["licence"]) == ("Valid", ["Bob"], "CC0")
