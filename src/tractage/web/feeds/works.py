"""Atom and JSON Feed of the released works."""

from datetime import datetime
from xml.etree.ElementTree import Element, SubElement, tostring

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from tractage.hq.campaigns.models import Campaign
from tractage.hq.library.models import Work
from tractage.hq.library.selectors import public_works
from tractage.web.campaign import served
from tractage.web.pages import kept

ATOM = "http://www.w3.org/2005/Atom"
LENGTH = 50
"""Works in a feed; it only ever holds public ones, so nothing new enters it during a freeze."""


@kept
def page(request: HttpRequest) -> HttpResponse:
    served(request)
    return render(request, "public/feeds.html", {"site_url": settings.TRACTAGE.site_url})


@kept
def atom(request: HttpRequest) -> HttpResponse:
    """RFC 4287."""
    campaign = served(request)
    return atom_of(campaign.name, campaign.summary, reverse("atom"), reverse("gallery"), _works(campaign))


def atom_of(title: str, subtitle: str, own: str, page_path: str, works: list[Work]) -> HttpResponse:
    """The Atom feed of released works, the latest first; `own`, `page_path`: where it and its page are."""
    feed = Element("feed", {"xmlns": ATOM, "xml:lang": settings.LANGUAGE_CODE})
    SubElement(feed, "title").text = title
    SubElement(feed, "subtitle").text = subtitle
    SubElement(feed, "id").text = _address(own)
    SubElement(feed, "updated").text = _updated(works).isoformat()
    SubElement(feed, "link", {"rel": "self", "href": _address(own)})
    SubElement(feed, "link", {"rel": "alternate", "href": _address(page_path)})
    for work in works:
        _atom_entry(feed, work)
    body = b'<?xml version="1.0" encoding="utf-8"?>\n' + tostring(feed, encoding="utf-8")
    return HttpResponse(body, content_type="application/atom+xml; charset=utf-8")


def _atom_entry(feed: Element, work: Work) -> None:
    address = _address(work.get_absolute_url())
    entry = SubElement(feed, "entry")
    SubElement(entry, "title").text = work.title
    SubElement(entry, "id").text = address
    SubElement(entry, "link", {"rel": "alternate", "href": address})
    SubElement(entry, "published").text = _moment(work).isoformat()
    SubElement(entry, "updated").text = _moment(work).isoformat()
    SubElement(SubElement(entry, "author"), "name").text = work.credit
    SubElement(entry, "category", {"term": work.kind, "label": work.get_kind_display()})
    SubElement(entry, "rights").text = work.licence
    SubElement(entry, "summary").text = work.alt_text
    for preview in work.previews[:1]:  # type: ignore[attr-defined]
        SubElement(
            entry,
            "link",
            {
                "rel": "enclosure",
                "href": _address(preview.get_absolute_url()),
                "type": preview.media_type,
                "length": str(preview.bytes),
            },
        )


@kept
def json_feed(request: HttpRequest) -> JsonResponse:
    """JSON Feed 1.1."""
    campaign = served(request)
    items = [
        {
            "id": _address(work.get_absolute_url()),
            "url": _address(work.get_absolute_url()),
            "title": work.title,
            "content_text": work.alt_text,
            "summary": work.summary,
            "date_published": _moment(work).isoformat(),
            "authors": [{"name": work.credit}],
            "tags": [work.kind, *(target.seat for target in work.targets.all())],
            "language": work.languages[0] if work.languages else settings.LANGUAGE_CODE,
            "image": next((_address(one.get_absolute_url()) for one in work.previews), None),  # type: ignore[attr-defined]
            "_tractage": {"licence": work.licence, "ai": work.ai, "sources": work.sources},
        }
        for work in _works(campaign)
    ]
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": campaign.name,
        "description": campaign.summary,
        "home_page_url": _address(reverse("home")),
        "feed_url": _address(reverse("json_feed")),
        "language": settings.LANGUAGE_CODE,
        "items": [{key: value for key, value in item.items() if value} for item in items],
    }
    return JsonResponse(document, content_type="application/feed+json")


def _works(campaign: Campaign) -> list[Work]:
    return list(public_works(campaign)[:LENGTH])


def _address(path: str) -> str:
    return f"{settings.TRACTAGE.site_url}{path}"


def _moment(work: Work) -> datetime:
    assert work.released_at is not None  # the selector returns released works
    return work.released_at


def _updated(works: list[Work]) -> datetime:
    return _moment(works[0]) if works else datetime.fromisoformat("2026-01-01T00:00:00+00:00")
