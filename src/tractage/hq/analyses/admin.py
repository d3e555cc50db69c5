"""Analyses in the operator's admin, to read: the desk makes them, and removes their files."""

from django.contrib import admin

from tractage.hq.analyses.models import Analysis
from tractage.hq.campaigns.read_only import ReadOnly


@admin.register(Analysis)
class AnalysisAdmin(ReadOnly):
    """One line an analysis."""

    list_display = ("title", "owner", "state", "created_at", "published_at")
    list_filter = ("state",)
    search_fields = ("title",)
