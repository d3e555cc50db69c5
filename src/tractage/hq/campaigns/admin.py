"""The campaign and the log in the operator's admin; the file stays the source of the campaign."""

from django.contrib import admin
from django.http import HttpRequest

from tractage.hq.campaigns.models import AuditLine, Campaign


@admin.register(Campaign)
class CampaignAdmin(admin.ModelAdmin[Campaign]):
    """What the file said, to read."""

    list_display = ("name", "slug", "election", "bloc", "current")
    list_filter = ("current", "ai_policy")
    search_fields = ("name", "slug")

    def has_change_permission(self, request: HttpRequest, obj: Campaign | None = None) -> bool:
        """The file is changed, then loaded again."""
        return False

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A campaign comes from a file."""
        return False


@admin.register(AuditLine)
class AuditLineAdmin(admin.ModelAdmin[AuditLine]):
    """The log, to read."""

    list_display = ("at", "actor", "verb", "subject", "subject_id")
    list_filter = ("verb", "subject")
    search_fields = ("verb", "subject_id", "actor__pseudonym")
    list_select_related = ("actor",)
    list_per_page = 50
    date_hierarchy = "at"

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Lines are left by services alone."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: AuditLine | None = None) -> bool:
        """Never."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: AuditLine | None = None) -> bool:
        """Never."""
        return False
