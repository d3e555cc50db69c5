"""Series and prints in the operator's admin, to read: they are written on the desk, where the rules are."""

from django.contrib import admin

from tractage.hq.campaigns.read_only import ReadOnly
from tractage.hq.shelves.models import AlbumPrint, Episode, Series


@admin.register(Series)
class SeriesAdmin(ReadOnly):
    """What goes on."""

    list_display = ("title", "campaign", "open")
    list_filter = ("open",)
    search_fields = ("title", "summary")


@admin.register(Episode)
class EpisodeAdmin(ReadOnly):
    """What is announced."""

    list_display = ("series", "number", "title", "at", "work")
    list_filter = ("series",)
    search_fields = ("title",)
    list_select_related = ("series", "work")
    date_hierarchy = "at"


@admin.register(AlbumPrint)
class AlbumPrintAdmin(ReadOnly):
    """What was printed, or failed to be."""

    list_display = ("department", "state", "done", "total", "bytes", "made_at")
    list_filter = ("state",)
    search_fields = ("department", "key")
