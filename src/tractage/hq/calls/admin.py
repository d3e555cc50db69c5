"""Calls in the operator's admin, to read."""

from django.contrib import admin
from django.http import HttpRequest

from tractage.hq.calls.models import PosterCall


@admin.register(PosterCall)
class PosterCallAdmin(admin.ModelAdmin[PosterCall]):
    """One line a call."""

    list_display = ("title", "state", "closes_at")
    list_filter = ("state",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Calls are opened on the desk."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: PosterCall | None = None) -> bool:
        """Through services only: they leave a line."""
        return False
