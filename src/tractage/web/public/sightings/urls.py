"""Addresses about what was seen, open to everyone."""

from django.urls import path

from tractage.web.public.sightings import after, pages, reach

urlpatterns = [
    path("vu/", pages.see, name="see_post"),
    path("vu/partage/", pages.shared, name="share_target"),
    path("vu/<str:token>/", after.seen, name="seen"),
    path("vu/<str:token>/oeuvre/", after.choose, name="seen_work"),
    path("vu/<str:token>/reprendre/", after.withdraw, name="seen_withdraw"),
    path("portee/", reach.summary, name="public_reach"),
]
