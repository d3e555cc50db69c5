"""Exports of platforms and of monitoring tools, read into records."""

import json
import re
import unicodedata
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from html import unescape
from typing import Any

import polars as pl

from tractage.adapters.posts.files import PostFile, delimiter_of
from tractage.adapters.posts.records import Imported, Profile, Record, layered
from tractage.adapters.posts.times import seconds
from tractage.domain.errors import InputError
from tractage.domain.worded import gettext_noop

# the names that X exports and monitoring tools give to a column, without case, accents and punctuation
NAMES = {
    "content": ("id", "tweet id", "id du tweet", "identifiant du tweet", "post id", "status id", "id str"),
    "account": ("user id", "author id", "auteur", "author", "username", "user screen name", "screen name"),
    "time": ("date", "created at", "date de publication", "published at", "timestamp"),
    "text": ("text", "full text", "texte", "contenu", "message"),
    "retweet": ("retweeted id", "retweeted status id", "retweet de", "id du retweet", "retweet of"),
    "reply": ("in reply to status id", "reponse a", "reply to", "in reply to"),
    "urls": ("urls", "url", "liens", "lien", "links", "expanded urls"),
    "hashtags": ("hashtags", "hashtag"),
    "images": ("media", "images", "image", "medias", "photo"),
    "handle": ("screen name", "user screen name", "username", "nom d utilisateur", "pseudo"),
    "followers": ("followers", "followers count", "user followers count", "abonnes", "nombre d abonnes"),
    "created": ("user created at", "date de creation du compte", "account created at"),
}

LACKING = {
    "content": gettext_noop(
        "%(file)s: no column for the content, expected one of %(known)s; found %(names)s"
    ),
    "account": gettext_noop(
        "%(file)s: no column for the account, expected one of %(known)s; found %(names)s"
    ),
    "time": gettext_noop("%(file)s: no column for the time, expected one of %(known)s; found %(names)s"),
}


def import_posts(file: PostFile, source: str, skip_bad: bool = False) -> Imported:
    """Read an export.

    source: x (also for Visibrain-like CSV), bluesky or mastodon
    Raises: InputError when the file is not of that kind
    """
    if source not in SOURCES:
        raise InputError(f"--from {source}: expected one of {', '.join(SOURCES)}")
    found = SOURCES[source](file, skip_bad)
    if not found.layers:
        raise InputError(
            gettext_noop("%(file)s: no post of this %(kind)s export shares anything, or it is another kind"),
            file=str(file.path),
            kind=source,
        )
    return found


def _x(file: PostFile, skip_bad: bool) -> Imported:
    header = file.sample().decode("utf-8-sig", errors="replace").split("\n", 1)[0].strip()
    mark = delimiter_of(header, [])
    names = {_plain(name): name.strip().strip('"') for name in header.split(mark)}
    matches = {key: next((names[n] for n in known if n in names), None) for key, known in NAMES.items()}
    found = {key: name for key, name in matches.items() if name}
    lacking = [key for key in ("content", "account", "time") if key not in found]
    if lacking:
        raise InputError(
            LACKING[lacking[0]],
            file=str(file.path),
            known=", ".join(NAMES[lacking[0]]),
            names=", ".join(names.values()),
        )
    table = pl.read_csv(
        file.path, separator=mark, infer_schema=False, truncate_ragged_lines=skip_bad, encoding="utf8-lossy"
    )
    table = table.rename({name: name.lstrip("\ufeff").strip() for name in table.columns})
    times = seconds(table[found["time"]], str(file.path), found["time"], 2, skip_bad)
    made = found.get("created")
    created = seconds(table[made], str(file.path), made, 2, skip=True) if made else None
    rows = table.select(**{key: pl.col(name) for key, name in found.items()}).with_columns(
        time=times, **({"created": created} if created is not None else {})
    )
    good = rows.filter(pl.col("time").is_not_null(), pl.col("account").is_not_null())
    return layered(map(_x_record, good.iter_rows(named=True)), rows.height - good.height)


def _x_record(row: dict[str, Any]) -> Record:
    text = row.get("text") or ""
    followers = re.sub(r"\D", "", row.get("followers") or "")
    return Record(
        account=row["account"].lstrip("@"),
        content=row["content"],
        time=row["time"],
        retweet=row.get("retweet") or None,
        reply=row.get("reply") or None,
        text=text,
        urls=_listed(row.get("urls")) or tuple(re.findall(r"https?://\S+", text)),
        hashtags=_listed(row.get("hashtags")) or tuple(re.findall(r"#(\w+)", text)),
        images=_listed(row.get("images")),
        profile=Profile(row.get("handle"), row.get("created"), int(followers) if followers else None),
    )


def _bluesky(file: PostFile, skip_bad: bool) -> Imported:
    return _from_json(file, skip_bad, ("feed", "posts"), _bluesky_record)


def _bluesky_record(item: dict[str, Any]) -> Record:
    post = item.get("post", item)
    author, body = post["author"], post["record"]
    reason = item.get("reason") or {}
    if "by" in reason:
        by = reason["by"]
        content = reason.get("uri") or f"{post['uri']}#{by['did']}"
        when = _instant(reason["indexedAt"])
        return Record(by["did"], content, when, retweet=post["uri"], profile=_person(by))
    features = [f for facet in body.get("facets") or [] for f in facet.get("features") or []]
    embed = body.get("embed") or {}
    links = [f["uri"] for f in features if "uri" in f]
    links += [embed["external"]["uri"]] if "external" in embed else []
    return Record(
        account=author["did"],
        content=post["uri"],
        time=_instant(body.get("createdAt") or post["indexedAt"]),
        reply=((body.get("reply") or {}).get("parent") or {}).get("uri"),
        text=body.get("text") or "",
        urls=tuple(links),
        hashtags=tuple(f["tag"] for f in features if "tag" in f),
        images=tuple(str(image["image"]["ref"]["$link"]) for image in embed.get("images") or []),
        profile=_person(author),
    )


def _mastodon(file: PostFile, skip_bad: bool) -> Imported:
    return _from_json(file, skip_bad, ("statuses", "orderedItems"), _mastodon_record)


def _mastodon_record(status: dict[str, Any]) -> Record:
    person, boost = status["account"], status.get("reblog")
    card = status.get("card") or {}
    links = re.findall(r'href="(https?://[^"]+)"', status.get("content") or "")
    own = [link for link in links if "/tags/" not in link and "/@" not in link]
    return Record(
        account=person.get("acct") or str(person["id"]),
        content=status.get("uri") or str(status["id"]),
        time=_instant(status["created_at"]),
        retweet=(boost.get("uri") or str(boost["id"])) if boost else None,
        reply=str(status["in_reply_to_id"]) if status.get("in_reply_to_id") else None,
        text=unescape(re.sub(r"<[^>]+>", " ", status.get("content") or "")),
        urls=tuple(unescape(link) for link in ([card["url"]] if card.get("url") else own)),
        hashtags=tuple(tag["name"] for tag in status.get("tags") or []),
        images=tuple(m["blurhash"] for m in status.get("media_attachments") or [] if m.get("blurhash")),
        profile=Profile(
            person.get("username"), _maybe_instant(person.get("created_at")), person.get("followers_count")
        ),
    )


SOURCES: dict[str, Callable[[PostFile, bool], Imported]] = {
    "x": _x,
    "visibrain": _x,
    "bluesky": _bluesky,
    "mastodon": _mastodon,
}


def _from_json(
    file: PostFile, skip_bad: bool, keys: tuple[str, ...], record: Callable[[dict[str, Any]], Record]
) -> Imported:
    bad: list[int] = []

    def records() -> Iterator[Record]:
        for line, item in _items(file, keys):
            try:
                yield record(item)
            except (KeyError, TypeError, ValueError, AttributeError) as error:
                if not skip_bad:
                    raise InputError(
                        gettext_noop(
                            "%(file)s: item %(line)s is not a post of this platform (%(reason)s); "
                            "--skip-bad-rows leaves such items out"
                        ),
                        file=str(file.path),
                        line=str(line),
                        reason=repr(error),
                    ) from error
                bad.append(line)

    found = layered(records())
    return Imported(found.layers, found.profiles, len(bad))


def _items(file: PostFile, keys: tuple[str, ...]) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield numbered items of a JSON list, of a list under one of `keys`, or of one JSON document a line."""
    with file.open() as stream:
        text = stream.read().decode("utf-8-sig", errors="replace")
    try:
        whole = json.loads(text)
    except json.JSONDecodeError:
        for line, row in enumerate(text.splitlines(), 1):
            if row.strip():
                try:
                    yield line, json.loads(row)
                except json.JSONDecodeError as error:
                    raise InputError(
                        gettext_noop("%(file)s: line %(line)s is not JSON: %(reason)s"),
                        file=str(file.path),
                        line=str(line),
                        reason=error.msg,
                    ) from error
        return
    if isinstance(whole, dict):
        whole = next((whole[key] for key in keys if isinstance(whole.get(key), list)), [whole])
    yield from enumerate(whole, 1)


def _person(actor: dict[str, Any]) -> Profile:
    return Profile(actor.get("handle"), _maybe_instant(actor.get("createdAt")), actor.get("followersCount"))


def _instant(text: str) -> float:
    when = datetime.fromisoformat(text)
    return (when if when.tzinfo else when.replace(tzinfo=UTC)).timestamp()


def _maybe_instant(text: str | None) -> float | None:
    return _instant(text) if text else None


def _listed(text: str | None) -> tuple[str, ...]:
    return (
        tuple(part.strip("#[]'\" ") for part in re.split(r"[\s,|]+", text) if part.strip("#[]'\" "))
        if text
        else ()
    )


def _plain(name: str) -> str:
    bare = unicodedata.normalize("NFKD", name.strip().strip('\ufeff"'))
    text = "".join(c for c in bare if not unicodedata.combining(c)).casefold()
    return re.sub(r"[^a-z0-9]+", " ", text).strip()
