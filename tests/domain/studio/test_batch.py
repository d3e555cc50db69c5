"""Many rows: same bytes, a manifest that is true, wrong rows told before anything is drawn."""

import hashlib
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.domain.studio.bench_template import write_template

from tractage.domain.errors import InputError
from tractage.domain.studio import batch
from tractage.domain.studio.batch import render_rows
from tractage.domain.studio.formats import find_format
from tractage.domain.studio.kits import load_kit
from tractage.domain.studio.picture import render_work
from tractage.domain.studio.rows import read_rows
from tractage.domain.studio.template import Template, load_template

ROWS = [{"id": f"r{number}", "titre": f"Rangée {number}"} for number in range(6)]


@pytest.fixture
def template(tmp_path: Path) -> Template:
    return load_template(str(write_template(tmp_path / "essai")))


def _bytes(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_two_runs_and_two_ways_give_the_same_bytes(template: Template, tmp_path: Path) -> None:
    for name, jobs in (("a", 1), ("b", 1), ("c", 2)):
        render_rows(template, ROWS, ["carre", "a4"], tmp_path / name, jobs=jobs)
    assert _bytes(tmp_path / "a") == _bytes(tmp_path / "b") == _bytes(tmp_path / "c")


def test_fresh_processes_take_over_and_draw_the_same(
    template: Template, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shares: list[int] = []
    pool = batch.ProcessPoolExecutor
    monkeypatch.setattr(batch, "ProcessPoolExecutor", lambda *words: shares.append(1) or pool(*words))
    monkeypatch.setattr(batch, "ROWS_PER_PROCESS", 2)
    render_rows(template, ROWS, ["carre"], tmp_path / "a", jobs=2)
    assert len(shares) == 2
    render_rows(template, ROWS, ["carre"], tmp_path / "b")
    assert _bytes(tmp_path / "a") == _bytes(tmp_path / "b")


def test_the_manifest_says_what_is_there(template: Template, tmp_path: Path) -> None:
    run = render_rows(template, ROWS, ["carre"], tmp_path / "out")
    works = json.loads(run.manifest.read_bytes())["works"]
    assert [work["file"] for work in works] == [f"r{n}-essai-carre.png" for n in range(6)]
    for work in works:
        data = (tmp_path / "out" / work["file"]).read_bytes()
        assert (hashlib.sha256(data).hexdigest(), len(data)) == (work["sha256"], work["bytes"])
    assert works[2]["alt"] == "Rangée 2"
    assert (run.made, run.kept, len(run.works)) == (6, 0, 6)


def test_a_second_run_draws_only_what_changed(template: Template, tmp_path: Path) -> None:
    out = tmp_path / "out"
    render_rows(template, ROWS, ["carre"], out)
    (out / "r1-essai-carre.png").write_bytes(b"damaged")
    (out / "r2-essai-carre.png").unlink()
    changed = [dict(row, titre="Autre") if row["id"] == "r3" else row for row in ROWS]
    run = render_rows(template, changed, ["carre"], out)
    assert (run.made, run.kept) == (3, 3)
    assert render_rows(template, changed, ["carre"], out, kit=load_kit("verger")).made == 6


def test_templates_share_a_folder(template: Template, tmp_path: Path) -> None:
    render_rows(template, ROWS[:1], ["carre"], tmp_path / "out")
    render_rows(template, ROWS[:1], ["portrait"], tmp_path / "out")
    works = json.loads((tmp_path / "out" / "manifest.json").read_bytes())["works"]
    assert len(works) == 2


def test_progress_adds_up(template: Template, tmp_path: Path) -> None:
    steps: list[int] = []
    render_rows(template, ROWS, ["carre", "portrait"], tmp_path / "out", progress=steps.append)
    assert sum(steps) == 12


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"id": "r9"}, "row 2: field 'titre' is not filled"),
        ({"id": "r9", "titre": "x" * 61}, "row 2: field 'titre' has 61 signs, expected at most 60"),
        ({"id": "../r9", "titre": "x"}, "row 2: id '../r9': expected letters, digits, dashes"),
        ({"id": "r0", "titre": "x"}, "row 2: id 'r0' is already that of row 1"),
    ],
)
def test_a_wrong_row_stops_before_anything_is_drawn(
    template: Template, tmp_path: Path, row: dict[str, str], said: str
) -> None:
    with pytest.raises(InputError) as caught:
        render_rows(template, [ROWS[0], row], ["carre"], tmp_path / "out")
    assert said in str(caught.value)
    assert not (tmp_path / "out").exists()


def test_an_unknown_format_is_named(template: Template, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="unknown format 'poster'"):
        render_rows(template, ROWS, ["poster"], tmp_path / "out")


def test_nothing_half_written_when_the_disk_is_full(
    template: Template, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: Path, data: bytes) -> int:
        with self.open("wb") as file:
            file.write(data[:10])
        raise OSError(28, "No space left on device", str(self))

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="No space left"):
        render_rows(template, ROWS, ["carre"], tmp_path / "out")
    assert list((tmp_path / "out").iterdir()) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "line 1: empty"),
        ("id,titre\n", "no row below the header"),
        ("id,titre,titre\na,b,c\n", "column 'titre' is there twice"),
        ("id,titre\na,b\nc\n", "line 3: 1 cells, expected 2"),
    ],
)
def test_a_wrong_csv_is_told_in_one_line(text: str, said: str) -> None:
    with pytest.raises(InputError) as caught:
        read_rows(text, "lignes.csv")
    assert str(caught.value).startswith("lignes.csv")
    assert said in str(caught.value)


def test_a_csv_of_a_spreadsheet_is_read() -> None:
    assert read_rows('\ufeffid;titre\n1;"deux; trois"\n', "x") == [{"id": "1", "titre": "deux; trois"}]


@settings(max_examples=12, deadline=None)
@given(st.text(min_size=1, max_size=60).filter(str.strip))
def test_any_text_is_drawn_or_refused_in_one_line(text: str) -> None:
    row = dict(load_template("affiche-chiffre").example(), avant=text)
    refused, work = "", None
    try:
        work = render_work(load_template("affiche-chiffre"), row, find_format("carre"), load_kit())
    except InputError as error:
        refused = str(error)
    if work is None:
        assert "no installed font can draw" in refused
        assert "\n" not in refused
    else:
        assert work.data.startswith(b"\x89PNG")


def test_a_sign_that_would_vanish_is_named(template: Template, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"row 1: field 'titre' .* '漢' \(U\+6F22\)"):
        render_rows(template, [{"titre": "Bonjour 漢"}], ["carre"], tmp_path / "out")
