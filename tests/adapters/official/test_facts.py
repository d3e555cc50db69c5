"""The table of facts is built whole, the same every time, or not at all."""

import hashlib
import os
import resource
import shutil
import tomllib
from pathlib import Path

import pytest
from tests.adapters.official.invented_files import sheet_rows, source, write_workbook

from tractage.adapters.official.facts import build_facts, contents
from tractage.adapters.official.sources import sources
from tractage.adapters.official.writing import write_whole
from tractage.domain.elections.catalogue import election, elections
from tractage.domain.elections.results import read_results, table_path
from tractage.domain.elections.seats import all_seats
from tractage.domain.errors import InputError, TractageError

RAW = Path(os.environ.get("TRACTAGE_RAW") or Path(__file__).parents[4] / "shared" / "data") / "elections"


def test_the_invented_files_make_a_table(invented: Path) -> None:
    facts = build_facts(invented)
    for one in elections():
        results = read_results(election(one.id), facts.table)
        assert len(results.seats()) == 577
        assert len(results.round(1)) == 577
    seat = read_results(election("legislatives-2024"), facts.table).seat("099-11")
    assert [held.number for held in seat.rounds] == [1, 2]
    assert seat.elected is not None
    assert seat.elected.full_name == "Alice ALPHA"


def test_the_same_files_make_the_same_bytes(invented: Path) -> None:
    first, second = build_facts(invented), build_facts(invented)
    assert first == second


def test_the_provenance_names_every_file(invented: Path) -> None:
    facts = build_facts(invented)
    said = tomllib.loads(facts.provenance)
    assert said["licence"] == "Licence Ouverte 2.0"
    assert said["sha256"] == hashlib.sha256(facts.table).hexdigest()
    for one, entry in zip(sources(), said["source"], strict=True):
        content = (invented / one.file).read_bytes()
        assert (entry["file"], entry["sha256"]) == (one.file, hashlib.sha256(content).hexdigest())


def test_a_seat_without_a_winner_is_named(invented: Path, tmp_path: Path) -> None:
    raw = shutil.copytree(invented, tmp_path / "raw")
    one = source("legislatives-2024", 2)
    rows = sheet_rows(one, all_seats()[-one.seats :])
    rows[1][rows[0].index("Elu 1")] = ""
    write_workbook(raw / one.file, one.sheet, rows)
    with pytest.raises(InputError, match=r"seat \S+: found 0 elected in round 1, 0 elected in round 2"):
        build_facts(raw)


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="nowhere: no such folder of official files"):
        build_facts(tmp_path / "nowhere")


def test_a_full_disk_leaves_what_was_there(invented: Path, tmp_path: Path) -> None:
    out = tmp_path / "results.parquet"
    out.write_bytes(b"before")
    facts = build_facts(invented)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(facts.table) // 2, hard))
    try:
        with pytest.raises(TractageError, match=r"results\.parquet: cannot be written \(File too large\)"):
            write_whole(contents(facts, out))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert out.read_bytes() == b"before"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["results.parquet"]


def test_a_file_that_fails_leaves_the_other_untouched(tmp_path: Path) -> None:
    (tmp_path / "kept").write_bytes(b"before")
    with pytest.raises(TractageError, match="nothing was changed"):
        write_whole({tmp_path / "kept": b"after", tmp_path / "no" / "folder": b"x"})
    assert (tmp_path / "kept").read_bytes() == b"before"
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]


def test_the_shipped_table_is_the_one_its_provenance_names() -> None:
    said = tomllib.loads(table_path().with_suffix(".toml").read_text("utf-8"))
    assert said["sha256"] == hashlib.sha256(table_path().read_bytes()).hexdigest()
    assert [(entry["file"], entry["sha256"]) for entry in said["source"]] == [
        (one.file, one.sha256) for one in sources()
    ]


def test_the_shipped_data_are_under_three_megabytes() -> None:
    assert sum(path.stat().st_size for path in table_path().parent.rglob("*") if path.is_file()) < 3e6


@pytest.mark.skipif(not RAW.is_dir(), reason="needs the official files (TRACTAGE_RAW)")
def test_the_official_files_make_the_shipped_table() -> None:
    facts = build_facts(RAW)
    assert facts.sha256 == hashlib.sha256(table_path().read_bytes()).hexdigest()
    assert facts.provenance == table_path().with_suffix(".toml").read_text("utf-8")
