"""Seeded timelines with planted groups: what the detector is measured on."""

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from tractage.domain.errors import InputError

SPAN = 30 * 86400  # seconds
EPOCH = 1_717_200_000  # 2024-06-01T00:00:00Z, only a round origin
MEDIAN_DELAY = 2 * 3600.0  # seconds between an object's birth and its median share
TEMPO = 1.6  # standard deviation of the logarithm of that delay
POPULARITY = (25.0, 1.1)  # Zipf–Mandelbrot shift and exponent
NIGHT = np.array([2, 1, 1, 1, 1, 2, 4, 7, 9, 9, 9, 9, 10, 10, 9, 9, 9, 10, 11, 12, 12, 11, 8, 4], dtype=float)


@dataclass(frozen=True)
class Attack:
    """Planted groups: `groups` × `size` accounts share `targets` objects within `jitter` seconds."""

    groups: int = 10
    size: int = 50
    targets: int = 20
    jitter: int = 20
    share: float = 0.8
    cover: int = 10

    def __post_init__(self) -> None:
        if min(self.groups, self.size, self.targets) < 1 or not 0 < self.share <= 1:
            raise InputError("attack: groups, size and targets must be at least 1, and share in ]0, 1]")
        if self.jitter < 0 or self.cover < 0:
            raise InputError("attack: jitter and cover posts cannot be negative")


@dataclass(frozen=True)
class Timeline:
    """Simulated posts and the accounts that were planted in them.

    posts: object_id, account_id, content_id (str), timestamp_share (int64, seconds)
    planted: account_id, group
    """

    posts: pl.DataFrame
    planted: pl.DataFrame


def simulate(
    n_posts: int,
    seed: int,
    attack: Attack | None = None,
    communities: int = 1,
    homophily: float = 0.0,
) -> Timeline:
    """Draw a timeline of `n_posts` independent shares, with planted groups when `attack` is given.

    Accounts have log-normal activity, objects a Zipf–Mandelbrot popularity and a log-normal tempo after a
    birth that follows the hours of a day. With probability `homophily` in [0, 1] a share comes from the
    community of its object. The same seed gives the same rows.
    Raises: InputError when a size is out of range.
    """
    if n_posts < 1 or communities < 1 or not 0 <= homophily <= 1:
        raise InputError("simulate: posts and communities must be at least 1, homophily in [0, 1]")
    rng = np.random.default_rng(seed)
    n_accounts, n_objects = max(20, n_posts // 10), max(10, n_posts // 20)
    objects = _popular_objects(rng, n_posts, n_objects)
    accounts = _authors(rng, objects, n_accounts, communities, homophily)
    delays = np.exp(rng.normal(np.log(MEDIAN_DELAY), TEMPO, n_posts))
    times = EPOCH + np.minimum(_births(rng, n_objects)[objects] + delays, SPAN * 2).astype(np.int64)
    order = np.argsort(times, kind="stable")
    posts = _frame(objects[order], accounts[order], times[order])
    if attack is None:
        return Timeline(posts, pl.DataFrame(schema={"account_id": pl.String, "group": pl.Int64}))
    return inject(posts, attack, seed + 1)


def inject(posts: pl.DataFrame, attack: Attack, seed: int) -> Timeline:
    """Plant `attack` in `posts` (object_id, account_id, content_id, timestamp_share), real or simulated.

    Planted accounts carry `cover` ordinary shares each: objects of random rows, up to a day later.
    """
    if posts.is_empty():
        raise InputError("inject: the timeline is empty, nothing to hide among")
    rng = np.random.default_rng(seed)
    times = posts["timestamp_share"].cast(pl.Int64).to_numpy()
    n_planted = attack.groups * attack.size
    group = np.repeat(np.arange(attack.groups), attack.size)
    births = rng.integers(times.min(), times.max() + 1, (attack.groups, attack.targets))
    takes_part = rng.random((n_planted, attack.targets)) < attack.share
    member, target = np.nonzero(takes_part)
    when = births[group[member], target] + rng.integers(0, attack.jitter + 1, member.size)
    hidden = rng.integers(0, posts.height, n_planted * attack.cover)
    names = pl.Series(
        "account_id", [f"planted_{g:02d}_{i:04d}" for i, g in enumerate(group)], dtype=pl.String
    )
    coordinated = pl.DataFrame(
        {
            "object_id": [f"target_{group[m]:02d}_{t:03d}" for m, t in zip(member, target, strict=True)],
            "account_id": names.gather(member),
            "timestamp_share": when,
        }
    )
    cover = pl.DataFrame(
        {
            "object_id": posts["object_id"].cast(pl.String).gather(hidden),
            "account_id": names.gather(np.repeat(np.arange(n_planted), attack.cover)),
            "timestamp_share": times[hidden] + rng.integers(0, 86400, hidden.size),
        }
    )
    added = pl.concat([coordinated, cover]).with_columns(
        content_id=pl.format("planted_post_{}", pl.int_range(pl.len()))
    )
    columns = ["object_id", "account_id", "content_id", "timestamp_share"]
    base = posts.select(pl.col(columns[:3]).cast(pl.String), pl.col("timestamp_share").cast(pl.Int64))
    planted = pl.DataFrame({"account_id": names, "group": group})
    return Timeline(
        pl.concat([base, added.select(columns)]).sort("timestamp_share", maintain_order=True), planted
    )


def _popular_objects(rng: np.random.Generator, n: int, n_objects: int) -> NDArray[np.int64]:
    shift, exponent = POPULARITY
    weight = 1 / (np.arange(1, n_objects + 1) + shift) ** exponent
    return _draw(rng, np.cumsum(weight), n)


def _authors(
    rng: np.random.Generator,
    objects: NDArray[np.int64],
    n_accounts: int,
    communities: int,
    homophily: float,
) -> NDArray[np.int64]:
    weight = np.cumsum(rng.lognormal(0, 1.2, n_accounts))
    anyone = _draw(rng, weight, objects.size)
    if homophily == 0:
        return anyone
    # accounts of community c are the c-th block, so that a draw inside it is a draw in a slice of the sum
    edges = np.linspace(0, n_accounts, communities + 1).astype(np.int64)
    reach = np.concatenate(([0.0], weight))
    home = rng.integers(0, communities, objects.max() + 1)[objects]
    low, high = reach[edges[home]], reach[edges[home + 1]]
    inside = np.searchsorted(weight, low + rng.random(objects.size) * (high - low), side="right")
    chosen = rng.random(objects.size) < homophily
    return np.asarray(np.where(chosen, np.minimum(inside, n_accounts - 1), anyone), dtype=np.int64)


def _births(rng: np.random.Generator, n_objects: int) -> NDArray[np.float64]:
    hour = rng.choice(24, n_objects, p=NIGHT / NIGHT.sum())
    day = rng.integers(0, SPAN // 86400, n_objects)
    births: NDArray[np.float64] = day * 86400 + hour * 3600 + rng.random(n_objects) * 3600
    return births


def _draw(rng: np.random.Generator, cumulated: NDArray[np.float64], n: int) -> NDArray[np.int64]:
    found = np.searchsorted(cumulated, rng.random(n) * cumulated[-1], side="right")
    return np.asarray(np.minimum(found, cumulated.size - 1), dtype=np.int64)


def _frame(objects: NDArray[np.int64], accounts: NDArray[np.int64], times: NDArray[np.int64]) -> pl.DataFrame:
    raw = pl.DataFrame({"o": objects, "a": accounts, "timestamp_share": times})
    return raw.select(
        object_id=pl.format("o{}", "o"),
        account_id=pl.format("a{}", "a"),
        content_id=pl.format("c{}", pl.int_range(pl.len())),
        timestamp_share="timestamp_share",
    )
