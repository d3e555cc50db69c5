"""Exports of platforms. All people and posts are invented."""

import json
from pathlib import Path
from typing import Any

import pytest

from tractage.adapters.posts.files import recognise
from tractage.adapters.posts.importers import import_posts
from tractage.adapters.posts.records import Imported, clean_url, text_key
from tractage.domain.errors import InputError

SENTENCE = "Dimanche, tout le monde vote : voici pourquoi, et comment faire une procuration."


def imported(folder: Path, name: str, content: Any, source: str, **options: bool) -> Imported:
    path = folder / name
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return import_posts(recognise(path), source, **options)


def objects(found: Imported, layer: str) -> list[str]:
    return found.layers[layer]["object"].to_list()


@pytest.mark.parametrize(
    "header",
    [
        "Identifiant du tweet;Date;Auteur;Texte;Retweet de;Abonnés;Date de création du compte",
        "id,created_at,author_id,text,retweeted_id,followers_count,user_created_at",
    ],
)
def test_x_and_visibrain_like_tables(tmp_path: Path, header: str) -> None:
    mark = ";" if ";" in header else ","
    rows = [
        [
            "1",
            "2024-06-10 06:13:20",
            "@alice_invente",
            f'"{SENTENCE} https://www.exemple.fr/a?utm_source=x"',
            "",
            "1 200",
            "2020-01-01 00:00:00",
        ],
        ["2", "2024-06-10 06:13:25", "@bob_invente", '"Un #vote et des #urnes"', "", "30", ""],
        ["3", "2024-06-10 06:13:30", "@alice_invente", '"RT"', "99", "1250", ""],
    ]
    text = "\n".join([header, *(mark.join(row) for row in rows)])
    found = imported(tmp_path, "export.csv", text, "visibrain")
    assert objects(found, "retweet") == ["99"]
    assert objects(found, "url") == ["https://exemple.fr/a"]
    assert objects(found, "domain") == ["exemple.fr"]
    assert objects(found, "hashtags") == ["#vote #urnes"]
    assert objects(found, "text") == [text_key(SENTENCE)]
    alice = found.profiles.row(0, named=True)
    assert (alice["account"], alice["followers"], alice["retweet_share"]) == ("alice_invente", 1250, 0.5)
    assert alice["created"] == 1577836800.0
    assert found.layers["retweet"]["time"].to_list() == [1_718_000_010.0]


def bluesky_post(who: str, number: int, **more: Any) -> dict[str, Any]:
    return {
        "uri": f"at://did:plc:{who}/post/{number}",
        "author": {"did": f"did:plc:{who}", "handle": f"{who}.exemple", "createdAt": "2023-05-01T00:00:00Z"},
        "record": {"text": "Bonjour", "createdAt": "2024-06-10T06:13:20.000Z", **more},
        "indexedAt": "2024-06-10T06:13:21.000Z",
    }


def test_bluesky_feeds(tmp_path: Path) -> None:
    link = {"features": [{"$type": "#link", "uri": "http://www.exemple.fr/b/#haut"}]}
    tags = [{"features": [{"tag": "Vote"}]}, {"features": [{"tag": "Urnes"}]}]
    post = bluesky_post("chloe", 1, facets=[link, *tags], reply={"parent": {"uri": "at://x/post/0"}})
    by = {"did": "did:plc:dan", "handle": "dan.exemple"}
    repost = {"post": post, "reason": {"by": by, "indexedAt": "2024-06-10T06:20:00Z"}}
    found = imported(tmp_path, "feed.json", {"feed": [{"post": post}, repost]}, "bluesky")
    assert objects(found, "url") == ["https://exemple.fr/b"]
    assert objects(found, "hashtags") == ["#vote #urnes"]
    assert objects(found, "reply") == ["at://x/post/0"]
    assert found.layers["retweet"].rows() == [
        (post["uri"], "did:plc:dan", f"{post['uri']}#did:plc:dan", 1_718_000_400.0)
    ]
    assert found.profiles["handle"].to_list() == ["chloe.exemple", "dan.exemple"]


def status(number: int, **more: Any) -> dict[str, Any]:
    person = {
        "acct": "alice@exemple.social",
        "username": "alice",
        "created_at": "2022-11-05T00:00:00.000Z",
        "followers_count": 12,
    }
    return {
        "id": str(number),
        "uri": f"https://exemple.social/s/{number}",
        "created_at": "2024-06-10T06:13:20.000Z",
        "account": person,
        "content": f"<p>{SENTENCE}</p>",
        **more,
    }


def test_mastodon_lists_and_lines(tmp_path: Path) -> None:
    media = [{"blurhash": "LKO2"}]
    statuses = [
        status(1, card={"url": "https://exemple.fr/c"}, media_attachments=media, in_reply_to_id="5"),
        status(2, reblog=status(9)),
    ]
    found = imported(tmp_path, "list.json", statuses, "mastodon")
    lines = "\n".join(json.dumps(item) for item in statuses)
    assert imported(tmp_path, "lines.ndjson", lines, "mastodon").layers.keys() == found.layers.keys()
    assert objects(found, "retweet") == ["https://exemple.social/s/9"]
    assert objects(found, "image") == ["LKO2"]
    assert objects(found, "reply") == ["5"]
    assert objects(found, "url") == ["https://exemple.fr/c"]
    assert objects(found, "text") == [text_key(SENTENCE)]


@pytest.mark.parametrize(
    ("name", "content", "source", "message"),
    [
        ("a.csv", "x,y\n1,2\n", "x", "no column for the content"),
        ("a.json", [{"nothing": 1}], "mastodon", "item 1 is not a post"),
        ("a.ndjson", '{"id": 1}\n{broken', "bluesky", "line 2 is not JSON|item 1"),
        ("a.json", [], "mastodon", "shares anything"),
        ("a.json", [], "myspace", "expected one of x, visibrain, bluesky, mastodon"),
    ],
)
def test_another_kind_of_file_is_refused(
    tmp_path: Path, name: str, content: Any, source: str, message: str
) -> None:
    with pytest.raises(InputError, match=message):
        imported(tmp_path, name, content, source)


def test_bad_items_are_counted_when_asked(tmp_path: Path) -> None:
    found = imported(tmp_path, "a.json", [status(1), {"nothing": 1}], "mastodon", skip_bad=True)
    assert found.bad == 1


def test_texts_and_links_that_are_the_same_have_the_same_key() -> None:
    assert text_key(SENTENCE) == text_key(f"@bob {SENTENCE.upper()} !!! https://t.exemple/x")
    assert text_key("Trop court") is None
    assert clean_url("HTTPS://www.Exemple.fr/a/?utm_campaign=z&p=1#haut") == "https://exemple.fr/a?p=1"
    assert clean_url("mailto:alice@exemple.fr") is None
