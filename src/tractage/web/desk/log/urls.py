"""Addresses about the log, under /bureau/."""

from django.urls import path

from tractage.web.desk.log import pages

urlpatterns = [
    path("journal/", pages.index, name="log"),
    path("journal.csv", pages.as_csv, name="log_csv"),
]
