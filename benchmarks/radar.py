"""Radar beside a peer, and what it finds when the truth is known.

python benchmarks/radar.py speed [--posts 1000000] [--peer COMPUTE_NETWORKS] [--rounds 3]
python benchmarks/radar.py truth

`speed` runs `tractage radar detect` in fresh processes, twice over: the edges alone, and the whole command
with communities, one shuffled copy and the report. With --peer it runs PyPI's coordination-network-toolkit
(its compute_networks command, preprocess and compute) on the same posts in the same rounds; that finds the
edges, so the first is the equal job; its export of GraphML, which the whole command also writes, is added in
a line of its own. `truth` plants groups in drawn timelines and, when the raw data is at hand (TRACTAGE_RAW),
in published ones.
"""

import argparse
import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

import polars as pl

from tractage.adapters.posts.benching import Run, launched, run
from tractage.domain.radar import kernels
from tractage.domain.radar.analysis import analyse
from tractage.domain.radar.posts import encode
from tractage.domain.radar.score import scored
from tractage.domain.radar.settings import Correction, Settings
from tractage.domain.radar.shuffle import flagged_share, shuffled_accounts, shuffled_times
from tractage.domain.radar.simulate import Attack, inject, simulate

RAW = Path(os.environ.get("TRACTAGE_RAW", Path(__file__).parents[2] / "shared/data")) / "radar"
NAMES = {"object_id": "object", "account_id": "account", "content_id": "content", "timestamp_share": "time"}
EDGES, WHOLE = "tractage, edges of weight 2 and more", "tractage, whole command with report"
PEER, PEER_GRAPH = "peer, edges of weight 2 and more", "peer, the same and its GraphML"
ATTACKS = (
    Attack(groups=5, size=20, targets=15),
    Attack(groups=10, size=10, targets=10),
    Attack(groups=2, size=50, targets=20, jitter=50),
)


def speed(n_posts: int, window: int, peer: str, rounds: int) -> None:
    """Print seconds, CPU seconds and memory of detections, beside the peer's, medians of `rounds`."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "posts.parquet"
        run(["radar", "simulate", "--out", str(path), "--posts", str(n_posts), "--seed", "7"])
        described(path, window)
        whole = ["radar", "detect", str(path), "--window", str(window), "--out", f"{folder}/whole"]
        edges = [*whole[:-1], f"{folder}/edges", "--edges-only", "--no-within"]
        run(whole)  # what is compiled once is kept from here on
        jobs: dict[str, Callable[[], Run]] = {
            EDGES: lambda: run(edges),
            WHOLE: lambda: run(whole),
        }
        told: dict[str, list[Run]] = {}
        if peer:
            _peer_table(pl.read_parquet(path)).write_csv(f"{folder}/peer.csv")
            jobs[PEER] = lambda: _peer(peer, Path(folder), window)
            jobs[PEER_GRAPH] = lambda: _plus(told[PEER][-1], _peer_graph(peer, Path(folder)))
        for turn in range(rounds):
            for name, job in jobs.items():
                told.setdefault(name, []).append(job())
                print(f"  round {turn + 1}  {name:38}{_told(told[name][-1])}", flush=True)
        middle = {name: Run(*map(median, zip(*runs, strict=True))) for name, runs in told.items()}
        for name, own in middle.items():
            print(f"median    {name:38}{_told(own)}")
        for theirs, ours in ((PEER, EDGES), (PEER, WHOLE), (PEER_GRAPH, WHOLE)) if peer else ():
            wall = middle[theirs].seconds / middle[ours].seconds
            cpu = middle[theirs].cpu / middle[ours].cpu
            print(f"{theirs} / {ours}: {wall:.1f} × in wall time, {cpu:.1f} × in CPU time")


def described(path: Path, window: int) -> None:
    """Print what makes a timeline heavy or light."""
    posts = pl.read_parquet(path)
    encoded = encode(posts.rename(NAMES), Settings(window=window))
    sizes = posts.group_by("object_id").len()["len"].cast(pl.Int64)
    close = kernels.count_window(encoded.objects, encoded.times, float(window))
    print(
        f"{posts.height:,} posts of {posts['account_id'].n_unique():,} accounts, {close:,} pairs of shares "
        f"within {window} s, {int((sizes * (sizes - 1) // 2).sum()):,} in all"
    )


def truth() -> None:
    """Print the scores of planted groups, false alarms, and how far thinking alike breaks the test."""
    print("planted in drawn timelines of 300,000 posts: 500 accounts; F1 by correction, within blocks or not")
    for communities, homophily in ((1, 0.0), (5, 1.0), (20, 0.5), (20, 0.9), (20, 1.0), (50, 1.0)):
        drawn = simulate(300_000, 7, Attack(), communities, homophily)
        print(f"  {communities:>3} communities, homophily {homophily:.1f}  ", end="")
        for within in (False, True):
            for correction in Correction:
                rules = Settings(within=within, correction=correction)
                score = scored(_strong(drawn.posts, rules), drawn.planted["account_id"])
                print(
                    f"{'within ' if within else ''}{correction} {score.f1:.3f} ({score.wrong} wrong)",
                    end="  ",
                )
        print(flush=True)
    for name, posts, window in _published():
        _in_published(name, posts, window)


def _in_published(name: str, posts: pl.DataFrame, window: int) -> None:
    rules = Settings(window=window)
    lenient = _strong(posts, Settings(window=window, within=False, correction=Correction.BH))
    aside = pl.concat([lenient["account_a"], lenient["account_b"]]).unique()
    encoded = encode(posts.rename(NAMES), rules)
    alarms = [flagged_share(shuffled_times(encoded, seed), rules) for seed in range(5)]
    dealt = [flagged_share(shuffled_accounts(encoded, seed), rules) for seed in range(5)]
    print(
        f"{name}: {posts.height:,} shares, {aside.len()} accounts flagged before planting are set aside; "
        f"false alarms {max(alarms):.2%} (times dealt out), {max(dealt):.2%} (accounts dealt out)"
    )
    for place, attack in enumerate(ATTACKS):
        planted = inject(posts, attack, 5 + place)
        score = scored(_strong(planted.posts, rules), planted.planted["account_id"], aside)
        found = f"F1 {score.f1:.3f} ({score.wrong} wrong, {score.missed} missed)"
        print(f"  {attack.groups} × {attack.size} accounts: {found}")


def _strong(posts: pl.DataFrame, rules: Settings) -> pl.DataFrame:
    named = posts.rename(NAMES)
    return analyse(lambda _layer: named, ["posts"], rules, shuffles=0).edges.filter("strong")


def _published() -> Iterator[tuple[str, pl.DataFrame, int]]:
    if not RAW.exists():
        print("published timelines are not at hand (TRACTAGE_RAW)")
        return
    russian = pl.read_parquet(RAW / "russian_coord_tweets.parquet")
    yield "russian tweets", russian.with_columns(pl.col("object_id", "account_id").cast(pl.String)), 60
    german = pl.read_parquet(RAW / "german_elections.parquet")
    for layer in ("url_id", "hashtag_id", "domain_id", "phash_id"):
        posts = german.filter(pl.col(layer).is_not_null()).select(
            object_id=pl.col(layer).cast(pl.String),
            account_id="account_id",
            content_id=pl.col("post_id").cast(pl.String),
            timestamp_share="timestamp",
        )
        yield f"german {layer}", posts.unique(maintain_order=True), 30


def _peer_table(posts: pl.DataFrame) -> pl.DataFrame:
    nothing = pl.lit("")
    return posts.select(
        message_id="content_id",
        user_id="account_id",
        username="account_id",
        repost_id="object_id",
        reply_id=nothing,
        message=nothing,
        timestamp="timestamp_share",
        urls=nothing,
    )


def _peer(program: str, folder: Path, window: int) -> Run:
    database, table = folder / "peer.db", folder / "peer.csv"
    database.unlink(missing_ok=True)
    command = [program, str(database)]
    options = ["--time_window", str(window), "--min_edge_weight", "2", "--n_cpus", str(os.cpu_count())]
    read = launched([*command, "preprocess", str(table)])
    found = launched([*command, "compute", "co_retweet", *options])
    return Run(read.seconds + found.seconds, read.cpu + found.cpu, max(read.memory, found.memory))


def _peer_graph(program: str, folder: Path) -> Run:
    return launched(
        [program, str(folder / "peer.db"), "export_network", str(folder / "peer.graphml"), "co_retweet"]
    )


def _plus(one: Run, other: Run) -> Run:
    return Run(one.seconds + other.seconds, one.cpu + other.cpu, max(one.memory, other.memory))


def _told(measure: Run) -> str:
    return f"{measure.seconds:7.2f} s {measure.cpu:7.2f} CPU s {int(measure.memory) >> 20:>6} MB"


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=("speed", "truth"))
    parser.add_argument("--posts", type=int, default=1_000_000)
    parser.add_argument("--window", type=int, default=60)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--peer", default="", help="path of compute_networks")
    chosen = parser.parse_args()
    if chosen.what == "speed":
        speed(chosen.posts, chosen.window, chosen.peer, chosen.rounds)
    else:
        truth()


if __name__ == "__main__":
    main()
