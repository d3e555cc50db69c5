"""Addresses about exchange, under /bureau/."""

from django.urls import path

from tractage.web.desk.exchange import pages

urlpatterns = [
    path("echange/", pages.index, name="exchange"),
    path("echange/complet.json", pages.whole, name="exchange_whole"),
    path("echange/<int:pk>/", pages.peer, name="exchange_peer"),
    path("echange/<int:pk>/oublier/", pages.forget, name="exchange_forget"),
]
