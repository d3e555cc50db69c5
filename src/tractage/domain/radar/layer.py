"""One layer looked at to the end: edges with their evidence, and the posts behind the strong ones."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from tractage.domain.radar.beside import Beside
from tractage.domain.radar.detect import Detection, detect
from tractage.domain.radar.judging import judged
from tractage.domain.radar.pair_rows import edge_tempo, pair_rows, told
from tractage.domain.radar.plan import plan
from tractage.domain.radar.posts import Posts
from tractage.domain.radar.scan import Progress, Tell, silent, unheard
from tractage.domain.radar.settings import Settings
from tractage.domain.radar.shuffle import alarms

FOLLOWED = 5_000_000  # pair rows; beyond, weak edges go without their days and direction
LISTED = 500_000  # pair rows; beyond, those of weak edges are never listed


@dataclass(frozen=True)
class Figures:
    """What a layer holds: counts, and the shares of accounts flagged in shuffled copies (NaN if none)."""

    rows: int
    repeated: int
    accounts: int
    objects: int
    window_pairs: int
    edges: int
    strong: int
    blocks: int
    threshold: float
    shuffled_times: float = float("nan")
    shuffled_accounts: float = float("nan")


@dataclass(frozen=True)
class Layer:
    """Edges of one layer.

    edges: account_a, account_b, weight, mean_delay, strong, pairs, objects, days, a_first, b_first, and by
        default p_value, p_within, q_value
    pairs: the pair rows of its strong edges, of all up to LISTED beside other layers and in the compatibility
        mode, see `told`
    shares: account, shares (rows)
    detection: what brings the other edges back, None when `edges` holds them all and nothing is left to do
    """

    name: str
    edges: pl.DataFrame
    pairs: pl.DataFrame
    shares: pl.DataFrame
    figures: Figures
    detection: Detection | None


def analyse_layer(
    name: str,
    posts: Posts,
    settings: Settings,
    room: int = 1 << 30,
    progress: Progress = silent,
    tell: Tell = unheard,
    alone: bool = True,
    shuffles: int = 0,
) -> Layer:
    """Detect, weigh and explain the edges of one layer.

    room: bytes that edges may take, see `detect`; tell: given one line about what lies ahead
    alone: no other layer can make a weak edge strong, so its posts need not be listed
    shuffles: copies that measure chance, see `alarms`
    """
    ahead = plan(posts, settings, room)
    ahead.tell(name, tell)
    detection = detect(posts, settings, room, progress)
    chance = Beside(lambda: alarms(posts, settings, shuffles, detection.scan.opinions))
    edges = judged(detection, settings).with_row_index("edge").cast({"edge": pl.Int32})
    followed = edges if int(edges["pairs"].sum()) <= FOLLOWED else edges.filter("strong")
    found = pair_rows(detection.scan, followed)
    edges = edges.join(edge_tempo(posts, found), on="edge", how="left", maintain_order="left")
    if (alone and not settings.coortweet) or found.height > LISTED:
        found = found.join(edges.filter("strong").select("edge"), on="edge", how="semi")
    times, accounts = chance.result()
    figures = Figures(
        rows=posts.account_of.size,
        repeated=posts.repeated,
        accounts=posts.names.len(),
        objects=int(np.count_nonzero(np.diff(posts.objects))) + min(1, posts.objects.size),
        window_pairs=ahead.pairs,
        edges=detection.n_edges,
        strong=int(edges["strong"].sum()),
        blocks=detection.sums.shape[0],
        threshold=detection.threshold,
        shuffled_times=times,
        shuffled_accounts=accounts,
    )
    shares = pl.DataFrame({"account": posts.names, "shares": posts.shares})
    rest = None if detection.complete else detection
    return Layer(name, named(posts, edges), told(posts, found), shares, figures, rest)


def edges_alone(
    posts: Posts, settings: Settings, room: int = 1 << 30, progress: Progress = silent, tell: Tell = unheard
) -> tuple[pl.DataFrame, Detection]:
    """Detect and weigh the edges of one layer, without the posts behind them.

    Returns: the columns of `Layer.edges` but days, a_first and b_first, and the detection
    """
    plan(posts, settings, room).tell("edges", tell)
    detection = detect(posts, settings, room, progress)
    return named(posts, judged(detection, settings)), detection


def named(posts: Posts, edges: pl.DataFrame) -> pl.DataFrame:
    """Put account names on edges, first columns first."""
    first = ["account_a", "account_b", "weight", "mean_delay", "strong", "pairs", "objects"]
    frame = edges.with_columns(
        account_a=posts.names.gather(edges["a"]), account_b=posts.names.gather(edges["b"])
    ).drop("edge", "a", "b", "ticks", strict=False)
    return frame.select(*first, *(column for column in frame.columns if column not in first))
