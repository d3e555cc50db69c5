"""Keep the finished bytes of a public page until something that it shows changes."""

import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import wraps
from threading import Lock, RLock
from typing import Concatenate, ParamSpec, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.timezone import localtime
from django.utils.translation import get_language

from tractage.hq.campaigns.clock import now
from tractage.hq.campaigns.models import Campaign
from tractage.hq.campaigns.silence import freeze
from tractage.web.campaign import campaign_of

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]

MOST_BYTES = 32 * 2**20
"""Memory that one process gives to kept pages; the least recently asked go first."""
MAKERS = 64


@dataclass(frozen=True)
class KeptPage:
    """A page as it was sent, plain and compressed."""

    plain: bytes
    packed: bytes
    content_type: str
    etag: str

    @property
    def weight(self) -> int:
        """Bytes held in memory."""
        return len(self.plain) + len(self.packed)


class Shelf:
    """Kept pages by key, within `MOST_BYTES`."""

    def __init__(self) -> None:
        self._pages: OrderedDict[Hashable, KeptPage] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()
        self._makers = tuple(RLock() for _ in range(MAKERS))

    def maker(self, key: Hashable) -> RLock:
        """Held by who makes a page: others who ask for it wait until it is there, rather than make it too."""
        return self._makers[hash(key) % MAKERS]

    def find(self, key: Hashable) -> KeptPage | None:
        """The page of this key, which becomes the most recent."""
        with self._lock:
            page = self._pages.get(key)
            if page is not None:
                self._pages.move_to_end(key)
            return page

    def keep(self, key: Hashable, page: KeptPage) -> None:
        """Add a page and let the oldest go."""
        with self._lock:
            known = self._pages.pop(key, None)
            self._bytes += page.weight - (known.weight if known else 0)
            self._pages[key] = page
            while self._bytes > MOST_BYTES:
                _key, gone = self._pages.popitem(last=False)
                self._bytes -= gone.weight


shelf = Shelf()


def kept(view: View[P]) -> View[P]:
    """Keep what `view` answers to visitors without a session; members always get a fresh page."""

    @wraps(view)
    def answer(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        campaign = None if settings.DEBUG else campaign_of(request)
        if campaign is None or request.method not in ("GET", "HEAD") or _has_session(request):
            return view(request, *args, **kwargs)
        key = page_key(request, campaign)
        page = shelf.find(key)
        if page is None:
            with shelf.maker(key):
                page = shelf.find(key)
                if page is None:
                    response = view(request, *args, **kwargs)
                    if response.status_code != 200 or response.streaming:
                        return response
                    page = _keep(key, response)
        return _send(request, page)

    return cast("View[P]", answer)


def page_key(request: HttpRequest, campaign: Campaign) -> Hashable:
    """All that a page without a session depends on: the day turns the countdown, a silence counts minutes."""
    moment = now()
    status = freeze(campaign, at=moment)
    law = (status.reasons, int(moment.timestamp()) // 60) if status.frozen else None
    return (
        request.get_full_path(),
        get_language(),
        getattr(request, "theme", ""),
        campaign.pk,
        campaign.revision,
        localtime(moment).date(),
        law,
    )


def _has_session(request: HttpRequest) -> bool:
    return settings.SESSION_COOKIE_NAME in request.COOKIES


def _keep(key: Hashable, response: HttpResponse) -> KeptPage:
    plain = response.content
    packed = gzip.compress(plain, 6, mtime=0)
    etag = f'W/"{hashlib.sha256(plain).hexdigest()[:32]}"'
    page = KeptPage(plain, packed, response.headers["Content-Type"], etag)
    shelf.keep(key, page)
    return page


def _send(request: HttpRequest, page: KeptPage) -> HttpResponse:
    compressed = "gzip" in request.headers.get("Accept-Encoding", "")
    response = HttpResponse(page.packed if compressed else page.plain, content_type=page.content_type)
    if compressed:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["ETag"] = page.etag
    response.headers["Cache-Control"] = "no-cache"
    patch_vary_headers(response, ("Accept-Encoding", "Cookie"))
    return response
