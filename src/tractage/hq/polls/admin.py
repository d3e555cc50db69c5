"""Tables of polls in the operator's admin, to read."""

from django.contrib import admin
from django.http import HttpRequest

from tractage.hq.polls.models import PollTable


@admin.register(PollTable)
class PollTableAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """What was brought, and whether it is shown."""

    list_display = ("name", "layout", "polls", "status", "shown", "brought_at")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: object | None = None) -> bool:
        """Never."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object | None = None) -> bool:
        """Never."""
        return False
