"""Which edges are strong."""

import numpy as np
import polars as pl

from tractage.domain.radar.detect import Detection, mean_delay
from tractage.domain.radar.settings import Settings
from tractage.domain.radar.significance import chance_of_weight, corrected, expected_weight


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
