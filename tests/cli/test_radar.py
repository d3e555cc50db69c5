"""`tractage radar`, as an analyst uses it. All accounts are invented."""

import json
import re
import signal
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal
from typer.testing import CliRunner, Result

from tractage.cli.main import mount
from tractage.domain.errors import InputError
from tractage.domain.radar import detect as detection
from tractage.domain.radar.simulate import Attack, simulate

CHROMIUM = Path("/usr/bin/chromium")
OFFLINE = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
WRITTEN = {
    "edges.parquet",
    "edges.csv",
    "pairs.parquet",
    "communities.parquet",
    "communities.csv",
    "graph.gexf",
    "graph.graphml",
    "summary.json",
    "report.html",
}


def radar(*arguments: object) -> Result:
    return CliRunner().invoke(mount(), ["radar", *map(str, arguments)], catch_exceptions=False)


@pytest.fixture(scope="module")
def posts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("radar") / "posts.csv"
    drawn = simulate(20_000, 6, Attack(groups=3, size=12, targets=8)).posts
    objects = pl.Series("url", ["https://exemple.fr/" + name for name in drawn["object_id"]])
    drawn.with_columns(objects).write_csv(path)
    return path


@pytest.fixture(scope="module")
def out(posts: Path) -> Path:
    folder = posts.parent / "out"
    assert radar("detect", posts, "--out", folder).exit_code == 0
    return folder


def test_a_folder_of_results(out: Path) -> None:
    assert {path.name for path in out.iterdir()} == WRITTEN
    edges = pl.read_parquet(out / "edges.parquet")
    assert edges.columns[:5] == ["account_a", "account_b", "weight", "mean_delay", "strong"]
    assert {"pairs", "days", "a_first", "p_value", "p_within", "q_value"} <= set(edges.columns)
    assert (edges["account_a"] < edges["account_b"]).all()
    strong = edges.filter("strong")
    assert strong.height > 100
    members = pl.read_parquet(out / "communities.parquet")
    assert set(members["account"]) == set(strong["account_a"]) | set(strong["account_b"])
    planted = members.filter(pl.col("account").str.starts_with("planted"))
    assert planted.height == 36
    assert planted["community"].n_unique() == 3
    pairs = pl.read_parquet(out / "pairs.parquet")
    assert pairs.group_by("account_a", "account_b").len().height == strong.height
    assert (pairs["delay"] <= 60).all()
    assert json.loads((out / "summary.json").read_text())["strong"] == strong.height


def test_graphs_open_and_hold_the_strong_edges(out: Path) -> None:
    strong = pl.read_csv(out / "edges.csv").height
    for name in ("graph.gexf", "graph.graphml"):
        tags = [element.tag.rsplit("}", 1)[-1] for element in ET.parse(out / name).iter()]
        assert tags.count("edge") == strong
        assert tags.count("node") == pl.read_csv(out / "communities.csv").height


def test_every_fused_edge_has_all_its_posts(posts: Path, tmp_path: Path) -> None:
    known = pl.read_csv(posts).with_columns(
        half=pl.when(pl.col("object_id").str.contains("[02468]$")).then("object_id")
    )
    known.write_csv(tmp_path / "posts.csv")
    radar("detect", tmp_path / "posts.csv", "--layers", "object_id,url,half", "--out", tmp_path / "out")
    strong = pl.read_csv(tmp_path / "out/edges.csv")
    counted = pl.read_parquet(tmp_path / "out/pairs.parquet").group_by("account_a", "account_b").len()
    assert strong.height > 100
    assert set(strong["layers"]) >= {"half+object_id+url"}
    joined = strong.join(counted, on=["account_a", "account_b"])
    assert joined.height == strong.height
    assert (joined["len"] == joined["pairs"]).all()


@pytest.mark.parametrize(
    "options",
    [(), ("--compat", "coortweet"), ("--layers", "object_id,url"), ("--shuffles", "2", "--correction", "bh")],
)
def test_the_same_posts_give_the_same_bytes_in_any_order(
    posts: Path, tmp_path: Path, options: tuple[str, ...]
) -> None:
    mixed = tmp_path / "mixed.csv"
    pl.read_csv(posts).sample(fraction=1, shuffle=True, seed=9).write_csv(mixed)
    for source, name in ((posts, "one"), (posts, "again"), (mixed, "mixed")):
        assert radar("detect", source, "--out", tmp_path / name, *options).exit_code == 0
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "again" / path.name).read_bytes(), path.name
        assert path.read_bytes() == (tmp_path / "mixed" / path.name).read_bytes(), path.name


def test_an_earlier_analysis_is_replaced_and_nothing_else(posts: Path, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    for _ in range(2):
        radar("detect", posts, "--out", folder)
    assert {path.name for path in tmp_path.iterdir()} == {"out"}
    (folder / "notes.txt").write_text("mine")
    with pytest.raises(InputError, match="it holds other files"):
        radar("detect", posts, "--out", folder)
    assert (folder / "notes.txt").read_text() == "mine"


def test_edges_streamed_in_blocks_are_those_held_at_once(
    posts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    radar("detect", posts, "--compat", "coortweet", "--out", tmp_path / "held")
    monkeypatch.setattr(detection, "ALL_EDGES", 500)
    for name in ("streamed", "again"):
        radar("detect", posts, "--compat", "coortweet", "--out", tmp_path / name)
    written = [(tmp_path / name / "edges.parquet").read_bytes() for name in ("streamed", "again")]
    assert written[0] == written[1]
    held, streamed = (pl.read_parquet(tmp_path / name / "edges.parquet") for name in ("held", "streamed"))
    assert held.height > 500
    assert_frame_equal(held.select(streamed.columns), streamed)


def test_the_disk_engine_writes_the_same_edges(posts: Path, tmp_path: Path) -> None:
    for options in (("--compat", "coortweet"), ("--no-within",)):
        columns = ["account_a", "account_b", "weight", "mean_delay", "strong"]
        folders = tmp_path / f"memory{options[0]}", tmp_path / f"disk{options[0]}"
        radar("detect", posts, "--out", folders[0], *options)
        radar("detect", posts, "--out", folders[1], "--engine", "duckdb", "--memory", "300MB", *options)
        memory, disk = (pl.read_parquet(folder / "edges.parquet").select(columns) for folder in folders)
        assert_frame_equal(memory, disk)


def test_edges_alone_are_those_of_the_whole_command(posts: Path, tmp_path: Path) -> None:
    for options in ((), ("--compat", "coortweet"), ("--no-within",)):
        folders = tmp_path / f"whole{options}", tmp_path / f"alone{options}"
        radar("detect", posts, "--out", folders[0], *options)
        assert radar("detect", posts, "--out", folders[1], "--edges-only", *options).exit_code == 0
        assert {path.name for path in folders[1].iterdir()} == {"edges.parquet"}
        whole, alone = (pl.read_parquet(folder / "edges.parquet") for folder in folders)
        assert_frame_equal(whole.select(alone.columns), alone)
    with pytest.raises(InputError, match="--edges-only: one object column"):
        radar("detect", posts, "--out", tmp_path / "no", "--edges-only", "--layers", "object_id,url")


def test_the_report_names_nobody_and_asks_for_nothing(out: Path) -> None:
    page = (out / "report.html").read_text()
    assert len(page.encode()) < 5_000_000
    shown = re.sub(r"data:font/woff2;base64,[^)]*", "", page)
    assert not re.search(r"bot|inauthenti", shown, re.IGNORECASE)
    assert not re.search(r"planted_(?!post)", shown)
    assert not re.search(r'(?:src|href)="(?!#)|url\((?!data:)|@import', page)
    data = json.loads(re.search(r'id="donnees">(.*?)</script>', page, re.DOTALL)[1])  # type: ignore[index]
    assert len(data["edges"]) == pl.read_csv(out / "edges.csv").height
    assert all(edge[-1] for edge in data["edges"]), "an edge without the posts behind it"
    assert all(re.fullmatch(r"(?:[0-9a-f]{4}-){2}[0-9a-f]{4}", name) for name in data["accounts"])


def test_names_are_refused_under_a_threshold_of_reach(posts: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no account here is known to have 10000 followers"):
        radar("detect", posts, "--out", tmp_path / "out", "--show-accounts")
    known = tmp_path / "known.csv"
    wide = pl.col("account_id").str.ends_with("_0003")
    pl.read_csv(posts).with_columns(followers=pl.when(wide).then(20_000).otherwise(150)).write_csv(known)
    radar("detect", known, "--out", tmp_path / "out", "--show-accounts", "--reach", "followers")
    page = (tmp_path / "out/report.html").read_text()
    assert "planted_00_0003" in page
    assert "planted_00_0004" not in page


def test_pseudonyms_follow_the_key(posts: Path, out: Path, tmp_path: Path) -> None:
    def names(path: Path) -> set[str]:
        return set(re.findall(r'data-n="([^"]+)"', (path / "report.html").read_text()))

    radar("detect", posts, "--out", tmp_path / "keyed", "--key", "a secret")
    assert len(names(out)) == len(names(tmp_path / "keyed")) > 30
    assert not names(out) & names(tmp_path / "keyed")


@pytest.mark.parametrize(
    "rows",
    [
        "",
        "o1,alice,1,0\n",
        "o1,alice,1,0\no2,alice,2,5\no1,alice,3,9\n",
        "o1,alice,1,0\no2,bob,2,5\no1,alice,3,9\no3,bob,4,90\n",
    ],
    ids=["header only", "one post", "one account", "nobody together"],
)
@pytest.mark.parametrize("options", [(), ("--compat", "coortweet")])
def test_nothing_to_find_is_an_honest_empty_report(
    tmp_path: Path, rows: str, options: tuple[str, ...]
) -> None:
    path = tmp_path / "few.csv"
    path.write_text("object_id,account_id,content_id,timestamp_share\n" + rows)
    assert radar("detect", path, "--out", tmp_path / "out", *options).exit_code == 0
    assert {path.name for path in (tmp_path / "out").iterdir()} == WRITTEN
    assert pl.read_parquet(tmp_path / "out/edges.parquet").is_empty()
    assert "rien à dessiner" in (tmp_path / "out/report.html").read_text()


def test_a_mistake_leaves_nothing_behind(posts: Path, tmp_path: Path) -> None:
    for options, message in (
        (("--object", "nope"), "no column 'nope'"),
        (("--memory", "1MB"), "the budget is 1 MB"),
        (("--delimiter", ";"), "is the delimiter ','"),
        (("--compat", "coortweet", "--layers", "object_id,url"), "one object column"),
    ):
        with pytest.raises(InputError, match=message):
            radar("detect", posts, "--out", tmp_path / "out", *options)
        assert not list(tmp_path.iterdir())


def test_an_interruption_leaves_nothing_behind(tmp_path: Path) -> None:
    path = tmp_path / "posts.parquet"
    simulate(120_000, 6, Attack(groups=3, size=12, targets=8)).posts.write_parquet(path)
    command = [
        sys.executable,
        "-m",
        "tractage.cli.main",
        "radar",
        "detect",
        str(path),
        "--out",
        str(tmp_path / "out"),
    ]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL)
    deadline = time.monotonic() + 60
    while not [path for path in tmp_path.iterdir() if path.name.startswith(".out")]:
        assert process.poll() is None, "it ended before it could be interrupted"
        assert time.monotonic() < deadline
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert b"Traceback" not in said
    assert {path.name for path in tmp_path.iterdir()} == {"posts.parquet"}


def test_the_posts_behind_an_edge(out: Path) -> None:
    edge = pl.read_csv(out / "edges.csv").row(0, named=True)
    told = radar("explain", out, edge["account_b"], edge["account_a"], "--format", "json")
    rows = json.loads(told.stdout)
    assert len(rows) == edge["pairs"]
    assert {row["object"] for row in rows} <= set(pl.read_parquet(out / "pairs.parquet")["object"])
    with pytest.raises(InputError, match="no edge between"):
        radar("explain", out, "nobody", "else")
    with pytest.raises(InputError, match="expected a folder written by radar detect"):
        radar("explain", out.parent, "nobody", "else")


def test_simulated_timelines_are_planted_and_found(tmp_path: Path) -> None:
    drawn, real = tmp_path / "drawn.parquet", tmp_path / "real.csv"
    radar("simulate", "--out", drawn, "--posts", "5000", "--groups", "0", "--seed", "3")
    radar("simulate", "--out", real, "--into", drawn, "--groups", "2", "--size", "10", "--seed", "3")
    planted = set(pl.read_csv(tmp_path / "real_planted.csv")["account_id"])
    assert len(planted) == 20
    radar("detect", real, "--out", tmp_path / "out")
    assert planted <= set(pl.read_csv(tmp_path / "out/communities.csv")["account"])
    with pytest.raises(InputError, match="nothing to plant"):
        radar("simulate", "--out", real, "--into", drawn, "--groups", "0")


def test_self_audit_speaks_of_our_own_posts(posts: Path, tmp_path: Path) -> None:
    said = radar("self-audit", posts, "--out", tmp_path / "out")
    assert "move together" in said.stdout
    assert "nos propres partages" in (tmp_path / "out/report.html").read_text()


@pytest.mark.long
def test_bench_prints_time_memory_and_score() -> None:
    row = json.loads(radar("bench", "--posts", "5000", "--format", "json").stdout)[0]
    assert row["f1"] > 0.9
    assert row["memory_mb"] > 50
    assert row["cpu_seconds"] > 0


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    if not CHROMIUM.exists():
        pytest.skip("no Chromium here")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=str(CHROMIUM), args=OFFLINE)
        yield chromium
        chromium.close()


@pytest.mark.browser
@pytest.mark.parametrize(
    ("width", "scheme", "scripts"), [(1280, "light", True), (390, "dark", True), (1280, "light", False)]
)
def test_the_report_opens_offline_for_everybody(
    browser: object, out: Path, width: int, scheme: str, scripts: bool
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    context = browser.new_context(  # type: ignore[attr-defined]
        viewport={"width": width, "height": 800},
        color_scheme=scheme,
        offline=True,
        java_script_enabled=scripts,
    )
    page, asked, wrong = context.new_page(), [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda message: wrong.append(message.text))
    page.goto((out / "report.html").as_uri())
    if scripts:
        page.locator("#liens-js summary").first.click()
        page.get_by_text("ont partagé").first.wait_for()
        page.locator("#cherche").fill("target_01")
        page.locator("#groupe").select_option("1")
        assert Axe().run(page).violations_count == 0
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    else:
        assert page.get_by_text("ont partagé").count() == 100
    assert asked == [(out / "report.html").as_uri()]
    assert wrong == []
    context.close()
