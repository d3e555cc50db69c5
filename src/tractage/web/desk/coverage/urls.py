"""Addresses about coverage, under /bureau/."""

from django.urls import path

from tractage.web.desk.coverage import pages

urlpatterns = [
    path("couverture/", pages.board, name="coverage"),
    path("couverture/carte/", pages.on_the_map, name="coverage_map"),
]
