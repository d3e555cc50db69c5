"""Requests in the operator's admin, to read; a contact is opened on the desk, which writes it down."""

from django.contrib import admin
from django.http import HttpRequest

from tractage.hq.requests.models import TeamRequest


@admin.register(TeamRequest)
class TeamRequestAdmin(admin.ModelAdmin[TeamRequest]):
    """One line a request."""

    list_display = ("candidate", "seat", "stage", "wanted_on", "created_at")
    list_filter = ("stage", "asker")
    exclude = ("contact", "reference")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Teams ask on the site."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: TeamRequest | None = None) -> bool:
        """Through services only: they check the law and leave a line."""
        return False
