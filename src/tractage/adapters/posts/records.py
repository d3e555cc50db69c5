"""Posts of a platform as plain records, and the layers that can be cut from them."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import blake2b
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import polars as pl

LAYERS = ("retweet", "url", "domain", "hashtags", "text", "reply", "image")
SHORTEST_TEXT = 40  # letters and digits; shorter sentences are everybody's
FEWEST_HASHTAGS = 2
TRACKERS = re.compile(r"^(utm_.*|fbclid|gclid|mc_[ce]id|igshid|si|ref|ref_src)$")


@dataclass(frozen=True)
class Profile:
    """What an export says of an account: handle, creation (seconds), followers."""

    handle: str | None = None
    created: float | None = None
    followers: int | None = None


@dataclass(frozen=True)
class Record:
    """One post: who, which, when (seconds), and what it passes on."""

    account: str
    content: str
    time: float
    retweet: str | None = None
    reply: str | None = None
    text: str = ""
    urls: tuple[str, ...] = ()
    hashtags: tuple[str, ...] = ()
    images: tuple[str, ...] = ()
    profile: Profile = field(default_factory=Profile)


@dataclass(frozen=True)
class Imported:
    """Layers of an export (object, account, content, time) and the accounts it describes.

    profiles: account, handle, created, followers, retweet_share in [0, 1]
    bad: records skipped
    """

    layers: dict[str, pl.DataFrame]
    profiles: pl.DataFrame
    bad: int = 0


def layered(records: Iterable[Record], bad: int = 0) -> Imported:
    """Cut records into layers; a post stands in each layer it has something for."""
    rows: dict[str, list[tuple[str, str, str, float]]] = {layer: [] for layer in LAYERS}
    profiles: dict[str, list[object]] = {}
    for record in records:
        who = profiles.setdefault(record.account, [None, None, None, 0, 0])
        known = record.profile
        for place, value in enumerate((known.handle, known.created, known.followers)):
            who[place] = value if value is not None else who[place]
        who[3] = int(str(who[3])) + 1
        who[4] = int(str(who[4])) + (record.retweet is not None)
        for layer, objects in _objects(record):
            rows[layer].extend((thing, record.account, record.content, record.time) for thing in objects)
    schema = {"object": pl.String, "account": pl.String, "content": pl.String, "time": pl.Float64}
    frames = {
        layer: pl.DataFrame(found, schema=schema, orient="row") for layer, found in rows.items() if found
    }
    people = pl.DataFrame(
        [(name, *values) for name, values in profiles.items()],
        schema={
            "account": pl.String,
            "handle": pl.String,
            "created": pl.Float64,
            "followers": pl.Int64,
            "n": pl.Int64,
            "retweets": pl.Int64,
        },
        orient="row",
    )
    people = people.with_columns(retweet_share=pl.col("retweets") / pl.col("n")).drop("n", "retweets")
    return Imported(frames, people.sort("account"), bad)


def clean_url(url: str) -> str | None:
    """Return a link without fragment, tracking and case of the host; None when it is no web link."""
    parts = urlsplit(url.strip())
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        return None
    query = urlencode([(key, value) for key, value in parse_qsl(parts.query) if not TRACKERS.match(key)])
    return urlunsplit(("https", parts.hostname.removeprefix("www."), parts.path.rstrip("/"), query, ""))


def text_key(text: str) -> str | None:
    """Return the same short key for texts that differ by case, accents, links, mentions and punctuation.

    None under SHORTEST_TEXT letters and digits.
    """
    bare = re.sub(r"https?://\S+|@[\w.\-]+", " ", text)
    plain = unicodedata.normalize("NFKD", bare).casefold()
    letters = re.sub(r"[^\w]+", " ", "".join(c for c in plain if not unicodedata.combining(c))).strip()
    if len(letters.replace(" ", "")) < SHORTEST_TEXT:
        return None
    return blake2b(letters.encode(), digest_size=8).hexdigest()


def _objects(record: Record) -> Iterable[tuple[str, list[str]]]:
    if record.retweet is not None:
        yield "retweet", [record.retweet]
        return
    links = sorted({link for url in record.urls if (link := clean_url(url))})
    yield "url", links
    yield "domain", sorted({urlsplit(link).hostname or "" for link in links})
    if len(record.hashtags) >= FEWEST_HASHTAGS:
        yield "hashtags", [" ".join(f"#{tag.casefold().lstrip('#')}" for tag in record.hashtags)]
    if record.reply is not None:
        yield "reply", [record.reply]
    yield "text", [key] if (key := text_key(record.text)) else []
    yield "image", sorted(set(record.images))
