"""Sightings in the operator's admin, to read: they are written on the site, where the rules are."""

from django.contrib import admin
from django.http import HttpRequest

from tractage.hq.sightings.models import AuditTask, Post, ReachRun, Sighting


class ReadOnly(admin.ModelAdmin):  # type: ignore[type-arg]
    """Nothing is written here."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: object | None = None) -> bool:
        """Never."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object | None = None) -> bool:
        """Never."""
        return False


@admin.register(Post)
class PostAdmin(ReadOnly):
    """Public posts."""

    list_display = ("platform", "url", "first_seen", "merged_into")
    list_filter = ("platform",)


@admin.register(Sighting)
class SightingAdmin(ReadOnly):
    """Who found what, how."""

    list_display = ("post", "how", "state", "work", "member", "at")
    list_filter = ("how", "state")


@admin.register(AuditTask)
class AuditTaskAdmin(ReadOnly):
    """Drawn searches."""

    list_display = ("round", "number", "platform", "subject", "status", "nothing")
    list_filter = ("status", "platform")


@admin.register(ReachRun)
class ReachRunAdmin(ReadOnly):
    """Estimates."""

    list_display = ("scope", "key", "status", "asked_at", "finished_at", "shown")
    list_filter = ("scope", "status")
    exclude = ("charts", "table")
