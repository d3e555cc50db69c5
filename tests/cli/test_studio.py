"""`tractage studio` as a person types it."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.domain.studio.bench_template import write_template

from tractage.cli.main import run

TRACTAGE = (sys.executable, "-m", "tractage.cli.main")


def _run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*TRACTAGE, "studio", *arguments], capture_output=True, text=True, check=False)


@pytest.fixture
def essai(tmp_path: Path) -> tuple[str, str]:
    rows = tmp_path / "lignes.csv"
    rows.write_text("id,titre\n" + "".join(f"r{n},Rangée {n}\n" for n in range(24)), "utf-8")
    return str(write_template(tmp_path / "essai")), str(rows)


def test_list_names_every_template() -> None:
    listed = json.loads(_run("list", "--format", "json").stdout)
    assert {"carte", "affiche-chiffre", "comment-voter"} <= {one["template"] for one in listed}


def test_check_exits_2_and_names_the_element(tmp_path: Path) -> None:
    folder = write_template(tmp_path / "x", '<p id="g">漢</p>')
    done = _run("check", str(folder), "--formats", "carre")
    assert done.returncode == 2
    assert "glyph: p#g" in done.stdout


def test_a_killed_run_resumes_and_gives_the_same_files(essai: tuple[str, str], tmp_path: Path) -> None:
    template, rows = essai
    whole, cut = tmp_path / "whole", tmp_path / "cut"
    arguments = ["render", template, "--rows", rows, "--formats", "carre", "--jobs", "2", "--out"]
    assert _run(*arguments, str(whole)).returncode == 0
    process = subprocess.Popen(
        [*TRACTAGE, "studio", *arguments, str(cut)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    journal = cut / ".manifest.jsonl"
    while not (journal.exists() and b"\n" in journal.read_bytes()) and process.poll() is None:
        time.sleep(0.01)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert not (cut / "manifest.json").exists()
    done = _run(*arguments, str(cut))
    assert done.returncode == 0
    assert " 0 already there" not in done.stderr
    assert {path.name: path.read_bytes() for path in cut.iterdir()} == {
        path.name: path.read_bytes() for path in whole.iterdir()
    }


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["render", "rien", "--rows", "x.csv", "--out", "o"], "no template 'rien'"),
        (["render", "carte", "--rows", "absent.csv", "--out", "o"], "absent.csv"),
        (["check", "carte", "--formats", "poster"], "unknown format 'poster'"),
        (["check", "carte", "--kit", "rien"], "no kit 'rien'"),
    ],
)
def test_a_mistake_is_one_line_and_exit_code_2(
    arguments: list[str], said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["tractage", "studio", *arguments])
    with pytest.raises(SystemExit) as left:
        run()
    told = capsys.readouterr().err.strip()
    assert left.value.code == 2
    assert said in told
    assert "\n" not in told
