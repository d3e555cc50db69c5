"""Addresses about series, under /bureau/."""

from django.urls import path

from tractage.web.desk.series import pages

urlpatterns = [
    path("series/", pages.index, name="desk_series"),
    path("series/<int:pk>/", pages.one, name="desk_one_series"),
    path("series/<int:pk>/episode/", pages.episode, name="new_episode"),
    path("series/<int:pk>/episode/<int:episode_pk>/", pages.episode, name="change_episode"),
    path("series/<int:pk>/episode/<int:episode_pk>/retirer/", pages.remove, name="remove_episode"),
]
