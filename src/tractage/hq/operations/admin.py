"""Operations in the operator's admin, to read: they are written on the desk, where the rules are."""

from django.contrib import admin

from tractage.hq.campaigns.read_only import ReadOnly
from tractage.hq.operations.models import ExpressPlan, Operation


@admin.register(Operation)
class OperationAdmin(ReadOnly):
    """What is planned."""

    list_display = ("title", "starts_at", "ends_at", "status", "public_at")
    list_filter = ("status",)
    search_fields = ("title",)


@admin.register(ExpressPlan)
class ExpressPlanAdmin(ReadOnly):
    """Plans made after a dissolution."""

    list_display = ("dissolution", "first_round", "made_at", "undone_at")
