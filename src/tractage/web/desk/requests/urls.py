"""Addresses of the room of requests, under /bureau/."""

from django.urls import path

from tractage.web.desk.requests import pages, serving

urlpatterns = [
    path("demandes/", pages.index, name="team_requests"),
    path("demandes/<int:pk>/", pages.one, name="team_request"),
    path("demandes/<int:pk>/trier/", serving.triage, name="triage_request"),
    path("demandes/<int:pk>/contact/", serving.contact, name="request_contact"),
    path("demandes/<int:pk>/prendre/", serving.take, name="take_request"),
    path("demandes/<int:pk>/rendre/", serving.leave, name="leave_request"),
    path("demandes/<int:pk>/remettre/", serving.hand_over, name="deliver_request"),
    path("demandes/<int:pk>/remettre/<int:delivery>/annuler/", serving.take_back, name="take_back_delivery"),
    path("demandes/<int:pk>/recu.pdf", pages.receipt, name="desk_receipt"),
]
