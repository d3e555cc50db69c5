"""Series, the album and the arcade."""

from dataclasses import dataclass

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from tractage.domain.elections.seats import departments
from tractage.hq.campaigns.clock import now
from tractage.hq.campaigns.models import Campaign
from tractage.hq.campaigns.silence import freeze
from tractage.hq.library.models import Kind, Press, Work
from tractage.hq.library.selectors import GalleryFilter, gallery
from tractage.hq.shelves.models import AlbumPrint
from tractage.hq.shelves.selectors import (
    MOST_AT_ONCE,
    album_key,
    album_print,
    card_files,
    cards,
    departments_of,
    departments_with_cards,
    next_episode,
    series_list,
    series_with_episodes,
)
from tractage.web.campaign import served
from tractage.web.feeds.works import atom_of
from tractage.web.pages import kept
from tractage.web.public.tiles import tiles

WHOLE = "tout"
KEPT = "public, max-age=3600"  # a recalled card must be gone soon


@dataclass(frozen=True)
class Album:
    """The cards of a department, or all, and their print of now if there is one."""

    department: str
    works: list[Work]
    counts: dict[str, int]
    key: str
    pressed: AlbumPrint | None

    @property
    def running(self) -> bool:
        """Whether a print of these cards is on the press."""
        return self.pressed is not None and self.pressed.state in (Press.WAITING, Press.RUNNING)

    @property
    def ready(self) -> bool:
        """Whether it can be taken."""
        return self.pressed is not None and self.pressed.state == Press.DONE


@kept
def series_index(request: HttpRequest) -> HttpResponse:
    """Every series, those that go on first."""
    found = list(series_list(served(request)))
    return render(request, "public/shelves/series_list.html", {"series": found})


@kept
def series_page(request: HttpRequest, slug: str) -> HttpResponse:
    """A series: when the next episode comes, those that are out."""
    found = series_with_episodes(served(request), slug)
    if found is None:
        raise Http404("no such series")
    series, shown = found
    moment = now()
    context = {
        "series": series,
        "next": next_episode(shown, moment) if series.open else None,
        "out": [(one.episode, tiles([one.work])[0]) for one in shown if one.work],
        "coming": sorted(
            (one.episode for one in shown if not one.work and one.episode.at and one.episode.at >= moment),
            key=lambda one: one.number,
        ),
    }
    return render(request, "public/shelves/series.html", context)


@kept
def series_atom(request: HttpRequest, slug: str) -> HttpResponse:
    """RFC 4287: the released episodes; nothing enters it before a release, so nothing during a freeze."""
    found = series_with_episodes(served(request), slug)
    if found is None:
        raise Http404("no such series")
    series, shown = found
    works = sorted(
        (one.work for one in shown if one.work), key=lambda work: (work.released_at, work.pk), reverse=True
    )
    address = reverse("series_atom", args=[series.slug])
    return atom_of(series.title, series.summary, address, series.get_absolute_url(), works)


def album(request: HttpRequest) -> HttpResponse:
    """The cards, by department, and their sheets to print; a page whose print is under way is not kept."""
    if AlbumPrint.objects.filter(state__in=[Press.WAITING, Press.RUNNING]).exists():
        return _album(request)
    return _kept_album(request)


def _album(request: HttpRequest) -> HttpResponse:
    campaign = served(request)
    found = album_of(campaign, request.GET.get("departement", "").strip().upper())
    names = {one.code: one.name for one in departments()}
    context = {
        "album": found,
        "works": tiles(found.works),
        "places": [(code, names[code], number) for code, number in found.counts.items()],
        "place": names.get(found.department, ""),
        "part": found.department or WHOLE,
        "too_many": not found.department and len(found.works) > MOST_AT_ONCE,
        "paused": freeze(campaign).frozen,
    }
    return render(request, "public/shelves/album.html", context)


_kept_album = kept(_album)


def album_progress(request: HttpRequest) -> HttpResponse:
    """The part of the page that moves while the sheets are set; asked again by the page itself."""
    found = album_of(served(request), request.GET.get("departement", "").strip().upper())
    return render(request, "public/shelves/album_progress.html", {"album": found})


def album_of(campaign: Campaign, department: str) -> Album:
    """The album of an address; a department without a card asks for all."""
    works = cards(campaign)
    counts = departments_with_cards(works)
    department = department if department in counts else ""
    chosen = [work for work in works if department in departments_of(work)] if department else works
    key = album_key(card_files(chosen))
    return Album(department, chosen, counts, key, album_print(campaign, department, key))


@require_safe
def album_pdf(request: HttpRequest, part: str, key: str) -> HttpResponseBase:
    """The sheets; one whose cards have changed since is no longer served."""
    campaign = served(request)
    found = album_of(campaign, "" if part == WHOLE else part)
    if (
        not found.ready
        or found.pressed is None
        or found.key[:12] != key
        or (found.department or WHOLE) != part
    ):
        raise Http404("no such print")
    response = FileResponse(
        found.pressed.file.open("rb"),
        as_attachment=True,
        filename=f"{campaign.slug}-album-{part}.pdf",
        content_type="application/pdf",
    )
    response.headers["Cache-Control"] = KEPT
    return response


@kept
def arcade(request: HttpRequest) -> HttpResponse:
    """The games, each at its own address."""
    works = tiles(gallery(served(request), GalleryFilter(kind=Kind.GAME)))
    return render(request, "public/shelves/arcade.html", {"works": works})
