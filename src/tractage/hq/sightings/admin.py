"""Sightings in the operator's admin, to read: they are written on the site, where the rules are."""

from django.contrib import admin

from tractage.hq.campaigns.read_only import ReadOnly
from tractage.hq.sightings.models import AuditTask, Post, ReachRun, Sighting


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
