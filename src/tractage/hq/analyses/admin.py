"""Analyses in the operator's admin, to read: they are made on the desk, where the rules are."""

from django.contrib import admin
from django.http import HttpRequest

from tractage.hq.analyses.models import Analysis


@admin.register(Analysis)
class AnalysisAdmin(admin.ModelAdmin[Analysis]):
    """One line an analysis."""

    list_display = ("title", "owner", "state", "created_at", "published_at")
    list_filter = ("state",)
    search_fields = ("title",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Files come through the desk."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Analysis | None = None) -> bool:
        """Through services only."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Analysis | None = None) -> bool:
        """Removal takes the files too: on the desk."""
        return False
