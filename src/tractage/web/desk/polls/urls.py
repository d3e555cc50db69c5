"""Addresses about polls, under /bureau/."""

from django.urls import path

from tractage.web.desk.polls import tables

urlpatterns = [
    path("sondages/", tables.index, name="poll_tables"),
    path("sondages/apporter/", tables.bring, name="bring_polls"),
    path("sondages/<int:pk>/avancement/", tables.progress, name="poll_progress"),
    path("sondages/<int:pk>/montrer/", tables.show, name="show_polls"),
    path("sondages/<int:pk>/calculer/", tables.compute, name="compute_polls"),
    path("sondages/<int:pk>/retirer/", tables.remove, name="remove_polls"),
]
