"""Addresses of the room of calls, under /bureau/."""

from django.urls import path

from tractage.web.desk.calls import jury, running

urlpatterns = [
    path("appels/", running.index, name="poster_calls"),
    path("appels/nouveau/", running.new, name="new_call"),
    path("appels/<int:pk>/", running.one, name="poster_call"),
    path("appels/<int:pk>/changer/", running.change, name="change_call"),
    path("appels/<int:pk>/avancer/", running.move, name="move_call"),
    path("appels/<int:pk>/choisir/<int:entry>/", running.choose, name="choose_entry"),
    path("appels/<int:pk>/jury/", jury.table, name="jury"),
    path("appels/<int:pk>/jury/<int:entry>/image/", jury.picture, name="entry_picture"),
]
