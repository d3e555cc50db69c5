"""One address per public post, whatever the link that was pasted; what cannot count is refused in words."""

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple
from urllib.parse import SplitResult, parse_qs, urlencode, urlsplit

from tractage.domain.errors import InputError


class PostLink(NamedTuple):
    """A post: its platform, its identifier there, and the one address that stands for it."""

    platform: str
    id: str
    url: str

    @property
    def names_account(self) -> bool:
        """Whether the address cannot be written without the name of the account that posted."""
        if self.platform == "web":
            return bool(ACCOUNT.search(self.id))
        return self.platform in NAMED


class LinkError(InputError):
    """A link that counts as no post; `code` is one of shortened, private, not-a-post, no-link."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


NAMED = frozenset({"bluesky", "telegram"})
ACCOUNT = re.compile(r"@|/(?:users?|u|profile|people|author|in)/|[?&](?:user|author|account)=", re.IGNORECASE)

SHORTENERS = frozenset(
    {
        *(
            "bit.ly",
            "buff.ly",
            "cutt.ly",
            "dlvr.it",
            "fb.me",
            "fb.watch",
            "goo.gl",
            "is.gd",
            "lnkd.in",
            "ow.ly",
        ),
        *(
            "pin.it",
            "rb.gy",
            "rebrand.ly",
            "shorturl.at",
            "t.co",
            "t.ly",
            "tiny.cc",
            "tinyurl.com",
            "urlz.fr",
        ),
        *("v.gd", "vm.tiktok.com", "vt.tiktok.com", "on.soundcloud.com"),
    }
)
SHORT_PATHS = {
    "tiktok.com": re.compile(r"/t/\w+"),
    "facebook.com": re.compile(r"/share/"),
    "instagram.com": re.compile(r"/share/"),
    "reddit.com": re.compile(r"/r/\w+/s/"),
}
PRIVATE = {
    "instagram.com": re.compile(r"/(direct|stories|accounts)(/|$)"),
    "facebook.com": re.compile(r"/(messages|stories)(/|$)"),
    "x.com": re.compile(r"/(messages|i/chat)(/|$)"),
    "t.me": re.compile(r"/(c/|\+|joinchat/)"),
    "discord.com": re.compile(r"/channels/"),
    "tiktok.com": re.compile(r"/messages"),
}
PRIVATE_HOSTS = frozenset(
    {"wa.me", "web.whatsapp.com", "chat.whatsapp.com", "discord.gg", "web.telegram.org"}
)
ALIASES = {
    "twitter.com": "x.com",
    "fxtwitter.com": "x.com",
    "vxtwitter.com": "x.com",
    "fixupx.com": "x.com",
    "youtube-nocookie.com": "youtube.com",
    "threads.net": "threads.com",
    "telegram.me": "t.me",
    "fb.com": "facebook.com",
    "discordapp.com": "discord.com",
    "kkinstagram.com": "instagram.com",
    "ddinstagram.com": "instagram.com",
    "vxtiktok.com": "tiktok.com",
}
TRACKING = re.compile(
    r"^(utm_.*|fbclid|gclid|dclid|igsh|igshid|mc_.*|ref|ref_src|ref_url|si|s|t|feature|share_.*)$"
)


def parse_link(text: str) -> PostLink:
    """Return the post behind a pasted link.

    Two links to one post give the same answer; what follows a link or tracks the reader is dropped.
    Raises LinkError for a text that is no link, a shortened link, a place that is not public, and a page of
    a known platform that is not one post.
    """
    parts = _split(text)
    host = _host(parts)
    if host in SHORTENERS or (host in SHORT_PATHS and SHORT_PATHS[host].match(parts.path)):
        raise LinkError(
            "shortened",
            f"link {text.strip()}: shortened, so the same post could count twice; open it and paste the full "
            "address",
        )
    if host in PRIVATE_HOSTS or (host in PRIVATE and PRIVATE[host].match(parts.path)):
        raise LinkError(
            "private", f"link {text.strip()}: not public; only posts that everyone can see are counted"
        )
    if host not in _READERS:
        return _elsewhere(parts, host)
    platform, read, address = _READERS[host]
    found = read(parts.path, parse_qs(parts.query))
    if not found:
        raise LinkError(
            "not-a-post",
            f"link {text.strip()}: a page of {platform} that is not one post; open the post and copy its "
            "link",
        )
    return PostLink(platform, found, address.format(found))


def same_post(first: str, second: str) -> bool:
    """Tell whether two links lead to one post; raises LinkError like `parse_link`."""
    return parse_link(first) == parse_link(second)


def looks_like_link(text: str) -> bool:
    """Tell whether a text is meant as a link: a scheme, or a host name before a path."""
    return bool(re.match(r"\s*(https?://|www\.|[\w-]+(\.[\w-]+)*\.[a-z]{2,}/)", text, re.IGNORECASE))


def find_link(*texts: str) -> str:
    """Return the first web address in what a phone shares (address, text, title); "" when none is there."""
    for text in texts:
        if found := re.search(r"https?://[^\s<>\"«»]+", text or "", re.IGNORECASE):
            return found[0].rstrip(".,;:!?)]’'")
    bare = (text.strip() for text in texts if text and looks_like_link(text))
    return next((text for text in bare if not re.search(r"\s", text)), "")


def _split(text: str) -> SplitResult:
    stripped = text.strip()
    if not stripped or re.search(r"\s", stripped) or not looks_like_link(stripped):
        raise LinkError(
            "no-link",
            f"link {stripped[:80]!r}: expected one web address like https://www.tiktok.com/@name/video/123",
        )
    try:
        parts = urlsplit(stripped if "://" in stripped else f"https://{stripped}")
        host = parts.hostname
    except ValueError:
        host = None
    if not host:
        raise LinkError("no-link", f"link {stripped[:80]!r}: expected a web address with a host name")
    return parts


def _host(parts: SplitResult) -> str:
    host = (parts.hostname or "").removesuffix(".")
    for prefix in ("www.", "m.", "mobile.", "web.", "music.", "old.", "new.", "fr.", "fr-fr.", "l."):
        bare = host.removeprefix(prefix)
        if bare != host and (bare in _READERS or bare in ALIASES or prefix == "www."):
            host = bare
            break
    return ALIASES.get(host, host)


def _elsewhere(parts: SplitResult, host: str) -> PostLink:
    query = sorted(
        (name, value)
        for name, values in parse_qs(parts.query, keep_blank_values=True).items()
        if not TRACKING.match(name)
        for value in values
    )
    path = parts.path.rstrip("/")
    if not path and not query:
        raise LinkError("not-a-post", f"link {host}: a whole site; open the post and copy its link")
    address = f"{host}{path}" + (f"?{urlencode(query)}" if query else "")
    return PostLink("web", address, f"https://{address}")


def _path(pattern: str) -> Callable[[str, Mapping[str, list[str]]], str | None]:
    compiled = re.compile(pattern)

    def read(path: str, query: Mapping[str, list[str]]) -> str | None:
        del query
        found = compiled.search(path)
        return next((group for group in found.groups() if group), None) if found else None

    return read


def _youtube(path: str, query: Mapping[str, list[str]]) -> str | None:
    found = re.match(r"/(?:shorts|embed|live|v)/([\w-]{11})(?:/|$)", path)
    video = found[1] if found else query.get("v", [""])[0] if path.startswith("/watch") else ""
    return video if re.fullmatch(r"[\w-]{11}", video) else None


def _facebook(path: str, query: Mapping[str, list[str]]) -> str | None:
    for name in ("story_fbid", "fbid", "v"):
        if re.fullmatch(r"\d+|pfbid\w+", query.get(name, [""])[0]):
            return query[name][0]
    found = re.search(
        r"/(?:posts|permalink|reel|videos|watch/live)/(?:[^/]+/)?(\d+|pfbid\w+)(?:/|$)"
        r"|/photos/(?:[^/]+/)?(\d+)(?:/|$)|^/(\d{5,}|pfbid\w+)/?$",
        path,
    )
    return next((group for group in found.groups() if group), None) if found else None


def _bluesky(path: str, query: Mapping[str, list[str]]) -> str | None:
    del query
    found = re.match(r"/profile/([^/]+)/post/(\w+)", path)
    return f"{found[1].lower()}/post/{found[2]}" if found else None


def _telegram(path: str, query: Mapping[str, list[str]]) -> str | None:
    del query
    found = re.match(r"/(?:s/)?([A-Za-z]\w{3,})/(\d+)(?:/|$)", path)
    return f"{found[1].lower()}/{found[2]}" if found else None


_Reader = tuple[str, Callable[[str, Mapping[str, list[str]]], str | None], str]
_READERS: dict[str, _Reader] = {
    "tiktok.com": (
        "tiktok",
        _path(r"/(?:video|photo|embed/v2|embed|player/v1)/(\d{8,})(?:/|$)|/v/(\d{8,})(?:\.html)?$"),
        "https://www.tiktok.com/@/video/{}",
    ),
    "instagram.com": (
        "instagram",
        _path(r"^/(?:[\w.]+/)?(?:p|reel|reels|tv)/([\w-]{5,})(?:/|$)"),
        "https://www.instagram.com/p/{}/",
    ),
    "x.com": ("x", _path(r"/(?:status|statuses)/(\d+)(?:/|$)"), "https://x.com/i/status/{}"),
    "youtube.com": ("youtube", _youtube, "https://www.youtube.com/watch?v={}"),
    "youtu.be": ("youtube", _path(r"^/([\w-]{11})(?:/|$)"), "https://www.youtube.com/watch?v={}"),
    "facebook.com": ("facebook", _facebook, "https://www.facebook.com/{}"),
    "threads.com": ("threads", _path(r"/(?:post|t)/([\w-]+)(?:/|$)"), "https://www.threads.com/t/{}"),
    "bsky.app": ("bluesky", _bluesky, "https://bsky.app/profile/{}"),
    "reddit.com": ("reddit", _path(r"/comments/([a-z0-9]+)(?:/|$)"), "https://www.reddit.com/comments/{}/"),
    "redd.it": ("reddit", _path(r"^/([a-z0-9]+)(?:/|$)"), "https://www.reddit.com/comments/{}/"),
    "t.me": ("telegram", _telegram, "https://t.me/{}"),
}
PLATFORMS = tuple(dict.fromkeys(reader[0] for reader in _READERS.values()))
