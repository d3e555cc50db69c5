"""Pages of words: how to vote, who we are, the law."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tractage.domain.law.pack import rules, version
from tractage.hq.campaigns.silence import campaign_rounds
from tractage.hq.exchange.selectors import shelves_of_partners
from tractage.hq.library.models import Kind
from tractage.hq.library.selectors import GalleryFilter, gallery
from tractage.web.campaign import served
from tractage.web.pages import kept
from tractage.web.public.ledger import ledger
from tractage.web.public.tiles import tiles
from tractage.web.public.views.home import countdown

SHELF = 4


@kept
def vote(request: HttpRequest) -> HttpResponse:
    campaign = served(request)
    return render(
        request,
        "public/vote.html",
        {
            "countdown": countdown(campaign),
            "rounds": campaign_rounds(campaign),
            "works": tiles(gallery(campaign, GalleryFilter(kind=Kind.PRACTICAL))[:SHELF]),
        },
    )


@kept
def about(request: HttpRequest) -> HttpResponse:
    campaign = served(request)
    costs = [{**cost, "day": date.fromisoformat(cost["date"])} for cost in campaign.costs]
    return render(
        request, "public/about.html", {"costs": costs, "total": sum(cost["euros"] for cost in campaign.costs)}
    )


@kept
def partners(request: HttpRequest) -> HttpResponse:
    """Declared partners, and the titles that their signed exports brought: nothing is fetched from them."""
    found = shelves_of_partners(served(request))
    return render(request, "public/partners.html", {"shelves": found})


@kept
def costs(request: HttpRequest) -> HttpResponse:
    """The ledger, month by month."""
    return render(request, "public/ledger.html", {"ledger": ledger(served(request))})


@kept
def legal(request: HttpRequest) -> HttpResponse:
    served(request)
    families = ("time", "gifts", "speech", "print")
    found = [rule for rule in rules().values() if rule.family in families]
    return render(request, "public/legal.html", {"rules": found, "pack_version": version()})
