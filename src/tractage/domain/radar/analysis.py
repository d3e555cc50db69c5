"""A whole analysis: layers, fused edges, communities, accounts, chance, fingerprint."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256

import numpy as np
import polars as pl

from tractage.domain.errors import InputError
from tractage.domain.radar.communities import communities
from tractage.domain.radar.evidence import account_evidence
from tractage.domain.radar.fusion import fuse
from tractage.domain.radar.layer import Layer, analyse_layer
from tractage.domain.radar.posts import Posts, encode
from tractage.domain.radar.scan import Progress, Tell, silent, unheard
from tractage.domain.radar.settings import Settings

Read = Callable[[str], pl.DataFrame]
"""Gives the posts of a layer: object, account, content, time."""


@dataclass(frozen=True)
class Analysis:
    """Everything a report needs.

    edges: account_a, account_b, weight, mean_delay, strong, … of all layers, see `fuse`
    pairs: layer and pair rows of strong edges, see `told`
    accounts: accounts with a strong edge, see `account_evidence`
    fingerprint: sha256 of what was analysed, whatever the order of its rows
    secret: another one, for pseudonyms, that must not be printed
    """

    settings: Settings
    layers: tuple[Layer, ...]
    edges: pl.DataFrame
    pairs: pl.DataFrame
    accounts: pl.DataFrame
    fingerprint: str
    secret: str


def analyse(
    read: Read,
    names: Sequence[str],
    settings: Settings,
    profiles: pl.DataFrame | None = None,
    shuffles: int = 1,
    room: int = 1 << 30,
    progress: Progress = silent,
    tell: Tell = unheard,
) -> Analysis:
    """Analyse the layers `names`, one after the other.

    read: gives the posts of a layer; profiles: see `account_evidence`
    shuffles: copies with times dealt out again, and one with accounts dealt out again when above 1
    room: bytes that the edges of a layer may take
    progress: told the rows done; tell: given one line about what lies ahead
    Raises: InputError without layers or with more than one in the compatibility mode
    """
    if not names:
        raise InputError("radar: no layer, expected the name of at least one object column")
    if settings.coortweet and len(names) > 1:
        raise InputError("--compat coortweet: one object column at a time, CooRTweet has no layers")
    layers, prints, rows = [], [], []
    for name in names:
        posts = encode(read(name), settings)
        layer = analyse_layer(name, posts, settings, room, progress, tell, len(names) == 1, shuffles)
        layers.append(layer)
        seen = layer.edges if len(names) > 1 else layer.edges.filter("strong")
        rows.append(_rows_of(posts, seen))
        prints.append(_print(name, posts))
        del posts
    edges = fuse(layers, settings)
    strong = edges.filter("strong").select("account_a", "account_b")
    pairs = pl.concat([layer.pairs.with_columns(layer=pl.lit(layer.name)) for layer in layers])
    if len(layers) > 1:
        pairs = pairs.join(strong, on=["account_a", "account_b"], how="semi", maintain_order="left")
    members = communities(edges, settings.seed)
    shares = pl.concat([layer.shares for layer in layers]).group_by("account").agg(pl.col("shares").sum())
    posted = pl.concat(rows)
    if len(rows) > 1:  # a post stands in several layers
        posted = posted.unique(["account", "content", "time"], keep="any")
    accounts = account_evidence(posted, members, shares, profiles)
    joined = "\n".join(prints)
    fingerprint, secret = (sha256(f"{use}\n{joined}".encode()).hexdigest() for use in ("data", "pseudonyms"))
    return Analysis(settings, tuple(layers), edges, pairs, accounts, fingerprint, secret)


def _rows_of(posts: Posts, edges: pl.DataFrame) -> pl.DataFrame:
    """Return the rows of the accounts of some edges: account, content, time."""
    ends = pl.concat([edges["account_a"], edges["account_b"]]).unique().sort()
    wanted = np.zeros(posts.names.len(), dtype=bool)
    wanted[posts.names.search_sorted(ends).to_numpy()] = True
    mine = wanted[posts.accounts]
    return pl.DataFrame(
        {
            "account": posts.names.gather(posts.accounts[mine]),
            "content": posts.content_names.gather(posts.rows[mine]),
            "time": posts.times[mine],
        }
    )


def _print(name: str, posts: Posts) -> str:
    """Hash the posts of a layer in an order of their own."""
    seen = sha256(name.encode())
    for array in (posts.objects, posts.accounts, posts.times):
        seen.update(np.ascontiguousarray(array).tobytes())
    for names in (posts.names, posts.object_names):
        seen.update("\n".join(names.to_list()).encode())
    return seen.hexdigest()
