"""Several ways of sharing the same thing, weighed together."""

from collections.abc import Sequence
from math import e, log

import numpy as np
import polars as pl

from tractage.domain.errors import InputError
from tractage.domain.radar.layer import Layer
from tractage.domain.radar.settings import Settings
from tractage.domain.radar.significance import Floats, corrected


def fused_p(p_values: Floats) -> Floats:
    """Combine the p-values of one pair of accounts in several layers.

    Layers are not independent (a post with a link often carries the hashtag too), so this is the harmonic
    mean times the factor that keeps it valid whatever the dependence.
    p_values: (n, n_layers) in ]0, 1]; a layer without the edge counts as 1
    Returns: (n,) in [0, 1]
    Source: Vovk and Wang 2020 (factor e ln K; 2 for K = 2, by the union bound)
    """
    n_layers = p_values.shape[1]
    if n_layers == 1:
        return p_values[:, 0]
    factor = max(2.0, e * log(n_layers))
    with np.errstate(divide="ignore"):
        harmonic = n_layers / (1.0 / p_values).sum(axis=1)
    return np.asarray(np.minimum(1.0, factor * harmonic), dtype=np.float64)


def fuse(layers: Sequence[Layer], settings: Settings) -> pl.DataFrame:
    """Put the edges of all layers in one table.

    With one layer its edges are returned. With several, weight, pairs and objects are sums, mean_delay is
    the mean over pair rows, days the largest of the layers', and `layers` names where the edge was seen.
    Raises: InputError in the compatibility mode with more than one layer.
    """
    if len(layers) == 1:
        return layers[0].edges.with_columns(layers=pl.lit(layers[0].name))
    if settings.coortweet:
        raise InputError("--compat coortweet: one object column at a time, CooRTweet has no layers")
    stacked = pl.concat([layer.edges.with_columns(layer=pl.lit(layer.name)) for layer in layers])
    edges = stacked.group_by("account_a", "account_b").agg(
        pl.col("weight", "pairs", "objects").sum(),
        mean_delay=(pl.col("mean_delay") * pl.col("pairs")).sum() / pl.col("pairs").sum(),
        a_first=(pl.col("a_first") * pl.col("pairs")).sum() / pl.col("pairs").sum(),
        b_first=(pl.col("b_first") * pl.col("pairs")).sum() / pl.col("pairs").sum(),
        days=pl.col("days").max(),
        layers=pl.col("layer").sort().str.join("+"),
    )
    edges = edges.sort("account_a", "account_b")
    accounts = pl.concat([layer.shares["account"] for layer in layers]).unique().sort()
    a, b = (
        accounts.search_sorted(edges[side]).to_numpy().astype(np.int64) for side in ("account_a", "account_b")
    )
    p, within = (fused_p(_by_layer(edges, layers, column)) for column in ("p_value", "p_within"))
    q = corrected(np.maximum(p, within), a, b, accounts.len(), settings.correction)
    first = ["account_a", "account_b", "weight", "mean_delay", "strong"]
    edges = edges.with_columns(strong=q <= settings.level, p_value=p, p_within=within, q_value=q)
    return edges.select(*first, *(column for column in edges.columns if column not in first))


def _by_layer(
    edges: pl.DataFrame, layers: Sequence[Layer], column: str
) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    ends = ["account_a", "account_b"]
    columns = [
        edges.select(ends)
        .join(layer.edges.select(*ends, column), on=ends, how="left", maintain_order="left")[column]
        .fill_null(1.0)
        .to_numpy()
        for layer in layers
    ]
    return np.column_stack(columns)
