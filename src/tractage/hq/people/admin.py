"""Members in the operator's admin."""

from django.contrib import admin
from django.http import HttpRequest

from tractage.hq.people.models import Member


@admin.register(Member)
class MemberAdmin(admin.ModelAdmin[Member]):
    """Standing and access; passwords are set by the person or by the operator's command."""

    list_display = ("pseudonym", "standing", "is_active", "joined_at", "last_login")
    list_filter = ("standing", "is_active")
    search_fields = ("pseudonym",)
    fields = ("pseudonym", "standing", "is_active", "is_staff", "is_superuser", "groups", "last_login")
    readonly_fields = ("last_login",)

    def has_delete_permission(self, request: HttpRequest, obj: Member | None = None) -> bool:
        """A person erases their own account: works keep the credit that they choose."""
        return False
