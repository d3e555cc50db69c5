"""Addresses of the feeds."""

from django.urls import path

from tractage.web.feeds import calendar, works

urlpatterns = [
    path("flux/", works.page, name="feeds"),
    path("flux/oeuvres.atom", works.atom, name="atom"),
    path("flux/oeuvres.json", works.json_feed, name="json_feed"),
    path("flux/dates.ics", calendar.ics, name="calendar"),
]
