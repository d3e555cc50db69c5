"""Coordinators announce episodes and say which work each one is."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tractage.hq.people.refusals import Refused
from tractage.hq.shelves.models import Episode, Series
from tractage.hq.shelves.selectors import series_list
from tractage.hq.shelves.services import (
    PERMISSION,
    EpisodeContent,
    change_series,
    keep_episode,
    open_series,
    remove_episode,
)
from tractage.web.campaign import served
from tractage.web.desk.access import for_members, member_of
from tractage.web.desk.series.forms import ChangeSeriesForm, EpisodeForm, SeriesForm


@for_members(PERMISSION)
def index(request: HttpRequest) -> HttpResponse:
    """Every series, and one to begin."""
    campaign = served(request)
    form = SeriesForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            series = open_series(member_of(request), campaign, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Begun. Announce its first episode."))
            return redirect("desk_one_series", series.pk)
    context = {"form": form, "series": list(series_list(campaign))}
    return render(request, "desk/series/index.html", context, status=422 if request.method == "POST" else 200)


@for_members(PERMISSION)
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """A series: its words, its episodes."""
    series = _found(request, pk)
    known = {"title": series.title, "summary": series.summary, "goes_on": series.open}
    form = ChangeSeriesForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        try:
            change_series(member_of(request), series, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Written down."))
            return redirect("desk_one_series", pk)
    context = {"series": series, "form": form, "episodes": series.episodes.select_related("work")}
    return render(request, "desk/series/one.html", context, status=422 if request.method == "POST" else 200)


@for_members(PERMISSION)
def episode(request: HttpRequest, pk: int, episode_pk: int = 0) -> HttpResponse:
    """An episode to announce, or one to change."""
    series = _found(request, pk)
    known = get_object_or_404(Episode, pk=episode_pk, series=series) if episode_pk else None
    initial = (
        {"number": known.number, "title": known.title, "at": known.at, "work": known.work_id}
        if known
        else {"number": max((one.number for one in series.episodes.all()), default=0) + 1}
    )
    form = EpisodeForm(request.POST or None, initial=initial, campaign=series.campaign, episode=known)
    if request.method == "POST" and form.is_valid():
        try:
            keep_episode(member_of(request), series, EpisodeContent(**form.cleaned_data), known)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Announced; the calendar and the public page say it."))
            return redirect("desk_one_series", pk)
    context = {"series": series, "form": form, "episode": known}
    return render(
        request, "desk/series/episode.html", context, status=422 if request.method == "POST" else 200
    )


@require_POST
@for_members(PERMISSION)
def remove(request: HttpRequest, pk: int, episode_pk: int) -> HttpResponse:
    """Take an episode out of its series."""
    known = get_object_or_404(
        Episode.objects.select_related("series"), pk=episode_pk, series=_found(request, pk)
    )
    try:
        remove_episode(member_of(request), known)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Taken out of the series; its work stays where it is."))
    return redirect("desk_one_series", pk)


def _found(request: HttpRequest, pk: int) -> Series:
    return get_object_or_404(Series.objects.select_related("campaign"), pk=pk, campaign=served(request))
