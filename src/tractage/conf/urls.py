"""Every address of an instance: one line a face."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("tractage.web.public.urls")),
    path("", include("tractage.web.desk.urls")),
    path("", include("tractage.web.feeds.urls")),
    path("admin/", admin.site.urls),
]

handler404 = "tractage.web.public.views.errors.not_found"
handler403 = "tractage.web.public.views.errors.forbidden"
handler500 = "tractage.web.public.views.errors.server_error"
