"""Addresses about the calendar."""

from django.urls import path

from tractage.web.desk.agenda import feed, pages

urlpatterns = [
    path("bureau/agenda/", pages.month_page, name="agenda"),
    path("bureau/agenda/adresse/", pages.open_address, name="agenda_address"),
    path("bureau/agenda/fermer/", pages.close_address, name="agenda_close"),
    path("flux/agenda/<str:secret>.ics", feed.ics, name="agenda_feed"),
]
