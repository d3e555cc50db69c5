"""The gallery, a work's page, and its files."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tractage.domain.elections.seats import seat
from tractage.domain.errors import InputError
from tractage.domain.law.freeze import Status as LawStatus
from tractage.domain.law.pack import rule
from tractage.domain.studio.formats import formats
from tractage.hq.campaigns.clock import now
from tractage.hq.library.facets import Facets, facets
from tractage.hq.library.legal import release_status
from tractage.hq.library.models import Kind, Status
from tractage.hq.library.selectors import (
    GalleryFilter,
    public_edition,
    public_work,
    read_as_own,
    versions_of,
)
from tractage.hq.library.wall import wall_of
from tractage.web.campaign import served
from tractage.web.pages import kept
from tractage.web.public.tiles import drawn_tiles, short_label, tiles
from tractage.web.templatetags.words import format_name

PAGE = 24
SELECTED = mark_safe(" selected")
KEPT = "public, max-age=3600"  # a recalled file must be gone soon


@dataclass(frozen=True)
class Chip:
    """One filter to put on or take off; `number`: the works that it leaves, None where that says nothing."""

    label: str
    query: str
    chosen: bool
    number: int | None = None


@kept
def index(request: HttpRequest) -> HttpResponse:
    campaign = served(request)
    asked = read_filter(request)
    found = facets(campaign, asked)
    wall = wall_of(campaign)
    page = Paginator(wall.hung(wall.answering(asked)), PAGE).get_page(request.GET.get("page"))
    query = to_query(asked)
    return render(
        request,
        "public/gallery.html",
        {
            "asked": asked,
            "page": page,
            "tiles": drawn_tiles(campaign, list(page.object_list)),
            "query": f"{query}&" if query else "",
            "kinds": kind_chips(asked, found),
            "others": other_chips(asked, found),
            "formats": options(found.formats, asked.format, format_name),
            "authors": options(found.authors, asked.author, str),
            "seats": seat_options(tuple(found.seats.items())),
        },
    )


@lru_cache(maxsize=64)
def seat_options(seats: tuple[tuple[str, int], ...]) -> SafeString:
    """The seats on show with their number of works, to choose from: the same for every page of a filter."""
    rows = ((code, short_label(code), number) for code, number in seats)
    return format_html_join("", '<option value="{}">{} ({})</option>', rows)


def options(numbers: Mapping[str, int], chosen: str, label: Callable[[str], str]) -> SafeString:
    """Each choice with its number of works; the one that is made stays, even when it leaves nothing."""
    kept = dict(numbers) | ({chosen: numbers.get(chosen, 0)} if chosen else {})
    rows = (
        (value, SELECTED if value == chosen else "", label(value), number) for value, number in kept.items()
    )
    return format_html_join("", '<option value="{}"{}>{} ({})</option>', rows)


def read_filter(request: HttpRequest) -> GalleryFilter:
    """The filter of the address; what it does not know asks nothing."""
    kind, code = request.GET.get("type", ""), request.GET.get("siege", "").strip().upper()
    try:
        code = seat(code).code if code else ""
    except InputError:
        code = ""
    return GalleryFilter(
        kind=kind if kind in Kind.values else "",
        seat=code,
        format=request.GET.get("format", "")[:30],
        author=request.GET.get("par", "")[:120],
        without_ai=request.GET.get("sans-ia") == "1",
    )


def to_query(asked: GalleryFilter, **changes: str | bool) -> str:
    """The address of a filter, with some of it changed."""
    values = {
        "type": asked.kind,
        "siege": asked.seat,
        "format": asked.format,
        "par": asked.author,
        "sans-ia": "1" if asked.without_ai else "",
    } | changes
    return urlencode({key: value for key, value in values.items() if value})


def kind_chips(asked: GalleryFilter, found: Facets) -> list[Chip]:
    """All, then one chip a kind that leaves a work, with its number."""
    first = Chip(_("Everything"), to_query(asked, type=""), not asked.kind, found.total)
    return [
        first,
        *(
            Chip(
                str(kind.label),
                to_query(asked, type=kind.value),
                asked.kind == kind,
                found.kinds.get(kind.value, 0),
            )
            for kind in Kind
            if kind.value in found.kinds or asked.kind == kind
        ),
    ]


def other_chips(asked: GalleryFilter, found: Facets) -> list[Chip]:
    """Chips that are put on and taken off."""
    without_ai = to_query(asked, **{"sans-ia": "" if asked.without_ai else "1"})
    chips = [Chip(_("Without AI"), without_ai, asked.without_ai, found.without_ai)]
    if asked.seat:
        chips.append(Chip(short_label(asked.seat), to_query(asked, siege=""), True))
    if asked.author:
        chips.append(Chip(asked.author, to_query(asked, par=""), True))
    if asked.format:
        chips.append(Chip(format_name(asked.format), to_query(asked, format=""), True))
    return chips


@kept
def work_page(request: HttpRequest, slug: str) -> HttpResponse:
    work = public_work(served(request), slug)
    if work is None:
        raise Http404("no such work")
    if work.status == Status.RECALLED:
        return render(request, "public/recalled.html", {"work": work}, status=410)
    files = [
        (edition, formats().get(edition.format)) for edition in work.editions.all() if not edition.preview
    ]
    preview = max(
        (edition for edition in work.editions.all() if edition.preview),
        key=lambda one: one.width or 0,
        default=None,
    )
    seats = [seat(target.seat) for target in work.targets.all()]
    law = release_status(work)
    return render(
        request,
        "public/work.html",
        {
            "work": work,
            "files": files,
            "preview": preview,
            "seats": seats,
            "parent": work.parent if work.parent and work.parent.status == Status.RELEASED else None,
            "versions": tiles(versions_of(work)[:PAGE]),
            "read_as_own": read_as_own(work),
            "pause": pause(law),
            "article": rule(law.rules[0]).article if law.frozen else "",
        },
    )


@dataclass(frozen=True)
class Pause:
    """Sharing waits: how much of the silence has passed, in hundredths, and when it ends if that is known."""

    percent: int
    until: datetime | None


def pause(status: LawStatus) -> Pause | None:
    """What the page says while the law holds back the places that a work speaks of; else None."""
    if not status.frozen:
        return None
    if status.since is None or status.until is None:
        return Pause(0, None)
    elapsed = (now() - status.since) / (status.until - status.since)
    return Pause(round(100 * elapsed), status.until)


@require_safe
def edition(request: HttpRequest, edition_id: int, prefix: str, filename: str) -> HttpResponseBase:
    """The bytes of a file; the address holds their fingerprint, so what it leads to never changes."""
    found = public_edition(edition_id, prefix) if len(prefix) >= 12 else None
    if found is None or found.filename != filename:
        raise Http404("no such file")
    etag = f'"{found.sha256[:32]}"'
    if request.headers.get("If-None-Match") == etag:
        response: HttpResponseBase = HttpResponse(status=304)
    else:
        download = not found.preview and "voir" not in request.GET
        response = FileResponse(
            found.file.open("rb"), as_attachment=download, filename=filename, content_type=found.media_type
        )
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = KEPT
    return response
