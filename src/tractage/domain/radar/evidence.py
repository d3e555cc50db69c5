"""What an account's own rhythm looks like: shown apart, never summed, never a verdict."""

import polars as pl

DEFAULT_HANDLE = r"^[A-Za-z]+_?[A-Za-z]*\d{6,}$"  # the name a platform proposes: a word and a long number
PROFILE = {
    "handle": pl.String,
    "created": pl.Float64,
    "followers": pl.Int64,
    "retweet_share": pl.Float64,
}


def account_evidence(
    rows: pl.DataFrame, members: pl.DataFrame, shares: pl.DataFrame, profiles: pl.DataFrame | None = None
) -> pl.DataFrame:
    """Describe the accounts of `members` by their rows.

    rows: account, time (seconds), one row per post; members: account, component, community, degree, strength
    shares: account, shares; profiles: account and any of handle, created (seconds), followers, retweet_share
    Returns: members with shares, posts_a_day, hour_entropy (bits, from 0, always the same hour, to
    log2 24 ≈ 4.58, evenly round the clock), retweet_share in [0, 1], default_handle (bool),
    created_same_day (accounts of its community created on that UTC day), followers, created; null where the
    file does not say.
    """
    mine = rows.join(members.select("account"), on="account", how="semi")
    hours = mine.with_columns(hour=(pl.col("time") / 3600).floor().cast(pl.Int64) % 24)
    by_hour = hours.group_by("account", "hour").len().sort("account", "hour")
    entropy = by_hour.group_by("account", maintain_order=True).agg(
        hour_entropy=pl.col("len").cast(pl.Float64).entropy(base=2, normalize=True)
    )
    span = ((pl.col("time").max() - pl.col("time").min()) / 86400).clip(1.0)
    tempo = mine.group_by("account").agg(posts_a_day=pl.len() / span)
    known = profiles if profiles is not None else members.select("account").head(0)
    known = known.with_columns(
        pl.lit(None, dtype).alias(name) for name, dtype in PROFILE.items() if name not in known.columns
    ).select("account", *PROFILE)
    described = members
    for table in (shares, tempo, entropy, known):
        described = described.join(table, on="account", how="left", maintain_order="left")
    day = (pl.col("created") / 86400).floor()
    return described.with_columns(
        default_handle=pl.col("handle").str.contains(DEFAULT_HANDLE),
        created_same_day=pl.when(pl.col("created").is_not_null()).then(
            pl.len().over("community", day).cast(pl.Int64)
        ),
    ).sort("account")
