"""Addresses of the desk: one line an area."""

from django.urls import include, path

urlpatterns = [
    path("", include("tractage.web.desk.people.urls")),
    path("bureau/", include("tractage.web.desk.missions.urls")),
    path("bureau/", include("tractage.web.desk.works.urls")),
    path("", include("tractage.web.desk.safety.urls")),
    path("bureau/", include("tractage.web.desk.coverage.urls")),
    path("bureau/", include("tractage.web.desk.requests.urls")),
    path("bureau/", include("tractage.web.desk.calls.urls")),
    path("", include("tractage.web.desk.agenda.urls")),
    path("bureau/", include("tractage.web.desk.analyses.urls")),
    path("bureau/", include("tractage.web.desk.log.urls")),
    path("bureau/", include("tractage.web.desk.campaign.urls")),
    path("bureau/", include("tractage.web.desk.operations.urls")),
    path("bureau/", include("tractage.web.desk.series.urls")),
    path("bureau/", include("tractage.web.desk.sightings.urls")),
    path("bureau/", include("tractage.web.desk.polls.urls")),
    path("bureau/", include("tractage.web.desk.exchange.urls")),
]
