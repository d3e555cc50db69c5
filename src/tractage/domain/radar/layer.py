"""One layer looked at to the end: edges with their evidence, and the posts behind the strong ones."""

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from tractage.domain.radar.detect import Detection, detect, mean_delay
from tractage.domain.radar.pair_rows import edge_tempo, pair_rows, told
from tractage.domain.radar.plan import plan
from tractage.domain.radar.posts import Posts
from tractage.domain.radar.scan import Progress, Tell, silent, unheard
from tractage.domain.radar.settings import Settings
from tractage.domain.radar.significance import chance_of_weight, corrected, expected_weight

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
) -> tuple[Layer, NDArray[np.int32]]:
    """Detect, weigh and explain the edges of one layer.

    room: bytes that edges may take, see `detect`; tell: given one line about what lies ahead
    alone: no other layer can make a weak edge strong, so its posts need not be listed
    Returns: the layer, and the opinion block of each account
    """
    ahead = plan(posts, settings, room)
    ahead.tell(name, tell)
    detection = detect(posts, settings, room, progress)
    edges = judged(detection, settings).with_row_index("edge").cast({"edge": pl.Int32})
    followed = edges if int(edges["pairs"].sum()) <= FOLLOWED else edges.filter("strong")
    found = pair_rows(detection.scan, followed)
    edges = edges.join(edge_tempo(posts, found), on="edge", how="left", maintain_order="left")
    if (alone and not settings.coortweet) or found.height > LISTED:
        found = found.join(edges.filter("strong").select("edge"), on="edge", how="semi")
    figures = Figures(
        rows=posts.account_of.size,
        repeated=posts.repeated,
        accounts=posts.names.len(),
        objects=int(np.unique(posts.objects).size),
        window_pairs=ahead.pairs,
        edges=detection.n_edges,
        strong=int(edges["strong"].sum()),
        blocks=detection.sums.shape[0],
        threshold=detection.threshold,
    )
    shares = pl.DataFrame({"account": posts.names, "shares": posts.shares})
    rest = None if detection.complete else detection
    layer = Layer(name, named(posts, edges), told(posts, found), shares, figures, rest)
    return layer, detection.scan.opinions


def edges_alone(
    posts: Posts, settings: Settings, room: int = 1 << 30, progress: Progress = silent, tell: Tell = unheard
) -> tuple[pl.DataFrame, Detection]:
    """Detect and weigh the edges of one layer, without the posts behind them.

    Returns: the columns of `Layer.edges` but days, a_first and b_first, and the detection
    """
    plan(posts, settings, room).tell("edges", tell)
    detection = detect(posts, settings, room, progress)
    return named(posts, judged(detection, settings)), detection


def judged(detection: Detection, settings: Settings) -> pl.DataFrame:
    """Weigh edges and say which are strong (account codes a, b)."""
    edges = detection.edges.with_columns(mean_delay=mean_delay(detection.edges))
    if settings.coortweet:
        weight = pl.col("pairs").cast(pl.Int64)
        strong = (pl.col("pairs") > detection.threshold) if edges.height else pl.lit(False)
        return edges.with_columns(weight=weight, strong=strong)
    posts = detection.scan.posts
    a, b, shared = (edges[column].to_numpy().astype(np.int64) for column in ("a", "b", "objects"))
    alone = np.zeros(posts.names.len(), dtype=np.int32)
    total = np.array([[detection.total_weight]])
    p = chance_of_weight(shared, expected_weight(a, b, posts.shares, alone, total))
    within = chance_of_weight(
        shared, expected_weight(a, b, posts.shares, detection.scan.opinions, detection.sums)
    )
    q = corrected(np.maximum(p, within), a, b, posts.names.len(), settings.correction)
    return edges.with_columns(
        weight=pl.Series(shared), strong=q <= settings.level, p_value=p, p_within=within, q_value=q
    )


def named(posts: Posts, edges: pl.DataFrame) -> pl.DataFrame:
    """Put account names on edges, first columns first."""
    first = ["account_a", "account_b", "weight", "mean_delay", "strong", "pairs", "objects"]
    frame = edges.with_columns(
        account_a=posts.names.gather(edges["a"]), account_b=posts.names.gather(edges["b"])
    ).drop("edge", "a", "b", "ticks", strict=False)
    return frame.select(*first, *(column for column in frame.columns if column not in first))
