"""Addresses of the calls for posters."""

from django.urls import path

from tractage.web.public.calls import following, sending

urlpatterns = [
    path("appel/", sending.page, name="open_call"),
    path("appel/gabarit-<slug:format_name>", sending.blank_file, name="call_blank"),
    path("appel/palette.gpl", sending.palette_file, name="call_palette"),
    path("appel/suivi/<str:token>/", following.follow, name="follow_entry"),
]
