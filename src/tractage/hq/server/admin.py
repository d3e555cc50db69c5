"""The server in the operator's admin: to read."""

from django.contrib import admin

from tractage.hq.server.models import Announcement, Piece


@admin.register(Piece)
class PieceAdmin(admin.ModelAdmin[Piece]):
    """What stands on the server."""

    list_display = ("kind", "key", "number", "made")
    list_filter = ("kind", "made")


@admin.register(Announcement)
class AnnouncementAdmin(admin.ModelAdmin[Announcement]):
    """What is to be said, and what was."""

    list_display = ("subject", "subject_id", "state", "held_until", "sent_at")
    list_filter = ("state", "subject")
