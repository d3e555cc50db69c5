"""Briefs and claims in the operator's admin, to read: they are written on the desk, where the rules are."""

from django.contrib import admin

from tractage.hq.campaigns.read_only import ReadOnly
from tractage.hq.missions.models import Brief, Claim


@admin.register(Brief)
class BriefAdmin(ReadOnly):
    """What is asked for."""

    list_display = ("title", "craft", "minutes", "versions", "status", "first")
    list_filter = ("status", "craft", "first")
    search_fields = ("title",)


@admin.register(Claim)
class ClaimAdmin(ReadOnly):
    """Who holds what."""

    list_display = ("brief", "member", "status", "taken_at", "until")
    list_filter = ("status",)
    search_fields = ("brief__title", "member__pseudonym")
    list_select_related = ("brief", "member")
