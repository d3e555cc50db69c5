"""Addresses of the public site: in French, the same in every language."""

from django.urls import include, path

from tractage.web.public.share import sheet
from tractage.web.public.views import (
    about,
    analyses,
    gallery,
    home,
    machine,
    operations,
    polls,
    seats,
    shelves,
)

urlpatterns = [
    path("", include("tractage.web.public.sightings.urls")),
    path("", home.home, name="home"),
    path("sieges/", seats.index, name="seats"),
    path("sieges/<str:code>/", seats.seat_page, name="seat"),
    path("galerie/", gallery.index, name="gallery"),
    path("oeuvres/<slug:slug>/", gallery.work_page, name="work"),
    path("oeuvres/<slug:slug>/passer/", sheet.sheet, name="share"),
    path("fichiers/<int:edition_id>/<str:prefix>/<str:filename>", gallery.edition, name="edition"),
    path("sondages/", polls.page, name="polls"),
    path("sondages/<slug:line_up>.svg", polls.chart, name="poll_chart"),
    path("coups-de-poing/", operations.index, name="public_operations"),
    path("coups-de-poing/<int:pk>/", operations.page, name="public_operation"),
    path("", include("tractage.web.public.requests.urls")),
    path("", include("tractage.web.public.calls.urls")),
    path("voter/", about.vote, name="vote"),
    path("qui-comment-combien/", about.about, name="about"),
    path("analyses/", analyses.index, name="public_analyses"),
    path("analyses/<int:pk>/", analyses.page, name="public_analysis"),
    path("series/", shelves.series_index, name="series"),
    path("series/<slug:slug>/", shelves.series_page, name="one_series"),
    path("series/<slug:slug>/flux.atom", shelves.series_atom, name="series_atom"),
    path("album/", shelves.album, name="album"),
    path("album/avancement/", shelves.album_progress, name="album_progress"),
    path("album/<slug:part>/<slug:key>.pdf", shelves.album_pdf, name="album_pdf"),
    path("arcade/", shelves.arcade, name="arcade"),
    path("partenaires/", about.partners, name="partners"),
    path("comptes/", about.costs, name="ledger"),
    path("mentions-legales/", about.legal, name="legal"),
    path("kit-<slug:revision>.css", machine.kit, name="kit"),
    path("manifest.webmanifest", machine.manifest, name="manifest"),
    path("robots.txt", machine.robots, name="robots"),
    path("sitemap.xml", machine.sitemap, name="sitemap"),
]
