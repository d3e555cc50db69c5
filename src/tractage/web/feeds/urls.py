"""Addresses of the feeds."""

from django.urls import path

from tractage.web.feeds import calendar, exchange, works

urlpatterns = [
    path("flux/", works.page, name="feeds"),
    path("flux/oeuvres.atom", works.atom, name="atom"),
    path("flux/oeuvres.json", works.json_feed, name="json_feed"),
    path("echange.json", exchange.export, name="exchange_export"),
    path("flux/dates.ics", calendar.ics, name="calendar"),
]
