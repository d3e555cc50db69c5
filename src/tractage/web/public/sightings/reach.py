"""The estimate that a coordinator opened to everyone."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from tractage.hq.sightings.reach import shown_run
from tractage.web.campaign import served
from tractage.web.desk.sightings.words import platform_rows
from tractage.web.pages import kept


@kept
def summary(request: HttpRequest) -> HttpResponse:
    """Intervals and bands in words; 404 while nothing is open."""
    run = shown_run(served(request))
    if run is None:
        raise Http404("no estimate is open")
    return render(request, "public/sightings/reach.html", {"run": run, "platforms": platform_rows(run)})
