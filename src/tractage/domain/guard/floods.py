"""Floods: too much from one author, or the same thing from many authors, in sliding windows."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from tractage.domain.guard.decisions import Action, Decision, Evidence
from tractage.domain.guard.events import Post
from tractage.domain.guard.fold import fold
from tractage.domain.guard.pictures import Distance, hamming
from tractage.domain.guard.windows import KeyedWindows, Rate, Window

_LINK = re.compile(r"https?://(?:www\.)?([^\s<>()]+)", re.IGNORECASE)
_COURTESY = re.compile(
    r"\b(?:bonjour|bonsoir|salut|coucou|hello|merci|bienvenue|bravo|felicitations|bonne nuit|a tous|a toutes"
    r"|tout le monde|les amis|la team)\b"
)
_NOT_LETTERS = re.compile(r"[^a-z]+")
_SHORTEST = 20  # letters below which many people write the same by themselves
_PICTURES = 400  # last pictures against which a new one is compared


class FloodLimits(NamedTuple):
    """From how many of the same, within how many seconds, a flood is called one."""

    author_messages: Rate = Rate(9, 10)
    author_same: Rate = Rate(4, 30)
    author_mentions: Rate = Rate(10, 30)
    authors_text: Rate = Rate(5, 60)
    authors_link: Rate = Rate(5, 60)
    authors_picture: Rate = Rate(4, 60)
    authors_mention: Rate = Rate(6, 30)
    picture_distance: int = 31


class FloodWatch:
    """The windows of one server."""

    def __init__(self, limits: FloodLimits | None = None, distance: Distance = hamming) -> None:
        self._limits = limits = limits or FloodLimits()
        self._distance = distance
        self._by_author = KeyedWindows[Post](limits.author_messages.seconds)
        self._same_by_author = KeyedWindows[Post](limits.author_same.seconds)
        self._mentions = KeyedWindows[tuple[Post, int]](limits.author_mentions.seconds)
        self._texts = KeyedWindows[Post](limits.authors_text.seconds)
        self._links = KeyedWindows[Post](limits.authors_link.seconds)
        self._called = KeyedWindows[Post](limits.authors_mention.seconds)
        self._pictures = Window[tuple[bytes, Post]](limits.authors_picture.seconds)

    def see(self, post: Post) -> list[Decision]:
        """Take one message in; returns the floods that it makes or feeds."""
        return [*self._from_one(post), *self._from_many(post)]

    def _from_one(self, post: Post) -> Iterator[Decision]:
        limits = self._limits
        posts = self._by_author.add(post.author, post.t, post)
        if len(posts) >= limits.author_messages.most:
            yield _flood("author-rate", "messages of one author", posts, limits.author_messages, Action.FLAG)
        key = text_key(post.text)
        if key:
            same = self._same_by_author.add(f"{post.author}\n{key}", post.t, post)
            if len(same) >= limits.author_same.most:
                yield _flood("author-same", "one text of one author", same, limits.author_same, Action.REMOVE)
        if post.mentions:
            calls = self._mentions.add(post.author, post.t, (post, len(post.mentions)))
            if sum(count for _, count in calls) >= limits.author_mentions.most:
                posts = [each for each, _ in calls]
                yield _flood(
                    "author-mentions", "mentions of one author", posts, limits.author_mentions, Action.REMOVE
                )

    def _from_many(self, post: Post) -> Iterator[Decision]:
        limits = self._limits
        key = shared_key(post.text)
        if key:
            yield from self._shared(
                "authors-text", "one text", self._texts.add(key, post.t, post), limits.authors_text
            )
        for link in link_keys(post.text):
            same = self._links.add(link, post.t, post)
            yield from self._shared("authors-link", "one link", same, limits.authors_link)
        for member in dict.fromkeys(post.mentions):
            same = self._called.add(member, post.t, post)
            yield from self._shared("authors-mention", "one mention", same, limits.authors_mention)
        for picture in post.pictures:
            self._pictures.add(post.t, (picture, post))
            near = self._limits.picture_distance
            recent = self._pictures.items()[-_PICTURES:]
            same = [each for other, each in recent if self._distance(picture, other) <= near]
            yield from self._shared("authors-picture", "one picture", same, limits.authors_picture)

    def _shared(self, rule: str, what: str, posts: list[Post], limit: Rate) -> Iterator[Decision]:
        if len({post.author for post in posts}) >= limit.most:
            yield _flood(rule, f"{what} from several authors", posts, limit, Action.FLAG)


def text_key(text: str) -> str:
    """Return what makes two messages the same text: their letters, folded."""
    return _NOT_LETTERS.sub("", fold(text))


def shared_key(text: str) -> str:
    """Return the key of a text that people do not share by chance, or nothing: courtesies do not count."""
    key = _NOT_LETTERS.sub("", _COURTESY.sub("", fold(text)))
    return key if len(key) >= _SHORTEST else ""


def link_keys(text: str) -> list[str]:
    """Return the links of a text, each by its host and path."""
    return list(dict.fromkeys(link.split("?")[0].rstrip("/.,!").lower() for link in _LINK.findall(text)))


def _flood(rule: str, what: str, posts: list[Post], limit: Rate, action: Action) -> Decision:
    authors = tuple(dict.fromkeys(post.author for post in posts))
    return Decision(
        t=posts[-1].t,
        action=action,
        rule=rule,
        why=f"{what}: {len(posts)} messages of {len(authors)} authors in {limit.seconds:g} s",
        evidence=(
            Evidence("messages", len(posts), limit.most),
            Evidence("authors", len(authors)),
            Evidence("seconds", round(posts[-1].t - posts[0].t, 3), limit.seconds),
            Evidence("text", posts[-1].text[:120]),
        ),
        members=authors,
        messages=tuple(post.id for post in posts),
    )
