"""Addresses for campaign teams."""

from django.urls import path

from tractage.web.public.requests import following, form

urlpatterns = [
    path("demander/", form.ask, name="ask_team"),
    path("demander/suivi/<str:token>/", following.follow, name="follow_request"),
    path("demander/suivi/<str:token>/recu.pdf", following.receipt, name="request_receipt"),
    path("demander/suivi/<str:token>/fichiers/<int:delivery>/", following.file, name="request_file"),
]
