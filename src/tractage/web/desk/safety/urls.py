"""Addresses of safety: the desk's, and under /recours/ the page of the person concerned."""

from django.urls import path

from tractage.web.desk.safety import own

urlpatterns = [
    path("recours/", own.door, name="appeal_door"),
    path("recours/<str:token>/", own.mine, name="my_sanctions"),
]
