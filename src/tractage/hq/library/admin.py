"""Works in the operator's admin, to read: release and recall are services, not columns."""

from django.contrib import admin
from django.http import HttpRequest

from tractage.hq.library.models import Edition, Review, Share, Work


class EditionInline(admin.TabularInline[Edition, Work]):
    """The files of a work."""

    model = Edition
    fields = readonly_fields = ("format", "preview", "media_type", "width", "height", "bytes", "sha256")
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Work | None = None) -> bool:
        """Files come through the studio."""
        return False


class ReviewInline(admin.TabularInline[Review, Work]):
    """What the reviewers said."""

    model = Review
    fields = readonly_fields = ("proof", "reviewer", "verdict", "feedback", "at")
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Work | None = None) -> bool:
        """Reviews come from the desk."""
        return False


@admin.register(Work)
class WorkAdmin(admin.ModelAdmin[Work]):
    """One line a work."""

    list_display = ("title", "kind", "status", "credit", "released_at")
    list_filter = ("status", "kind", "ai")
    search_fields = ("title", "credit")
    inlines = (EditionInline, ReviewInline)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A work is submitted or imported."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Work | None = None) -> bool:
        """Through services only: they check the law and leave a line."""
        return False


@admin.register(Share)
class ShareAdmin(admin.ModelAdmin[Share]):
    """What people said that they posted; an address may be removed with its share."""

    list_display = ("work", "platform", "address", "at")
    list_filter = ("platform",)
    list_select_related = ("work",)
    exclude = ("shingles",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Shares come from the sheet."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Share | None = None) -> bool:
        """Nobody writes in another's place."""
        return False
