"""Analyses whose figures two persons agreed to tell: counts alone, never an account."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from tractage.hq.analyses.selectors import aggregate_of, published_analyses
from tractage.web.campaign import served
from tractage.web.pages import kept


@kept
def index(request: HttpRequest) -> HttpResponse:
    context = {"analyses": list(published_analyses(served(request)))}
    return render(request, "public/analyses.html", context)


@kept
def page(request: HttpRequest, pk: int) -> HttpResponse:
    analysis = get_object_or_404(published_analyses(served(request)), pk=pk)
    context = {"analysis": analysis, "figures": aggregate_of(analysis)}
    return render(request, "public/analysis.html", context)
