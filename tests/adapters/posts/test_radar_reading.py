"""Files of posts, good and bad."""

import gzip
import json
from pathlib import Path

import polars as pl
import pyarrow
import pytest

from tractage.adapters.posts.files import budget_of, cost_of, recognise, refuse_over_budget
from tractage.adapters.posts.reading import Columns, read_layer
from tractage.adapters.posts.times import seconds
from tractage.domain.errors import InputError

COLUMNS = Columns("account", "content", "time")
CSV = "object,account,content,time\no1,a,1,1718000000\no1,b,2,1718000005.5\n,c,3,1718000007\n"


def read(path: Path, **options: object) -> pl.DataFrame:
    return read_layer(recognise(path), "object", COLUMNS, **options).frame  # type: ignore[arg-type]


def written(folder: Path, text: str, name: str = "posts.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_every_kind_of_file_reads_the_same(tmp_path: Path) -> None:
    plain = read(written(tmp_path, CSV))
    assert plain.rows() == [("o1", "a", "1", 1718000000.0), ("o1", "b", "2", 1718000005.5)]
    rows = list(pl.read_csv(CSV.encode()).iter_rows(named=True))
    lines = "\n".join(json.dumps(row) for row in rows).encode()
    (tmp_path / "posts.csv.gz").write_bytes(gzip.compress(CSV.encode()))
    (tmp_path / "posts.ndjson").write_bytes(lines)
    (tmp_path / "posts.jsonl.gz").write_bytes(gzip.compress(lines))
    (tmp_path / "posts.json").write_text(json.dumps(rows))
    for name, data in (("posts.csv.zst", CSV.encode()), ("posts.ndjson.zst", lines)):
        (tmp_path / name).write_bytes(pyarrow.compress(data, "zstd", asbytes=True))
    pl.DataFrame(rows).write_parquet(tmp_path / "posts.parquet")
    written(tmp_path, CSV.replace(",", ";"), "semicolons.csv")
    written(tmp_path, CSV.replace(",", "\t"), "tabs.tsv")
    paths = [path for path in tmp_path.iterdir() if path.name != "posts.csv"]
    assert len(paths) == 9
    for path in paths:
        assert read(path).equals(plain), path.name


def test_ids_that_a_table_kept_as_numbers_are_texts_without_a_fraction(tmp_path: Path) -> None:
    raw = {"object": [7.0, None, 8.0], "account": [1, 2, 3], "content": [7, 8, 9], "time": [0.0, 1.0, 2.0]}
    pl.DataFrame(raw).write_parquet(tmp_path / "p.parquet")
    assert read(tmp_path / "p.parquet").rows() == [("7", "1", "7", 0.0), ("8", "3", "9", 2.0)]


@pytest.mark.parametrize(
    ("text", "options", "message"),
    [
        ("", {}, "the file is empty"),
        ("\n\n", {}, "the first line is empty"),
        ("object,account,content\no,a,1\n", {}, "no column 'time', found object, account, content"),
        ("\x1b[31m\x00\ufffd;\n", {}, r"found \?\[31m\?\?"),
        (CSV, {"delimiter": ";"}, "is the delimiter ','"),
        ("object:account:content:time\no:a:1:0\n", {}, "single column"),
        (
            CSV.replace("1718000005.5", "2024-06-10T06:13:25Z"),
            {},
            r"mixed time formats, line 2 holds '1718000000' and line 3",
        ),
        (CSV.replace("1718000005.5", "NaN"), {}, "line 3 holds 'NaN'"),
        (CSV.replace("1718000005.5", ""), {}, "line 3 holds nothing"),
        (CSV.replace("1718000005.5", "yesterday"), {}, "line 3 holds 'yesterday', expected seconds"),
        (CSV.replace("1718000005.5", "1718000005000"), {}, "too large for seconds"),
        (CSV.replace("o1,b,", "o1,,"), {}, "line 3 has no 'account'"),
        (CSV + "o1,d,4,1718000000,extra,extra\n", {}, "not readable as csv"),
    ],
)
def test_one_line_says_what_is_wrong(
    tmp_path: Path, text: str, options: dict[str, str], message: str
) -> None:
    path = written(tmp_path, text)
    with pytest.raises(InputError, match=message) as error:
        read(path, **options)
    assert "\n" not in str(error.value)
    assert "posts.csv" in str(error.value)


@pytest.mark.parametrize("bad", ["NaN", "", "yesterday", "2024-06-10T06:13:25Z"])
def test_bad_rows_are_counted_and_left_out_when_asked(tmp_path: Path, bad: str) -> None:
    path = written(tmp_path, CSV.replace("1718000005.5", bad))
    reading = read_layer(recognise(path), "object", COLUMNS, skip_bad=True)
    assert (reading.frame.height, reading.bad, reading.no_object) == (1, 1, 1)


def test_missing_files_folders_and_unknown_kinds_are_named(tmp_path: Path) -> None:
    for path, message in (
        (tmp_path / "no.csv", "no such file"),
        (tmp_path, "a folder"),
        (written(tmp_path, "x", "posts.xlsx"), "unknown kind"),
    ):
        with pytest.raises(InputError, match=message):
            recognise(path)


def test_a_broken_parquet_file_is_one_line(tmp_path: Path) -> None:
    path = written(tmp_path, "not at all", "posts.parquet")
    with pytest.raises(InputError, match=r"posts\.parquet"):
        cost_of(recognise(path))


@pytest.mark.parametrize("name", ["posts.csv", "posts.csv.gz", "posts.parquet"])
def test_a_file_over_the_budget_is_refused_before_it_is_read(tmp_path: Path, name: str) -> None:
    rows = pl.DataFrame({"object": ["some-object-id"] * 60_000, "account": ["a"] * 60_000})
    if name.endswith("parquet"):
        rows.write_parquet(tmp_path / name)
    else:
        text = rows.write_csv()
        data = gzip.compress(text.encode()) if name.endswith("gz") else text.encode()
        (tmp_path / name).write_bytes(data)
    file = recognise(tmp_path / name)
    with pytest.raises(InputError, match=r"need \d+ MB of memory, the budget is \d+ MB: raise --memory"):
        refuse_over_budget(file, budget_of("250MB"))
    assert refuse_over_budget(file, budget_of("2GB")).rows == pytest.approx(60_000, rel=0.2)


@pytest.mark.parametrize(
    ("text", "size"), [("2GB", 2 << 30), ("500m", 500 << 20), ("1.5G", 3 << 29), ("123", 123)]
)
def test_sizes(text: str, size: int) -> None:
    assert budget_of(text) == size


def test_a_size_that_is_none_is_named() -> None:
    with pytest.raises(InputError, match="--memory lots"):
        budget_of("lots")


@pytest.mark.parametrize(
    "text",
    [
        "2024-06-10T06:13:20Z",
        "2024-06-10T08:13:20+02:00",
        "2024-06-10 06:13:20",
        "2024-06-10T06:13:20.000",
        "Mon Jun 10 06:13:20 +0000 2024",
    ],
)
def test_ways_of_writing_a_time(text: str) -> None:
    assert seconds(pl.Series([text, text]), "a.csv", "x").to_list() == [1_718_000_000.0] * 2
